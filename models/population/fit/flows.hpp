// Moves between the projected areas, from municipal tables whose small cells are suppressed.
#pragma once

#include <vector>

#include "models/population/fit/history.hpp"

namespace kohort::population::fit {

/// Yearly mean of the moves from each area to each other over the window; 0 within an area. Moves
/// within the rest of the country are no moves here.
using FlowTable = Table<double, Area, Destination>;

/// Reads the municipal tables and restores what they suppress: a destination's suppressed in-moves
/// are shared out among the origins whose cell is empty. A pair whose cell is named in another year
/// of the window counts 2.5 (the middle of 1 to 4), any other by the sizes of its out- and
/// in-moves, at most 2.5; no cell gets more than 4 unless all have as many.
FlowTable fit_flows(const Source& source, Years years);

}  // namespace kohort::population::fit
