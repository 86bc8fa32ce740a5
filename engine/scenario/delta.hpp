// A scenario that differs from another in one number.
#pragma once

#include <filesystem>
#include <string>

#include "engine/scenario/blocks.hpp"
#include "engine/scenario/catalogue.hpp"
#include "engine/scenario/settings.hpp"

namespace kohort {

/// A number that a scenario gives, or its default: one that can be turned.
struct NumberSetting {
  ParameterPath path;
  const Parameter* parameter = nullptr;  ///< the field, where the path leads into a block
  double value = 0.0;

  bool whole() const { return parameter->kind == Kind::integer; }
};

/// The number that a path leads to. Throws `Error` (Fault::scenario), placed at `where`, where it
/// leads to nothing, or to anything but a number.
NumberSetting number_setting(const Settings& settings, const Catalogue& catalogue,
                             const std::string& path, const Location& where);

/// A scenario that extends that of the settings and gives the number this value, for a file in
/// `folder`. Where the number stands in a block, all blocks of its list are repeated, since those
/// of a scenario replace those that it extends.
std::string delta_toml(const Settings& settings, const Catalogue& catalogue,
                       const NumberSetting& number, const std::filesystem::path& folder);

}  // namespace kohort
