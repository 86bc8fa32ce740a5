// How much each year of history counts in an average.
#pragma once

#include <cstddef>
#include <vector>

namespace kohort {

// Weights come back oldest year first and sum to 1. All throw `std::invalid_argument` on no years.

/// Every year counts the same: 1 / N.
std::vector<double> uniform_weights(std::size_t years);

/// The latest year counts N times the oldest: weights in proportion to 1, 2, ... N.
std::vector<double> linear_weights(std::size_t years);

/// Each year counts (1 - alpha) times the next: alpha = 0 gives uniform weights, alpha = 1 the
/// latest year alone. Throws `std::invalid_argument` unless alpha is within [0, 1].
/// Source: Brown (1959), Statistical Forecasting for Inventory Control, cut off after N years.
std::vector<double> exponential_weights(std::size_t years, double alpha);

}  // namespace kohort
