// What totals and drivers are read with.
#pragma once

#include <cstddef>
#include <vector>

#include "models/population/adjust/demand.hpp"

namespace kohort::population {

/// Every position of an axis.
template <class Position>
std::vector<Position> all_of(std::size_t count) {
  std::vector<Position> all;
  for (const Position position : positions<Position>(count)) all.push_back(position);
  return all;
}

/// The flows that bring people in.
std::vector<Lever> moves_in(Moves moves);

/// The same axis, of which a table may lack the column, or labels.
WantedAxis optional(WantedAxis axis);

}  // namespace kohort::population
