// Who lends how much to whom, in closed form.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "engine/base/axes.hpp"

namespace kohort::cooperation {

/// Areas, each once, and the share of what one of them has to spare that the others may use.
struct Pool {
  std::vector<Area> members;
  double fraction = 0.0;
};

/// Sets for the members what each borrows; less than 0 is lent, and others are left as they are.
/// Amounts are [area][draw]; `lacking` is what an area lacks, less than 0 what it has to spare.
/// With shortage S and surplus X of the members together, min(S, fraction X) changes hands: from
/// the lenders in proportion to their surplus, to the borrowers to their shortage. So nobody lends
/// what it lacks afterwards, nobody gets more than it lacks, and what is borrowed sums to 0.
void lend(const Pool& pool, std::size_t draws, std::span<const double> lacking,
          std::span<double> borrowed);

}  // namespace kohort::cooperation
