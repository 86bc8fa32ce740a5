// When in the interval arrivals come, and which cohort row they join.
#pragma once

#include "models/population/rates/rates.hpp"

namespace kohort::population {

/// Places counts by age as the scenario's timing has it. By age at the year's end all join the row
/// of that age; by age at the event those who come at the start join the row above, and grow older
/// with it. The part that `Conventions::exposure` says comes at the start.
ArrivalCounts place_arrivals(const Conventions& conventions, AgeDefinition ages,
                             const AgeTable& counts);

}  // namespace kohort::population
