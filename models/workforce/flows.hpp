// How staff come and go in a year.
#pragma once

#include <array>
#include <cstddef>

#include "models/workforce/occupations.hpp"

namespace kohort::workforce {

/// What changes the number of staff of an area and occupation, each counted once.
enum class StaffFlow {
  entrants,     ///< from education, from abroad and from other work
  retirements,  ///< in time, by the pension age, and at the last age
  exits,        ///< to other work, and out of the labour force before the time
  changed_in,   ///< from another of the occupations
  changed_out,
  deaths,
  moved_in,  ///< from another area, with their occupation
  moved_out,
  emigrated,
};
constexpr std::size_t staff_flow_count = 9;

/// Flows that add to the stock (+1) or take from it (-1).
constexpr std::array<int, staff_flow_count> staff_flow_sign = {1, -1, -1, 1, -1, -1, 1, -1, -1};

/// Of each occupation and area of residence, in each draw.
using StaffAmounts = Table<double, Occupation, Area, Draw>;

/// All flows of a year.
class StaffFlows {
 public:
  StaffFlows() = default;
  explicit StaffFlows(const StaffAmounts::Extents& extents) { tables_.fill(StaffAmounts(extents)); }

  StaffAmounts& operator[](StaffFlow flow) { return tables_[static_cast<std::size_t>(flow)]; }
  const StaffAmounts& operator[](StaffFlow flow) const {
    return tables_[static_cast<std::size_t>(flow)];
  }
  void clear();

 private:
  std::array<StaffAmounts, staff_flow_count> tables_;
};

}  // namespace kohort::workforce
