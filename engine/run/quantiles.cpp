#include "engine/run/quantiles.hpp"

#include <algorithm>
#include <cmath>

namespace kohort {
namespace {

template <class Value>
double quantile(std::span<const Value> sorted, double share) {
  const double place = share * static_cast<double>(sorted.size() - 1);
  const auto below = static_cast<std::size_t>(std::floor(place));
  const std::size_t above = std::min(below + 1, sorted.size() - 1);
  const double low = sorted[below];
  const double high = sorted[above];
  return low + (place - std::floor(place)) * (high - low);
}

}  // namespace

double quantile_of_sorted(std::span<const float> sorted, double share) {
  return quantile(sorted, share);
}

double quantile_of_sorted(std::span<const double> sorted, double share) {
  return quantile(sorted, share);
}

}  // namespace kohort
