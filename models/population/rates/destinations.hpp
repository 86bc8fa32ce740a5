// Destinations that all origins share: the shares of a pool.
#pragma once

#include <span>

#include "models/population/rates/rates.hpp"

namespace kohort::population {

/// sums[i] = sum of weights[j] over j not i, added up from either end, so that nothing is lost
/// where i has almost all of them.
void sum_others(std::span<const double> weights, std::span<double> sums);

/// Destinations that movers choose in proportion to `weights`, not below 0, but for their own area.
Destinations common_destinations(std::vector<AgeClass> class_of_row, DestinationWeights weights);

/// What attraction makes of common destinations in one slab: their weights times `odds`, and what
/// follows. Writes the slabs of `made`.
void attract(std::span<const double> weights, std::span<const double> per_leaver,
             std::span<const double> odds, const AttractedSlab& made);

}  // namespace kohort::population
