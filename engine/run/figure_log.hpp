// Figures of a run in every draw and year, for what is judged by them.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "engine/model/frame.hpp"
#include "engine/model/model.hpp"
#include "engine/run/measure.hpp"

namespace kohort {

class DividedDraws;

/// A figure in every draw of every year.
struct DrawFigures {
  std::size_t draws = 0;
  std::vector<double> values;  ///< [year][draw]; NaN where it cannot be told

  std::size_t years() const { return values.size() / draws; }
  std::span<const double> of(std::size_t year) const {
    return std::span(values).subspan(year * draws, draws);
  }
};

/// Keeps figures, year after year. Of flows there is none at the base year, and NaN stands there.
class FigureLog {
 public:
  FigureLog(const Model& model, const Frame& frame, std::span<const DrawBlock> blocks,
            std::vector<Measure> measures);

  /// Takes a block in the year at hand, the first of which is the base year. From several threads
  /// at once, each block once.
  void take(std::size_t block, const State& state, const Ledger& ledger);
  /// All blocks are taken: the next year is at hand.
  void finish() { ++year_; }

  /// Brings to the writing rank what each has taken of all years; the others keep nothing.
  void bring_together(const DividedDraws& draws);

  const DrawFigures& figures(std::size_t measure) const { return figures_[measure]; }

 private:
  std::vector<double> figures_of(const Measure& measure, std::size_t count, const State& state,
                                 const Ledger& ledger) const;
  std::vector<double> indicator(const Measure& measure, std::size_t count, const State& state,
                                const Ledger& ledger) const;
  void add_sums(const Measure& measure, const Numbers& values, std::span<double> sums) const;

  const Model& model_;
  const Frame& frame_;
  std::span<const DrawBlock> blocks_;
  std::vector<Measure> measures_;
  std::vector<DrawFigures> figures_;
  std::size_t year_ = 0;
};

}  // namespace kohort
