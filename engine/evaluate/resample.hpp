// How much of a measure is the chance of finitely many draws.
#pragma once

#include <cstddef>
#include <span>

namespace kohort::evaluate {

/// Draws are left out in so many groups, one after the other: enough for an error good to a sixth
/// (1 / sqrt(2 x 19)), few enough to be quick.
inline constexpr std::size_t jackknife_groups = 20;

/// The group that a draw belongs to: draws in turn, so that every group has nearly as many.
constexpr std::size_t jackknife_group(std::size_t draw) { return draw % jackknife_groups; }

/// Monte Carlo standard error of a measure from its values with one group of draws left out each:
/// sqrt((g - 1) / g x sum of squared deviations from their mean). Source: Efron & Tibshirani
/// (1993), An Introduction to the Bootstrap, ch. 11; with groups Kott (2001), Journal of Official
/// Statistics 17(4). Throws `std::invalid_argument` on fewer than two.
double jackknife_error(std::span<const double> without_each);

}  // namespace kohort::evaluate
