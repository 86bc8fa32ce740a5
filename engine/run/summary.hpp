// Sums of people and events by groups of areas, ages and sexes, draw by draw, and indicators: with
// what the draws say about each.
#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <span>
#include <variant>
#include <vector>

#include "engine/comm/mailbox.hpp"
#include "engine/model/frame.hpp"
#include "engine/model/model.hpp"
#include "engine/model/variable.hpp"
#include "engine/run/divided_draws.hpp"
#include "engine/run/draw_rows.hpp"
#include "engine/run/quantiles.hpp"
#include "engine/run/summary_axes.hpp"
#include "engine/run/year_sink.hpp"
#include "engine/threads/parallel.hpp"

namespace kohort {

/// A variable over [year][summary_area][summary_age][summary_sex], or, where it is of areas alone
/// and of indicators, over [year][summary_area]. NaN, where an indicator tells of nobody, is left
/// out of means and quantiles.
struct Summarised {
  Variable variable;
  bool indicator = false;
  std::vector<double> values;     ///< mean over the draws
  std::vector<double> quantiles;  ///< [quantile] before the others; empty of one draw
  /// Standard deviation over the draws, [layer] before the others, with the layers of
  /// `summary_layers`; empty unless they are told apart, and for indicators.
  std::vector<double> deviations;
};

/// Whether it stands by age and sex.
template <class Item>
bool tells_people_apart(const Item& item) {
  return !item.indicator && item.variable.detail == Detail::people;
}

/// What a standard deviation is due to. By the law of total variance the squares of the last two
/// add up to that of the first, but for the error of finitely many draws: with Y a sum in one draw
/// and E its expectation given the draw's parameters, which is the sum in a projection by expected
/// events, Var Y = Var E + mean (Y - E)^2. Source: Alho & Spencer (2005), Statistical Demography
/// and Forecasting.
inline const std::vector<std::string> summary_layers{"all", "paths", "events"};

/// Enters what the draws say of one place of an item, which has room for it: their mean, and the
/// quantiles that the finder is for where it has room for any. Leaves out NaN, for which it may put
/// the draws into another order.
template <class Real>
void enter_draws(Summarised& item, std::size_t place, std::span<Real> draws,
                 QuantileFinder<Real>& finder);

/// What a sum over ages and sexes is made of: rows of bands, or sums before it.
struct SummaryTerms {
  std::vector<std::size_t> bands{};  ///< [band][sex]
  std::vector<std::size_t> parts{};
};

/// Sees every draw of the sums and indicators of a run.
class SumFollower {
 public:
  virtual ~SumFollower() = default;
  /// What will be seen.
  virtual void begin(std::span<const YearlyTable> items, std::size_t draws) = 0;
  /// The draws of an item at one of its places, year by year. From several threads at once, each
  /// place once.
  virtual void take(std::size_t item, std::size_t place, std::span<const double> draws) = 0;
};

/// What of the draws is kept.
struct SummaryKeep {
  std::vector<double> quantiles;    ///< shares, 0 to 1
  bool apart = false;               ///< whether the draws are also taken by expected events
  SumFollower* follower = nullptr;  ///< sees the draws before they are gone
};

/// The tables of sums that a run of so many draws has, in the order of the model; then those of its
/// indicators.
std::vector<YearlyTable> tables_of_sums(const Model& model, const Frame& frame,
                                        const SummaryKeep& keep, std::size_t draws);

/// Takes the states and ledgers of all blocks after each interval. Each draw's sums run over the
/// ages of a band, bands, sexes and areas in their order, means over the draws in theirs, so that
/// neither blocks nor threads nor ranks matter; quantiles are of the sums of the draws, and exact.
class Summary {
 public:
  /// The draws must outlive this.
  Summary(const Model& model, const Frame& frame, const DividedDraws& draws,
          const SummaryKeep& keep);

  /// Which of the variables are taken: at the base year there are stocks alone.
  enum class Take { stocks, all };

  /// Sees the values of a variable from `first` on, as many as `slab` has.
  using Reader = std::function<void(std::size_t first, const Numbers& slab)>;
  /// The calling thread begins to look at a block, and forgets another that was not taken.
  void begin_to_see();
  /// Sees numbers of a variable of people ahead of the rest, as an `Onlooker`; on the thread that
  /// then takes the block.
  void see(std::size_t variable, std::size_t block, std::size_t first, const Numbers& some);
  /// Takes the values of a variable of a block, slab by slab, of which `reader`, if it is any, sees
  /// each just before, while it is near the core; what has been seen is not read again. Blocks may
  /// come in any order and from several threads at once, each once.
  void take(std::size_t variable, std::size_t block, const Numbers& values, const Reader& reader);
  /// Takes its indicators.
  void take_indicators(Take which, std::size_t block, const State& state, const Ledger& ledger);
  /// Takes the same block as projected by expected events, where layers are told apart.
  void take_expected(Take which, std::size_t block, const State& state, const Ledger& ledger);

  /// Brings together what all blocks of all ranks gave of the year that an interval ends, or of the
  /// base year. Every rank finishes some of the cells; the writing rank alone gets the figures, of
  /// each table.
  std::vector<YearFigures> finish(std::optional<Interval> interval);

  const SummaryAxes& axes() const { return axes_; }
  const std::vector<YearlyTable>& tables() const { return tables_; }

 private:
  /// What a thread takes the blocks with.
  struct Taker {
    /// Sums of a variable by band of ages, sex and area, where it has been seen.
    struct Seen {
      std::vector<double> bands{};
      bool any = false;
    };
    std::vector<double> slab{};     ///< of a variable
    std::vector<double> bands{};    ///< sums of a block by band of ages, sex and area
    std::vector<Seen> seen{};       ///< by variable
    std::vector<double> parts{};    ///< of an area: by age group and sex of the axis
    std::vector<double> sets{};     ///< the same of all sums of several areas
    std::vector<double> figures{};  ///< indicators of a block
  };
  /// What a thread finishes rows with, in the precision in which they lie.
  template <class Real>
  struct Finisher {
    explicit Finisher(const std::vector<double>& shares) : finder(shares) {}

    QuantileFinder<Real> finder;
    std::vector<Real> draws{};      ///< of some cells
    std::vector<Real> expected{};   ///< the same by expected events
    std::vector<double> widened{};  ///< of one cell
  };
  template <class Real>
  using OfThreads = PerThread<Finisher<Real>>;
  using Finishers = std::variant<OfThreads<double>, OfThreads<float>>;
  static Finishers finishers(Precision precision, const std::vector<double>& shares);

  /// The values of a variable of a block.
  struct Taken {
    std::size_t block;
    const Numbers& values;
    const Reader& reader;
  };
  /// Where the sums of a variable or an indicator go.
  struct Place {
    DrawRows& rows;
    std::size_t first;  ///< of the rows
  };
  void sum(std::size_t variable, const Taken& taken, const Place& place);
  std::size_t band_of(Age age) const;
  void sum_bands(const VariableCells& cells, const Taken& taken, std::size_t slab,
                 Taker& taker) const;
  template <class OfArea>
  void enter_areas(std::size_t parts, std::size_t block, const Place& place, const OfArea& of_area);
  void indicate(Moment moment, std::size_t block, const State& state, const Ledger& ledger);
  std::vector<Summarised> finish_rows(std::optional<Interval> interval);
  template <class Real>
  void finish_some(const Share& rows, std::optional<Interval> interval, Finisher<Real>& finisher,
                   std::vector<Summarised>& finished) const;
  std::vector<YearFigures> bring(const std::vector<Summarised>& finished,
                                 std::optional<Interval> interval);

  const Model& model_;
  const Frame& frame_;
  const DividedDraws& divided_;
  std::span<const DrawBlock> blocks_;  ///< of this rank
  SummaryKeep keep_;
  SummaryAxes axes_;
  std::vector<AreaSet> area_sets_;                      ///< of its areas
  std::vector<std::vector<std::size_t>> sets_of_area_;  ///< sums of several that an area is in
  std::vector<SummaryTerms> terms_;                     ///< [age group][sex of the axis]
  std::vector<VariableCells> cells_;                    ///< by variable
  std::vector<YearlyTable> tables_;
  std::vector<Share> rows_;  ///< of each table
  // The year at hand, draw by draw: a row for each cell of each table.
  DrawRows at_hand_;
  DrawRows expected_;         ///< the same by expected events; no rows unless told apart
  Mailbox<double> finished_;  ///< of the ranks, for the result
  PerThread<Taker> takers_;
  Finishers finishers_;
};

/// Whether a variable is among those that are taken.
bool taken(Summary::Take which, const Variable& variable);

}  // namespace kohort
