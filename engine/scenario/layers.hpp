// The files of a scenario: the one asked for and those that it extends.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "engine/scenario/blocks.hpp"
#include "engine/scenario/toml.hpp"

namespace kohort {

/// One parsed file, or the overrides of the command line.
struct Layer {
  std::string file;              ///< as shown to people; "--set" for an override
  std::filesystem::path folder;  ///< against which its paths are taken
  toml::table table;
};

/// The layers of a scenario, those that are extended first and in the order in which they are
/// named, so that later ones win. `extends` is taken out of each. Throws `Error` on syntax, missing
/// files, and files that extend each other in a circle.
std::vector<Layer> read_layers(const std::filesystem::path& file);

/// An override `key=value` of the command line.
struct Override {
  ParameterPath path;
  Layer layer;  ///< the value by the key; by that of the field, where the path leads into a block
};

/// Reads an override; the value is TOML, or else taken as text.
Override read_override(const std::string& key_value);

}  // namespace kohort
