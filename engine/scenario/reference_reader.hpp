// From `{ file = "...", ... }` in a scenario to a table reference.
#pragma once

#include <string>
#include <vector>

#include "engine/base/error.hpp"
#include "engine/scenario/layers.hpp"
#include "engine/scenario/table_reference.hpp"
#include "engine/scenario/toml.hpp"

namespace kohort {

/// Reads a reference that may have the given axes. Adds to `mistakes` what is wrong with it; the
/// result is of use only where nothing was added.
TableReference read_reference(const toml::table& table, const Layer& layer,
                              const std::vector<std::string>& axes, const std::string& key,
                              Mistakes& mistakes);

/// Reads what a table reference and a table's card have in common: basis, known_from,
/// age_definition and source. Other keys are left alone.
void read_vintage(const toml::table& table, const std::string& file, const std::string& key,
                  TableReference& reference, Mistakes& mistakes);

}  // namespace kohort
