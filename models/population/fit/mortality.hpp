// Mortality from history: the nation's level and trend by age, the county's level beside it, the
// municipality's by natural change.
#pragma once

#include <vector>

#include "engine/model/model.hpp"
#include "models/population/fit/history.hpp"

namespace kohort::population::fit {

/// National period-cohort death rates, and how fast they fall.
struct NationalMortality {
  Table<double, Sex, Age> level;  ///< per person-year, in the middle of the level's window
  double level_year = 0.0;
  Table<double, Sex, Age> improvement;  ///< per year: the rate falls by this share
};

NationalMortality fit_national_mortality(const Source& source, const History& history);

/// Deaths of each region beside those expected by the nation's rates of the same years, for the
/// ages 0-64, 65-79 and 80+, as (observed + k) / (expected + k).
Table<double, Region, Sex, Age> regional_mortality(const Source& source, const History& history);

/// Probabilities of dying of every interval: national rates falling as they did, times the region's
/// level, divided by the area's natural-change factor.
Series<CellTable> project_mortality(const Source& source, const History& history,
                                    const NationalMortality& national,
                                    const std::vector<double>& natural_change_factor);

}  // namespace kohort::population::fit
