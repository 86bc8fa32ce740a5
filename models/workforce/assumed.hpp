// Ranges of what is assumed: which figure of a table a variant of a scenario takes.
#pragma once

#include "engine/model/source.hpp"
#include "engine/scenario/parameter.hpp"
#include "engine/scenario/table_reference.hpp"

namespace kohort::workforce {

/// Which figures a scenario takes of the tables that give a range.
enum class Assumed {
  middle,
  fewer,  ///< those that leave fewer staff, or more need of them
  more,   ///< the other ends
};

/// The end of a range that leaves fewer staff, or more need of them. It belongs to the parameter.
enum class FewerAt {
  low,
  high,
  neither,  ///< what it does is not told: the middle in all variants
};

/// The table with the column that the scenario's `workforce.assumed` takes: of a reference to one
/// column x that column, or x_low or x_high where the table has both. Tables that have no such
/// columns, sums of columns, and tables in one file for each label are taken as they are.
/// Throws `Error` (Fault::input) where the file is no table.
TableReference chosen(const Source& source, TableReference reference, FewerAt fewer);

}  // namespace kohort::workforce
