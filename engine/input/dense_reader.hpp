// One pass over the rows of a table: labels to positions, text to numbers, nothing filled in.
#pragma once

#include <span>
#include <string>

#include "engine/input/csv.hpp"
#include "engine/input/tables.hpp"
#include "engine/scenario/parameter.hpp"
#include "engine/scenario/table_reference.hpp"

namespace kohort {

/// Reads `csv` as `reference` says. With `last_year`, rows of later years do not exist for it.
/// Throws `Error` (Fault::input) with the mistakes found, the first few of each kind.
DenseTable read_dense(const Csv& csv, const Parameter& parameter, const TableReference& reference,
                      std::span<const WantedAxis> axes, std::optional<int> last_year);

}  // namespace kohort
