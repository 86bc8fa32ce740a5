// Fertility from history: the nation's schedule, the county's level, the municipality's by natural
// change.
#pragma once

#include <vector>

#include "models/population/fit/history.hpp"

namespace kohort::population::fit {

/// National births per woman-year by age attained at the year's end, over the window.
std::vector<double> national_fertility(const Frame& frame, const History& history, Years years);

/// Births of a region beside those expected by national rates in the window.
double regional_fertility_level(const Source& source, const History& history, Region region);

/// Rates that hold for the whole projection: the national schedule times the region's level times
/// the area's natural-change factor. By age at the year's end.
FertilityTable project_fertility(const Source& source, const History& history,
                                 const std::vector<double>& natural_change_factor);

}  // namespace kohort::population::fit
