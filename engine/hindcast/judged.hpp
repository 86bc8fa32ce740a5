// The figures of several methods held against what happened, all over the same cells.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "engine/compare/comparison.hpp"
#include "engine/compare/result.hpp"

namespace kohort::hindcast {

/// What a method is. Those of the first two kinds are judged over the cells that all of them have;
/// a published forecast, over those of these that it has.
enum class MethodKind { run, naive, published };

/// What one method says.
struct MethodFigures {
  std::string name;
  MethodKind kind = MethodKind::naive;
  std::vector<double> figures{};  ///< over the axes; NaN where it has none
  compare::Spread spread{};       ///< empty where it does not say how sure it is
  std::optional<int> vintage{};   ///< the year in which it was published
  bool directions = false;        ///< figures are 1 for growth and -1 for fall
};

/// What is judged from one launch, and by what.
struct JudgedLaunch {
  std::string name;
  int launch = 0;
  compare::CellAxes axes;         ///< areas as the tables call them
  std::vector<double> outturn;    ///< over the axes; NaN where nobody knows it
  std::vector<double> at_launch;  ///< [area, ages, sex], as it was known then; NaN likewise
  std::vector<MethodFigures> methods;
};

/// A comparison for each method. Besides the measures of `compare` there is `skill_NAME`: per cent
/// of the MAPE of a naive method that a method avoids, over the cells that both have. Methods of
/// which nothing can be judged are left out and told. Throws `Error` (Fault::scenario) where that
/// is a run.
std::vector<compare::Comparison> judge(JudgedLaunch judged);

/// A method called average: the mean of those named, where all of them have a figure.
MethodFigures average_of(const std::vector<MethodFigures>& methods,
                         const std::vector<std::string>& names);

/// What all statements of growth are held against: that everything grows.
inline constexpr const char* all_grow = "all_grow";

}  // namespace kohort::hindcast
