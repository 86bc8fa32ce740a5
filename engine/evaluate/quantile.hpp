// Quantiles of a list of values.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <span>

namespace kohort {

/// The two order statistics that a quantile lies between, and how far on the way.
struct QuantilePlace {
  std::size_t below = 0;
  std::size_t above = 0;
  double part = 0.0;

  double between(double low, double high) const { return low + part * (high - low); }
};

/// Where the quantile at `share` (0 to 1) of `count` values lies. Source: Hyndman & Fan (1996), The
/// American Statistician 50(4), definition 7.
inline QuantilePlace quantile_place(double share, std::size_t count) {
  const double place = share * static_cast<double>(count - 1);
  const auto below = static_cast<std::size_t>(std::floor(place));
  return {below, std::min(below + 1, count - 1), place - std::floor(place)};
}

/// The quantile at `share` (0 to 1) of values sorted in rising order, linear between the two
/// nearest order statistics: definition 7.
inline double quantile_of_sorted(std::span<const double> sorted, double share) {
  const QuantilePlace place = quantile_place(share, sorted.size());
  return place.between(sorted[place.below], sorted[place.above]);
}

inline double quantile_of_sorted(std::span<const float> sorted, double share) {
  const QuantilePlace place = quantile_place(share, sorted.size());
  return place.between(sorted[place.below], sorted[place.above]);
}

}  // namespace kohort
