// What drives in-migration: stated in-migrants, housing, a population to be reached.
#pragma once

#include <vector>

#include "models/population/adjust/demand.hpp"

namespace kohort::population {

/// Adds a demand for each area and year that something drives. Throws `Error` where it does not fit
/// the frame, or two drive the same.
void add_drivers(const Source& source, std::vector<Demand>& demands);

}  // namespace kohort::population
