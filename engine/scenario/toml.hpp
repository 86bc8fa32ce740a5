// The TOML library, included in one place.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <toml++/toml.h>

#include "engine/base/error.hpp"

namespace kohort {

/// Where a TOML node stands in its file.
inline Location location_of(const std::string& file, const toml::source_region& source) {
  return {file, source.begin.line, source.begin.column};
}

/// The keys of a table in the order in which they were written: tables have none themselves.
std::vector<const toml::key*> keys_in_order(const toml::table& table);

/// What to do about a complaint of the TOML library.
std::string syntax_remedy(std::string_view complaint);

/// What a TOML node is, in words for a user.
std::string describe(const toml::node& node);

}  // namespace kohort
