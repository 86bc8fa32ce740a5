// A dataset of a result, its cells added up by their labels.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <vector>

namespace kohort::compare {

/// Which positions of an axis are added.
using Positions = std::vector<std::size_t>;
/// The same of each axis, none of them null.
using Selection = std::vector<const Positions*>;

/// Values over named axes, row-major.
struct Cube {
  std::vector<std::string> axes;
  std::vector<std::size_t> lengths;
  std::vector<double> values;

  /// The sum over all combinations of the chosen positions, in their order. One list for each axis.
  double sum(const Selection& chosen) const;
};

}  // namespace kohort::compare
