// Flows as the sweeps count them: all of an area's draws together.
#pragma once

#include <cstddef>

#include "engine/base/large_vector.hpp"
#include "models/workforce/flows.hpp"

namespace kohort::workforce {

/// So many draws of a flow stand side by side.
inline constexpr std::size_t draws_in_row = 16;

/// Where the flows of an area and draw are counted: [flow][occupation], each a row of draws.
inline std::size_t place_of_flows(std::size_t area, std::size_t draw, std::size_t draws,
                                  std::size_t occupations) {
  const std::size_t rows = (draws + draws_in_row - 1) / draws_in_row;
  const std::size_t row = area * rows + draw / draws_in_row;
  return row * staff_flow_count * occupations * draws_in_row + draw % draws_in_row;
}
inline std::size_t place_of(StaffFlow flow, std::size_t occupation, std::size_t occupations) {
  return (static_cast<std::size_t>(flow) * occupations + occupation) * draws_in_row;
}

/// Flows of a block of draws, in the precision of the people.
template <class Real>
class CountedFlows {
 public:
  /// Begins with what has been counted.
  void begin(const StaffFlows& flows);
  Real* counts() { return counts_.data(); }
  /// Hands over what has been counted in all.
  void give(StaffFlows& flows) const;

 private:
  LargeVector<Real> counts_;
};

}  // namespace kohort::workforce
