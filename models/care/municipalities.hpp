// Municipalities whose planning areas are projected in their place.
#pragma once

#include <string>
#include <vector>

#include "engine/model/source.hpp"

namespace kohort::care {

/// A municipality that is not projected itself, and its planning areas, which are.
struct Municipality {
  std::string code;
  std::vector<Area> areas;
};

/// Those of `care.planning_areas`. Throws `Error` (Fault::scenario) where a planning area is none
/// of the areas projected or belongs to two municipalities, and where a municipality is projected
/// itself.
std::vector<Municipality> read_municipalities(const Source& source);

/// The areas projected, and after them the municipalities, as an axis of a table.
WantedAxis areas_and_municipalities(const Frame& frame,
                                    const std::vector<Municipality>& municipalities);

}  // namespace kohort::care
