// Published shares of users: those of the nation, and those of its areas.
#pragma once

#include "models/care/inputs.hpp"

namespace kohort::care {

/// Reads the nation's shares and the areas' into `inputs`, which has its states and series. Throws
/// `Error` where the scenario or a table is wrong, and where a definition is named that the table
/// does not have.
void read_shares(const Source& source, CareInputs& inputs);

/// Rows with other labels of an axis are not wanted: they are left out by `where`.
TableReference restricted(TableReference reference, const std::string& axis,
                          const std::vector<std::string>& labels);

}  // namespace kohort::care
