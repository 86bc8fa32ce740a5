// How migration from and to abroad goes on: the nation's by the path that the scenario chose, the
// areas' by their parts in it.
#pragma once

#include "models/population/fit/international.hpp"
#include "models/population/rates/rates.hpp"

namespace kohort::population::fit {

/// Emigration rates of every interval: the nation's, times each area's factor. Constant; given as
/// rates, or as persons beside those who lived at the end of the history; or the window's rates at
/// a level whose logarithm returns to its mean as an AR(1). Throws `Error` where the path cannot be
/// made.
Series<CellTable> emigration_path(const Source& source, const VitalHistory& nation,
                                  const InternationalFit& fit);

/// Immigrants of every interval: the nation's, divided among the areas as in the window, so that
/// all areas together have precisely as many as the nation. Constant; given; or the window's at a
/// total that follows the AR(1) of the logarithms of the past ones. Throws `Error` where the path
/// cannot be made.
Series<ArrivalCounts> immigration_path(const Source& source, const Conventions& conventions,
                                       const InternationalFit& fit);

}  // namespace kohort::population::fit
