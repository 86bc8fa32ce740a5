// Moves between the projected areas, from municipal tables whose small cells are suppressed.
#pragma once

#include "models/population/fit/window.hpp"
#include "models/population/fit/yearly.hpp"

namespace kohort::population::fit {

/// Moves from each area to each other in each year; 0 within an area. Moves within the rest of the
/// country are no moves here.
using YearlyFlows = Yearly<Area, Destination>;
/// The same in the mean of a window.
using FlowTable = Table<double, Area, Destination>;

/// Reads the municipal tables and restores what they suppress: a destination's suppressed in-moves
/// are shared out among the origins whose cell is empty. A pair whose cell is named in another year
/// counts 2.5 (the middle of 1 to 4), any other by the sizes of its out- and in-moves, at most 2.5;
/// no cell gets more than 4 unless all have as many. In years in which an origin's suppressed
/// out-moves are known as well, the cells are those nearest to the same weights that meet both sums
/// (iterative proportional fitting). Throws `Error` (Fault::input) where there are suppressed moves
/// and no empty cell, or where no cells meet the sums.
YearlyFlows fit_flows(const Source& source, Years years);

/// Moves a year in the window.
FlowTable mean_flows(const YearlyFlows& flows, const Window& window);

}  // namespace kohort::population::fit
