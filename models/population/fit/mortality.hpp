// Mortality from history: the county's level beside the nation's, the municipality's by natural
// change.
#pragma once

#include <vector>

#include "models/population/fit/history.hpp"
#include "models/population/fit/national_mortality.hpp"

namespace kohort::population::fit {

/// Deaths of each region beside those expected by the nation's rates of the same years, for the
/// ages 0-64, 65-79 and 80+, as (observed + k) / (expected + k); 1 where nobody was expected to
/// die.
Table<double, Region, Sex, Age> regional_mortality(const Source& source, const History& history);

/// Probabilities of dying of every interval: national rates falling as they did, times the region's
/// level, divided by the area's natural-change factor.
Series<CellTable> project_mortality(const Frame& frame, const History& history,
                                    const NationalMortality& national,
                                    const Table<double, Region, Sex, Age>& levels,
                                    const std::vector<double>& natural_change_factor);

}  // namespace kohort::population::fit
