// Totals that a projection must meet, from [[population.total]].
#pragma once

#include <vector>

#include "models/population/adjust/demand.hpp"

namespace kohort::population {

/// Adds a demand for each total. Throws `Error` where one does not fit the frame.
void add_totals(const Source& source, std::vector<Demand>& demands);

}  // namespace kohort::population
