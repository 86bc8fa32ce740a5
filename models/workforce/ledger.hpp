// What happens to the staff of a block of draws in a year, and room to reckon it.
#pragma once

#include <tuple>
#include <vector>

#include "engine/model/frame.hpp"
#include "engine/model/model.hpp"
#include "models/partition/follower.hpp"
#include "models/partition/sweep.hpp"
#include "models/workforce/counted_flows.hpp"
#include "models/workforce/year_rates.hpp"

namespace kohort::workforce {

/// Flows of staff in a year, of one block of draws, and room to reckon them.
struct StaffLedger final : Ledger {
  /// `entrants_differ`: draws do in what brings people into occupations.
  StaffLedger(const Frame& frame, const WorkforceFrame& workforce, std::size_t draws,
              bool entrants_differ = false);
  /// Makes the room for a cell fit so many areas times draws.
  void resize(std::size_t cells);

  StaffFlows flows;
  StaffAmounts heads_before;  ///< of all sexes and ages, at the year's beginning
  /// Those who came from abroad in this and earlier years and now are to find an occupation, per
  /// unit of the rates' shares: [area][draw].
  std::vector<double> from_abroad;
  partition::MoverPools movers;  ///< of the sweeps
  // Of the sweeps, in the precision of the people; empty in the other.
  std::tuple<YearRates<double>, YearRates<float>> rates;
  std::tuple<CountedFlows<double>, CountedFlows<float>> counted;

  /// Some areas of one slab at a time, so that a step allocates nothing that grows with the draws.
  partition::FollowerWorkspace workspace;
  partition::PartSlabs chances;
  partition::PartSlabs changing;
  partition::PartSlabs changed;
  std::vector<double> retiring;  ///< chance
  std::vector<double> retired;   ///< persons
  std::vector<double> leaving;
  std::vector<double> left;
  std::vector<double> chances_per_hazard;  ///< of leaving: (1 - exp(-H)) / H
  std::vector<partition::Change> changes;
  /// What brings people into each occupation; empty where draws do not differ in it.
  partition::PartSlabs abroad_rates;
  partition::PartSlabs other_rates;
};

}  // namespace kohort::workforce
