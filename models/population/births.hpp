// Births of an interval.
#pragma once

#include "models/population/cohort.hpp"

namespace kohort::population {

/// Reckons the births from the women of `state`, who have lived through the interval; enters them
/// as flows by the mother's age, and as those at risk in cohort row 0.
void bear(Interval interval, const Scene& scene, PopulationState& state, PopulationLedger& ledger);

}  // namespace kohort::population
