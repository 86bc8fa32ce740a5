// Keeps what a run computes, year by year, in the order of the result file.
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "engine/base/large_vector.hpp"
#include "engine/comm/mailbox.hpp"
#include "engine/model/frame.hpp"
#include "engine/model/model.hpp"
#include "engine/model/variable.hpp"
#include "engine/run/block_sums.hpp"
#include "engine/run/divided_draws.hpp"
#include "engine/run/figure_log.hpp"
#include "engine/run/follower.hpp"
#include "engine/run/goals.hpp"
#include "engine/run/quantiles.hpp"
#include "engine/run/summary.hpp"
#include "engine/run/thresholds.hpp"
#include "engine/run/year_sink.hpp"
#include "engine/threads/parallel.hpp"

namespace kohort {

/// What is kept of the draws, besides their mean.
struct Keep {
  std::vector<double> quantiles{};          ///< shares, 0 to 1
  std::vector<std::string> quantiles_of{};  ///< names of variables
  /// Names of those by single age that are kept cell by cell; none: all.
  std::optional<std::vector<std::string>> cells_of{};
  bool draws = false;  ///< every single draw of those variables
  bool apart = false;  ///< the spread due to each layer of uncertainty
  std::vector<Threshold> thresholds{};
  std::vector<Goal> goals{};
  SumFollower* sums = nullptr;  ///< sees every draw of the sums
};

/// Whether a variable is kept cell by cell: the persons and figures of areas always are.
bool keeps_cells(const Keep& keep, const Variable& variable);

/// The tables that a run of so many draws has cell by cell, in the order of the model.
std::vector<YearlyTable> tables_of_cells(const Model& model, const Frame& frame, const Keep& keep,
                                         std::size_t draws);

/// One variable over [year] and the cells of a year in the result (`VariableCells`).
struct Recorded {
  Variable variable;
  std::vector<double> values;     ///< mean over the draws
  std::vector<double> quantiles;  ///< [quantile] before the others; empty where none are kept
  std::vector<float> draws;       ///< [draw] before the others; empty where none are kept
};

/// Takes the states and ledgers of all blocks after each interval. Sums are taken in a
/// fixed order, whatever the threads and ranks; quantiles are exact.
///
/// Every rank takes its own draws. When all are taken, each gets all draws of a share of the cells,
/// finishes those, and sends their figures to the writing rank, which alone has the result and
/// gives each year to a sink. Single draws go there only where the result is to hold them, and the
/// figures of thresholds and goals, one a draw and year, at the end.
class Recorder final : public Follower {
 public:
  /// The draws and the sink must outlive this; only on the writing rank is there a sink, and there
  /// need be none. What it throws, `finish` and `finish_base` throw.
  Recorder(const Model& model, const Frame& frame, const DividedDraws& draws, const Keep& keep,
           YearSink* years = nullptr);

  void take_base(std::size_t block, const State& state, const Ledger& ledger) override;
  Onlooker* onlooker(std::size_t block) override;
  void take(std::size_t block, const State& state, const Ledger& ledger) override;
  bool apart() const override { return keep_.apart; }
  void take_expected_base(std::size_t block, const State& state, const Ledger& ledger) override;
  void take_expected(std::size_t block, const State& state, const Ledger& ledger) override;
  void finish_base() override;
  void finish(Interval interval) override;

  /// Brings the ranks together when all intervals are over. What is handed over then, only the
  /// writing rank has.
  void bring_together();
  std::vector<ThresholdOutcome> thresholds() const;
  std::vector<GoalOutcome> goals() const { return goals_.outcomes(quantiles_of_draws()); }

 private:
  struct Kept {
    VariableCells cells;
    std::vector<std::size_t> places;  ///< of the cells in the result
    bool with_quantiles = false;
    std::vector<Share> shares;            ///< of the cells, by the rank that finishes them
    std::vector<std::size_t> first_sums;  ///< by rank, where they begin among those of a block
    LargeVector<float> draws;             ///< [cell][draw of this rank], of the interval at hand
  };
  /// Looks on for the recorder as a thread steps a block.
  struct Watch final : Onlooker {
    void see(std::size_t variable, std::size_t first, const Numbers& some) override {
      recorder->see(variable, block, first, some);
    }
    Recorder* recorder = nullptr;
    std::size_t block = 0;
  };
  /// What a thread works with.
  struct Worker {
    QuantileFinder<float> finder;
    std::vector<float> draws{};  ///< of a cell
    Watch watch{};
  };

  /// Makes room for what is kept cell by cell. The sums of a block lie, for each rank and variable,
  /// as [cell that the rank finishes]: gives how many each finishes.
  std::vector<std::size_t> lay_out();
  void add(const YearlyTable& table);
  void see(std::size_t variable, std::size_t block, std::size_t first, const Numbers& some);
  void take_all(Summary::Take which, std::size_t block, const State& state, const Ledger& ledger);
  /// Takes values from the one at `first` on, [cell][draw], whole cells of them.
  void take_cells(Kept& kept, std::size_t block, std::size_t first, const Numbers& values);
  /// Finishes the year that an interval ends with, or the base year, of all variables or stocks.
  void finish_year(std::optional<Interval> interval);
  std::vector<YearFigures> finish_cells(std::optional<Interval> interval);
  void add_means(std::size_t variable);
  void add_quantiles(Kept& kept);
  std::vector<YearFigures> bring(std::optional<Interval> interval);
  void bring_draws(std::size_t variable, std::span<YearFigures> year);
  /// The shares of which quantiles are kept: none of one draw.
  std::vector<double> quantiles_of_draws() const;

  const Model& model_;
  const Frame& frame_;
  const DividedDraws& divided_;
  std::span<const DrawBlock> blocks_;  ///< of this rank
  std::size_t draws_;                  ///< of this rank
  Keep keep_;
  PerThread<Worker> workers_;
  Transposition<float> turned_;  ///< draws of the cells that this rank finishes
  std::vector<double> figures_;  ///< that this rank has finished: of each variable [figure][cell]
  Mailbox<double> finished_;     ///< the same of all ranks
  Mailbox<float> brought_;       ///< draws of all ranks, where the result holds them
  std::vector<Kept> kept_;
  std::vector<std::optional<std::size_t>> kept_of_;  ///< by variable, which of them it is
  std::vector<YearlyTable> tables_;                  ///< of what is kept
  BlockSums sums_;                                   ///< of the interval at hand, cell by cell
  YearSink* years_;
  Summary summary_;
  FigureLog thresholds_;  ///< of each the figure that is held against it
  GoalWatch goals_;
};

}  // namespace kohort
