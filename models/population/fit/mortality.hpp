// Mortality from history: the nation's level and trend by age, the county's level beside it, the
// municipality's by natural change.
#pragma once

#include <vector>

#include "engine/model/model.hpp"
#include "models/population/fit/history.hpp"

namespace kohort::population::fit {

/// National period-cohort death rates, and how fast they fall.
struct NationalMortality {
  SexAge level;  ///< per person-year, in the middle of the level's window
  double level_year = 0.0;
  SexAge improvement;  ///< per year: the rate falls by this share

  /// The rate of a year to come.
  double rate(Sex sex, Age age, Year year) const;
};

/// Throws `Error` (Fault::input) where nobody lived at an age, so that there is no rate.
NationalMortality fit_national_mortality(const Source& source, const History& history);

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
