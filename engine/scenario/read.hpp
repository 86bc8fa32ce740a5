// From scenario files to settings.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "engine/scenario/catalogue.hpp"
#include "engine/scenario/settings.hpp"

namespace kohort {

/// Reads a scenario, the files that it extends, and `key=value` overrides, which win; the key may
/// lead into one block of a list, as `ParameterPath` says. Every value is checked against the
/// catalogue. Throws `Error` (Fault::scenario) with all mistakes found.
Settings read_scenario(const std::filesystem::path& file, const std::vector<std::string>& overrides,
                       const Catalogue& catalogue);

}  // namespace kohort
