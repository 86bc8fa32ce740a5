// Mortality from history: the county's level beside the nation's, the municipality's by natural
// change.
#pragma once

#include <array>
#include <cstddef>

#include "models/population/fit/history.hpp"
#include "models/population/fit/national_mortality.hpp"

namespace kohort::population::fit {

/// First ages of the bands in which regions are compared with the nation, and areas with their
/// region.
inline constexpr std::array<std::size_t, 3> level_bands = {0, 65, 80};

/// Deaths of each region beside those expected by the nation's rates of the same years, for the
/// ages 0-64, 65-79 and 80+, as (observed + k) / (expected + k); 1 where nobody was expected to
/// die.
Table<double, Region, Sex, Age> regional_mortality(const Source& source, const History& history);

/// Regions beside the nation.
struct RegionalMortality {
  Table<double, Region, Sex, Age> levels;
  /// Of each region, sex by sex; empty where regions follow the nation's course.
  std::vector<MortalityDeparture> departures;

  /// What a region's rate is to the nation's in a year to come.
  double ratio(Region region, Sex sex, Age age, Year year) const;
};

/// Levels as `regional_mortality` has them, and where the scenario asks for it (li_lee with
/// sex_and_county) the course of each region and sex: the third level of Li & Lee (2005), below
/// both sexes together and each sex of the nation. Its rates by band of ages are (deaths + k) /
/// (expected
/// + k) by the nation's rates of that sex and year, so that small regions have little to depart by,
/// and a departure that is chance alone is soon over. Throws `Error` (Fault::scenario) where it is
/// asked for with another method.
RegionalMortality fit_regional_mortality(const Source& source, const History& history);

/// Probabilities of dying of every interval: national rates falling as they did, times the region's
/// level and course, times each area's own level beside it.
Series<CellTable> project_mortality(const Frame& frame, const History& history,
                                    const NationalMortality& national,
                                    const RegionalMortality& regional,
                                    const Table<double, Area, Sex, Age>& local_levels);

}  // namespace kohort::population::fit
