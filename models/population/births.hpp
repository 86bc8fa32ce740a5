// Births of an interval.
#pragma once

#include "models/population/cohort.hpp"

namespace kohort::population {

/// Reckons the births from the women of `state`, who have lived through the interval; enters them
/// as flows by the mother's age, and as those at risk in cohort row 0.
void bear(Interval interval, const Scene& scene, PopulationState& state, PopulationLedger& ledger);

/// Throws `Error` (Fault::scenario) where there are fewer births than none: adjusted stocks know
/// net migrants but no moves, and so may count fewer women than none.
void require_births(const SlabSite& mothers, const Scene& scene, ConstSlab births,
                    std::size_t draws);

}  // namespace kohort::population
