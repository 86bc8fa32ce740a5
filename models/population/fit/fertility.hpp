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

/// Births of each region beside those expected by the `national` rates in the window, as
/// (observed + k) / (expected + k); 1 where none are expected.
std::vector<double> regional_fertility(const Source& source, const History& history,
                                       const std::vector<double>& national, const Window& window);

/// Fertility of the window, and how it goes on.
struct FertilityFit {
  std::vector<double> national;  ///< the nation's rates by age in the window
  std::vector<double> levels;    ///< each area's beside them: the region's times its own
  Series<FertilityTable> rates;  ///< of the areas
  AgeDefinition ages = AgeDefinition::end_of_year;  ///< of these rates
};

/// The national schedule times the area's level times the path that the scenario chose: constant,
/// given for the nation or for each area, or returning to the mean of the path's years; or national
/// rates by age that are given, times the area's level. Throws
/// `Error` where the path cannot be made.
FertilityFit fit_fertility(const Source& source, const History& history,
                           const std::vector<double>& local_levels);

}  // namespace kohort::population::fit
