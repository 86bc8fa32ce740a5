// The occupations of a scenario, and how its blocks and tables name them.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "engine/base/error.hpp"
#include "engine/input/wanted_axis.hpp"
#include "engine/model/source.hpp"
#include "models/workforce/occupations.hpp"

namespace kohort::workforce {

/// Ages and occupations of staff. Throws `Error` (Fault::scenario) where two occupations have one
/// name or one has none, where ages do not rise or reach into the open age, or years are not told
/// apart one by one.
WorkforceFrame read_workforce_frame(const Source& source);

/// The occupation that a field of a block names; adds to `mistakes` where there is none.
std::optional<Occupation> find_occupation(const Settings& block, const Parameter& field,
                                          const std::string& name,
                                          const std::vector<std::string>& occupations,
                                          Mistakes& mistakes);

/// Occupations as an axis of a table; a table must have the column where there are several.
WantedAxis occupation_axis(const std::vector<std::string>& occupations,
                           const std::string& name = "occupation");

/// Areas, and after them the nation as area 00.
WantedAxis areas_and_nation(const Frame& frame);
inline Area nation_of(const Frame& frame) { return Area(frame.areas.size()); }

}  // namespace kohort::workforce
