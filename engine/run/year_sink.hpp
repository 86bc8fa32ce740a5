// What a run has finished of a year, and who gets that.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

#include "engine/model/frame.hpp"
#include "engine/model/variable.hpp"

namespace kohort {

/// A table of the result that grows by a year at a time: of a variable, over its cells, sums or
/// areas.
struct YearlyTable {
  Variable variable;
  bool indicator = false;
  std::size_t years = 0;      ///< of the stocks, or of the flows
  std::size_t cells = 0;      ///< of a year, in the order of the result
  std::size_t quantiles = 0;  ///< that are kept of each cell
  std::size_t layers = 0;     ///< of which standard deviations are
  std::size_t draws = 0;      ///< that are kept one by one
};

/// What a year of such a table holds; nothing of a flow at the base year.
struct YearFigures {
  std::vector<double> values;      ///< mean over the draws, [cell]
  std::vector<double> quantiles;   ///< [quantile][cell]
  std::vector<double> deviations;  ///< standard deviations, [layer][cell]
  std::vector<float> draws;        ///< [draw][cell]
};

/// Room for a year of a table.
YearFigures room_for(const YearlyTable& table);
/// The bytes of that.
std::size_t bytes_of_a_year(const YearlyTable& table);

/// A year that all draws have come to.
struct FinishedYear {
  std::optional<Interval> interval;  ///< that it ends; none at the base year
  std::vector<YearFigures> cells;    ///< of the tables cell by cell, in their order
  std::vector<YearFigures> sums;     ///< of those of sums and indicators
};

/// How many years of a variable there are.
std::size_t years_of(const Variable& variable, const Frame& frame);
/// The position on the axis of its years; none of a flow at the base year.
std::optional<std::size_t> year_of(const Variable& variable, std::optional<Interval> interval);

/// Gets the years of a run as they are finished, on the writing rank.
class YearSink {
 public:
  virtual ~YearSink() = default;

  /// Which tables will come.
  virtual void begin(std::span<const YearlyTable> cells, std::span<const YearlyTable> sums) = 0;
  /// The next year, from the base year on.
  virtual void take(FinishedYear year) = 0;
};

}  // namespace kohort
