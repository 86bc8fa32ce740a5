// Makes a projection meet what a scenario demands of it.
#pragma once

#include <vector>

#include "models/population/adjust/solve.hpp"
#include "models/population/rates/figures.hpp"

namespace kohort::population {

/// Changes the rates so that the expected numbers meet the totals and drivers of the scenario, or
/// by the factors that an earlier run has found; adds what was found to `estimates`. Whether the
/// scenario has any. Throws `Error` where they cannot be met.
bool meet_demands(const Source& source, const Projected& projected, Rates& rates,
                  std::vector<Estimate>& estimates);

}  // namespace kohort::population
