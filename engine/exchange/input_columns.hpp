// From the dimensions of a publisher's table to the columns of one of Kohort's input tables.
#pragma once

#include <string>
#include <vector>

#include "engine/exchange/cube.hpp"

namespace kohort::exchange {

/// One column: its name, and what it holds for each position of a dimension.
struct InputColumn {
  std::string name;
  std::size_t dimension = 0;
  std::vector<std::string> labels;
};

/// The columns in their order: year, area, sex and age first, where the table has them, then the
/// others in the publisher's order. A dimension is known by its name or id in Swedish or English;
/// `year` by whole years. Sexes are `female` and `male`; all else is the publisher's codes. With
/// `names` each coded column but those of years and sexes has one more beside it, NAME_name, with
/// the texts. Throws `Error` (Fault::input) where two dimensions would have one column.
std::vector<InputColumn> input_columns(const Cube& cube, bool names);

}  // namespace kohort::exchange
