// A known sum divided among cells of unknown size.
#pragma once

#include <vector>

namespace kohort::population::fit {

/// A cell that may hold a part of the sum, or not.
struct OpenCell {
  bool open = false;
  double weight = 0.0;  ///< the size that is expected of it, 0 where nothing is known
};

/// Divides `total` among the open cells in proportion to their weights, none above `most`; what
/// they cannot hold goes equally to open cells of weight 0, again none above `most`, and what even
/// these cannot hold equally on top of all open cells. So the shares always sum to the total. Empty
/// where there is a total and no open cell.
std::vector<double> share_out(double total, const std::vector<OpenCell>& cells, double most);

}  // namespace kohort::population::fit
