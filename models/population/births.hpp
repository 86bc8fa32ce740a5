// Births of an interval.
#pragma once

#include "models/population/rates/rates.hpp"
#include "models/population/state.hpp"

namespace kohort::population {

/// Reckons the births from the women of `state`, who have lived through the interval; enters them
/// as flows by the mother's age, and as those at risk in cohort row 0.
void bear(Interval interval, const Frame& frame, const Rates& rates, const Conventions& conventions,
          PopulationState& state);

}  // namespace kohort::population
