// The multistate form: deaths, emigration, moves and changes of group as one generator.
#pragma once

#include "models/population/rates/figures.hpp"
#include "models/population/rates/rates.hpp"

namespace kohort::population {

/// Reads the rates of `population.mortality`, `domestic`, `transfers` and `emigration` and turns
/// them into transition shares. All must be central rates whose ages are counted alike: by age at
/// the event they go through the multistate life table, by age at the year's end they apply to the
/// birth cohort as they are.
void read_multistate(const Source& source, const Conventions& conventions, Rates& rates);

}  // namespace kohort::population
