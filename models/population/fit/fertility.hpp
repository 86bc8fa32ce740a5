// Fertility from history: the nation's schedule, the county's level, the municipality's by natural
// change.
#pragma once

#include <vector>

#include "models/population/fit/history.hpp"
#include "models/population/fit/window.hpp"

namespace kohort::population::fit {

/// National births per woman-year by age attained at the year's end, over the window. Throws
/// `Error` (Fault::input) on births at an age without women.
std::vector<double> national_fertility(const Source& source, const History& history,
                                       const Window& window);

/// Births of each region beside those expected by the `national` rates in the window; 1 where none
/// are expected.
std::vector<double> regional_fertility(const Source& source, const History& history,
                                       const std::vector<double>& national, const Window& window);

/// Rates that hold for the whole projection: the national schedule times the region's level times
/// the area's natural-change factor. By age at the year's end.
FertilityTable project_fertility(const Source& source, const History& history,
                                 const std::vector<double>& natural_change_factor);

}  // namespace kohort::population::fit
