// Settings back to text: what a result keeps, so that it can be run again.
#pragma once

#include <filesystem>
#include <string>

#include "engine/scenario/catalogue.hpp"
#include "engine/scenario/settings.hpp"

namespace kohort {

/// A value as it stands in a scenario file.
std::string value_text(const Value& value);

/// The same value with its files named from a folder, so that the text does not depend on where the
/// project lies.
Value portable(const Value& value, const std::filesystem::path& folder);

/// All settings as TOML, each with a comment that says where it came from; those that nothing has
/// read stand there as comments. Reading the text from the folder of the scenario gives the same
/// settings.
std::string resolved_toml(const Settings& settings, const Catalogue& catalogue);

}  // namespace kohort
