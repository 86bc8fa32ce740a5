// How many have to be recruited, and why.
#pragma once

#include "models/workforce/commuting.hpp"
#include "models/workforce/flows.hpp"

namespace kohort::workforce {

/// Heads to recruit in a year, at the place of work; less than 0 where demand falls or more come
/// than go.
struct Recruitment {
  Recruitment() = default;
  explicit Recruitment(const StaffAmounts::Extents& extents)
      : growth(extents), retirement(extents), other(extents), need(extents) {}

  StaffAmounts growth{};      ///< of demand
  StaffAmounts retirement{};  ///< in place of those who retire
  /// In place of those who leave for other work, die, move away, emigrate or change occupation,
  /// less those who move in or change to it.
  StaffAmounts other{};
  StaffAmounts need{};  ///< the sum
};

/// Demand in heads at both ends of a year.
struct DemandInHeads {
  const StaffAmounts& before;
  const StaffAmounts& after;
};

/// Sets all of `recruitment`; `room` is overwritten. Whoever enters is not counted: that is who is
/// recruited. Source: replacement and growth apart as in the Joint Action Health Workforce Planning
/// and Forecasting, handbook D052 (2015).
void reckon_recruitment(const DemandInHeads& demand, const StaffFlows& flows,
                        const Commuting& commuting, StaffAmounts& room, Recruitment& recruitment);

}  // namespace kohort::workforce
