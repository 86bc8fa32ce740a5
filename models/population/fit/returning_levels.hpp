// A level that returns to its mean.
#pragma once

#include <span>
#include <vector>

#include "models/population/fit/history.hpp"

namespace kohort::population::fit {

/// The level of every interval: the exponential of where an AR(1) is expected that is fitted to the
/// logarithms of the years up to `last`. Where these look like a random walk, or more than 1/e of a
/// deviation would be left after as many years as are known, no return was seen, and the level
/// stays as in the last year; their trend is not prolonged. Throws `std::invalid_argument` on fewer
/// than four years.
std::vector<double> returning_levels(const Frame& frame, std::span<const double> logarithms,
                                     Year last);

}  // namespace kohort::population::fit
