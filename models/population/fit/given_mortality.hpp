// National death rates of the years to come, as a table gives them.
#pragma once

#include "models/population/fit/history.hpp"

namespace kohort::population::fit {

/// history.mortality_forecast as rates of birth cohorts, by age attained at the year's end. Rates
/// by age at the event go through a life table with a pooled open age group: a cohort's rate is the
/// one whose probability is 1 - L(a) / L(a-1). Throws `Error` (Fault::input) on a rate of 0 in the
/// open age group of such a table, or as `Tables::read` does.
Yearly<Sex, Age> given_mortality(const Source& source);

}  // namespace kohort::population::fit
