// Quantiles of the draws, exact: all of them are looked at.
#pragma once

#include <span>

namespace kohort {

/// The quantile at `share` (0 to 1) of values sorted in rising order, linear between the two
/// nearest order statistics. Source: Hyndman & Fan (1996), The American Statistician 50(4),
/// definition 7.
double quantile_of_sorted(std::span<const float> sorted, double share);
double quantile_of_sorted(std::span<const double> sorted, double share);

}  // namespace kohort
