// What the draws of an ensemble come to together.
#pragma once

#include <cmath>
#include <cstddef>
#include <numeric>
#include <vector>

#include "engine/run/scenario_run.hpp"

namespace kohort::test {

inline double mean_of(const std::vector<double>& values) {
  return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
}

inline double sd_of(const std::vector<double>& values) {
  const double mean = mean_of(values);
  double squares = 0.0;
  for (const double one : values) squares += (one - mean) * (one - mean);
  return std::sqrt(squares / static_cast<double>(values.size()));
}

/// Sums over the cells of the last year of a variable whose draws were kept: [draw].
inline std::vector<double> last_year(const ScenarioRun& run, const Recorded& recorded) {
  const std::size_t cells = recorded.values.size();
  const std::size_t years =
      run.frame().intervals + (recorded.variable.moment == Moment::stock ? 1 : 0);
  std::vector<double> sums;
  for (std::size_t first = 0; first < recorded.draws.size(); first += cells) {
    const auto end = recorded.draws.begin() + static_cast<std::ptrdiff_t>(first + cells);
    sums.push_back(std::accumulate(end - static_cast<std::ptrdiff_t>(cells / years), end, 0.0));
  }
  return sums;
}

}  // namespace kohort::test
