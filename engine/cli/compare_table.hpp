// Comparisons as tables for people.
#pragma once

#include <string>

#include "engine/compare/comparison.hpp"

namespace kohort::cli {

/// Areas and errors of a comparison; other quantities than population only in short, where there
/// are several.
std::string table_of(const compare::Comparison& comparison);

}  // namespace kohort::cli
