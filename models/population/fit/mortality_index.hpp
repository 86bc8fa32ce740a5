// The nation's mortality as one index: what moves the death rates of all ages together.
#pragma once

#include <optional>

#include "engine/demography/lee_carter.hpp"
#include "models/population/fit/history.hpp"

namespace kohort::population::fit {

/// Deaths and person-years of the nation by cohort age and year, of one sex or of both together.
/// Where nobody died, half a death counts, so that every rate has a logarithm. Throws `Error`
/// (Fault::input) where nobody lived.
DeathCounts national_counts(const Source& source, const VitalHistory& nation, Years years,
                            std::optional<Sex> sex);

/// Deaths per person-year.
Eigen::MatrixXd rates_of(const DeathCounts& counts);

/// The index of Lee & Carter with the second stage that the scenario chose, and mean 0. Where no
/// rate ever changes the index is 0 and responds alike at all ages. `sex` tells the infants' share
/// of the year for the stage on expectancy.
LeeCarter fit_index(const Source& source, const DeathCounts& counts, LifeTableSex sex);

}  // namespace kohort::population::fit
