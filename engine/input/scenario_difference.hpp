// What two scenarios differ in, the tables that they name included.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "engine/input/table_difference.hpp"
#include "engine/scenario/catalogue.hpp"
#include "engine/scenario/settings.hpp"

namespace kohort {

/// What one of two scenarios has for a parameter.
struct ComparedValue {
  std::string value;   ///< as it stands in a scenario; empty where none is given
  std::string origin;  ///< "file:line", "default" or "command line"; empty where none is given
};

/// A parameter that two scenarios do not have in common.
struct ParameterDifference {
  /// Dotted; of blocks with the block's name or, where they have none, its number:
  /// `care.service[home_care].price`, `care.lever[2].factor`.
  std::string name;
  std::string unit;
  ComparedValue first;
  ComparedValue second;
  std::optional<TableDifference> tables;  ///< where both name tables of unlike content
};

/// The parameters that differ, in the order of the catalogue. Blocks of a list are matched by their
/// names; where they have none, those that are alike, and then one after the other. Tables are the
/// same where their content is, wherever they lie. Throws `Error` (Fault::input) where one that has
/// to be compared cannot be read.
std::vector<ParameterDifference> differences(const Settings& first, const Settings& second,
                                             const Catalogue& catalogue);

}  // namespace kohort
