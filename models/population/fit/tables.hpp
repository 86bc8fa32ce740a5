// Small things that the fits of all components do with tables.
#pragma once

#include <algorithm>
#include <numeric>
#include <span>
#include <vector>

#include "engine/input/wanted_axis.hpp"
#include "engine/scenario/parameter.hpp"

namespace kohort::population::fit {

inline double sum_of(std::span<const double> values) {
  return std::accumulate(values.begin(), values.end(), 0.0);
}

/// The values of a table, in its order.
inline std::vector<double> flat(std::span<const double> values) {
  return {values.begin(), values.end()};
}

/// The axis where the parameter has it; else one position that no column tells apart.
inline WantedAxis wanted(const TableParameter& parameter, WantedAxis axis, bool required) {
  const auto& axes = parameter.axes;
  if (std::find(axes.begin(), axes.end(), axis.name) == axes.end()) {
    return {.labels = {axis.labels.front()}};
  }
  axis.required = required;
  return axis;
}

}  // namespace kohort::population::fit
