// What happens to the staff of a block of draws in a year, and room to reckon it.
#pragma once

#include <vector>

#include "engine/model/frame.hpp"
#include "engine/model/model.hpp"
#include "models/partition/follower.hpp"
#include "models/workforce/flows.hpp"

namespace kohort::workforce {

struct StaffLedger final : Ledger {
  StaffLedger(const Frame& frame, const WorkforceFrame& workforce, std::size_t draws);

  StaffFlows flows;
  StaffAmounts heads_before;  ///< of all sexes and ages, at the year's beginning
  StaffAmounts heads_after;   ///< at its end
  /// Those who came from abroad in this and earlier years and now are to find an occupation, per
  /// unit of the rates' shares: [area][draw].
  std::vector<double> from_abroad;

  /// One slab at a time, so that a step allocates nothing that grows with the draws.
  partition::FollowerWorkspace workspace;
  partition::PartSlabs chances;
  partition::PartSlabs changing;
  partition::PartSlabs changed;
  std::vector<double> retiring;  ///< chance
  std::vector<double> retired;   ///< persons
  std::vector<double> leaving;
  std::vector<double> left;
  std::vector<partition::Change> changes;
};

}  // namespace kohort::workforce
