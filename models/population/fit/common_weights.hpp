// Which destinations all origins share, if as many leave and arrive as in a table of moves.
#pragma once

#include <cstddef>
#include <span>

namespace kohort::population::fit {

/// Moves out of each area and into each, within areas none.
struct MoveSums {
  std::span<const double> out;
  std::span<const double> in;
};

/// Weights w with which the movers from each area i, going to j in proportion to w[j] over j not
/// i, arrive as `in` has it, summing to 1 (0 where nobody moves): quasi-independence, by
/// proportional fitting of the sums alone. Returns the largest error of a sum relative to all
/// moves: above 1e-10 there are no such weights, or they were not found in 100 000 sweeps. Source:
/// Goodman (1968), Journal of the American Statistical Association 63(324); Deming & Stephan
/// (1940), Annals of Mathematical Statistics 11(4).
double fit_common_weights(const MoveSums& moves, std::span<double> weights);

/// The greatest error with which weights are taken for found.
inline constexpr double common_weights_tolerance = 1e-10;

}  // namespace kohort::population::fit
