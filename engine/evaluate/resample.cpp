#include "engine/evaluate/resample.hpp"

#include <cmath>
#include <numeric>
#include <stdexcept>

namespace kohort::evaluate {

double jackknife_error(std::span<const double> without_each) {
  if (without_each.size() < 2) throw std::invalid_argument("a jackknife of fewer than two groups");
  const auto groups = static_cast<double>(without_each.size());
  const double mean = std::accumulate(without_each.begin(), without_each.end(), 0.0) / groups;
  double squares = 0.0;
  for (const double value : without_each) squares += (value - mean) * (value - mean);
  return std::sqrt((groups - 1.0) / groups * squares);
}

}  // namespace kohort::evaluate
