// A figure in one year, alone, per head or relative to another year: what goals are held against,
// and what indicators tell.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "engine/base/error.hpp"
#include "engine/model/frame.hpp"
#include "engine/model/model.hpp"
#include "engine/run/figure_log.hpp"
#include "engine/run/follower.hpp"
#include "engine/run/measure.hpp"
#include "engine/scenario/parameter.hpp"
#include "engine/scenario/settings.hpp"

namespace kohort {

/// The fields by which a block says which figure of which year it is about. Declared once for all
/// lists of blocks that are about one.
struct FigureFields {
  /// `list`: the name of the list of blocks, such as "goal".
  FigureFields(const std::string& list, std::string meaning_of_year);

  MeasureFields measure;
  Text per_head_of;
  Integer relative_to;
  Integer year;
};

/// A figure of one year, and by what it is divided.
struct Figure {
  Measure measure;
  std::optional<Measure> heads{};          ///< by which the figure is divided
  std::optional<std::size_t> reference{};  ///< the year by whose figure it is divided, as position
  std::size_t year = 0;                    ///< position among the years, the base year being 0
};

/// What a figure is, in words: the variable, which of it, and by what it is divided.
std::string describe(const Figure& figure, const Frame& frame);

/// The year at a position among the years of a projection, the base year being 0.
Year year_at(const Frame& frame, std::size_t position);

/// Reads which figure a block is about.
class FigureReader {
 public:
  /// All of these must outlive the reader.
  FigureReader(const FigureFields& fields, const Frame& frame, const Model& model,
               Mistakes& mistakes);

  /// Adds to the mistakes what the block calls by names that the run does not have, and years of
  /// which there is no figure.
  Figure read(const Settings& block);

 private:
  void read_heads(const Settings& block, Figure& figure);
  void read_years(const Settings& block, Figure& figure);
  std::size_t position_of(const Settings& block, const Integer& field, std::size_t first);
  void wrong(const Settings& block, const Parameter& field, std::string what, std::string remedy);

  const FigureFields& fields_;
  const Frame& frame_;
  Mistakes& mistakes_;
  MeasureReader measures_;
};

/// A figure in all years, divided as it says. `heads` is read where it is divided by people. What
/// cannot be told, as where nobody lives, is NaN.
DrawFigures divided(const Figure& figure, const DrawFigures& figures, const DrawFigures& heads);

/// Follows figures.
class FigureWatch : public Follower {
 public:
  FigureWatch(const Model& model, const Frame& frame, std::span<const DrawBlock> blocks,
              std::vector<Figure> figures);

  void take_base(std::size_t block, const State& state, const Ledger& ledger) override {
    log_.take(block, state, ledger);
  }
  void take(std::size_t block, const State& state, const Ledger& ledger) override {
    log_.take(block, state, ledger);
  }
  void finish_base() override { log_.finish(); }
  void finish(Interval /*interval*/) override { log_.finish(); }

  /// Brings to the writing rank what each has followed; the others keep nothing.
  void bring_together(const DividedDraws& draws) { log_.bring_together(draws); }

  std::size_t size() const { return figures_.size(); }
  /// A figure in every draw of every year, divided as it says.
  DrawFigures figure(std::size_t number) const;

 private:
  std::vector<Figure> figures_;
  FigureLog log_;  ///< of each figure itself, then of those that have them the heads
};

}  // namespace kohort
