// Room to reckon what happens to a block of draws in a year.
#pragma once

#include <vector>

#include "engine/model/frame.hpp"
#include "engine/model/model.hpp"
#include "models/care/service_stock.hpp"
#include "models/care/stock.hpp"
#include "models/partition/follower.hpp"

namespace kohort::care {

struct CareLedger final : Ledger {
  CareLedger(const Frame& frame, const CareFrame& care, std::size_t draws);

  /// How much more common each draw has a state than expected: odds against no care.
  DeviationTable weights;
  partition::PartSlabs departures;  ///< of each draw, by `Departure`

  partition::FollowerWorkspace workspace;
  // Room for the changes of one cell.
  partition::PartSlabs answers;  ///< factors on the chances of getting into a state; else 1
  partition::PartSlabs chances;
  partition::PartSlabs changing;
  partition::PartSlabs changed;
  std::vector<partition::Change> changes;
  std::vector<double> pulled;  ///< chances that levers are on, [area][draw]

  ServiceLedger services;  ///< empty where there are none
};

}  // namespace kohort::care
