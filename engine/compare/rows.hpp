// Comparisons as rows: CSV, JSON and the columns of a file.
#pragma once

#include <functional>
#include <span>
#include <string>

#include "engine/compare/comparison.hpp"

namespace kohort::compare {

/// Two figures at the same labels.
struct FigureRow {
  const Comparison& comparison;
  const Compared& compared;
  CellPosition cell;
  double standard = 0.0;
  double result = 0.0;

  double difference() const { return result - standard; }
  /// NaN where the standard is not above 0, or figures are changes, which per cent say nothing of.
  double percent() const;
  int year() const { return compared.axes.years[cell.year]; }
};

/// Goes through all cells where both sides have a figure.
void for_each_figure(std::span<const Comparison> comparisons,
                     const std::function<void(const FigureRow&)>& take);

/// A measure and what it is of.
struct MeasureRow {
  const Comparison& comparison;
  const Compared& compared;
  const Measured& measured;

  /// "areas" or "years".
  std::string over() const { return measured.area ? "years" : "areas"; }
  std::string area() const;         ///< empty where it is over the areas
  std::optional<int> year() const;  ///< none where it is over the years
};

void for_each_measure(std::span<const Comparison> comparisons,
                      const std::function<void(const MeasureRow&)>& take);

/// A part of a difference, or all of it, which comes first.
struct PartRow {
  const Comparison& comparison;
  const Decomposition& decomposition;
  CellPosition cell;
  std::string name;  ///< "all" is the whole difference
  double value = 0.0;
  double noise = 0.0;  ///< standard error of the whole difference; NaN where nobody can tell

  int year() const { return decomposition.axes.years[cell.year]; }
};

void for_each_part(std::span<const Comparison> comparisons,
                   const std::function<void(const PartRow&)>& take);

/// The unit of a measure of figures in a unit.
std::string unit_of_measure(const std::string& name, const std::string& unit);

/// One value a row: first the figures with their differences, then the measures.
std::string to_csv(std::span<const Comparison> comparisons);
/// The same as one JSON object.
std::string to_json(std::span<const Comparison> comparisons);

}  // namespace kohort::compare
