// Rates that could not be applied to people are refused before the projection starts.
#pragma once

#include "models/population/rates/figures.hpp"
#include "models/population/rates/rates.hpp"

namespace kohort::population {

/// Throws `Error` (Fault::input), with area, sex, age and year, where more than all would die or
/// leave, where a rate is no number, and where those of the first or the open age group would bear
/// children, which the accounts rely on nobody doing.
void check_rates(const Source& source, const Conventions& conventions, const Rates& rates);

}  // namespace kohort::population
