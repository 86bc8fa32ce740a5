// The TOML library, included in one place.
#pragma once

#include <string>

#include <toml++/toml.h>

#include "engine/base/error.hpp"

namespace kohort {

/// Where a TOML node stands in its file.
inline Location location_of(const std::string& file, const toml::source_region& source) {
  return {file, source.begin.line, source.begin.column};
}

/// What a TOML node is, in words for a user.
std::string describe(const toml::node& node);

}  // namespace kohort
