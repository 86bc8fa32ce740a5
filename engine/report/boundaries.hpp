// Where the areas of a page lie.
#pragma once

#include <string>

#include <nlohmann/json.hpp>

#include "engine/report/frame.hpp"

namespace kohort::report {

/// The outlines of the projected areas: for each a GeoJSON geometry by its code. `file` is a
/// GeoJSON collection of features with the property `code`; empty: that of Sweden's municipalities,
/// with which the program was built. Areas without an outline are left out.
///
/// Throws `Error` (Fault::input) where the file cannot be read or is no such collection.
nlohmann::json boundaries_json(const std::string& file, const Frame& frame);

}  // namespace kohort::report
