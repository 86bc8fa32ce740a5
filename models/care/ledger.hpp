// Room to reckon what happens to a block of draws in a year.
#pragma once

#include <vector>

#include "engine/model/frame.hpp"
#include "engine/model/model.hpp"
#include "models/care/rates.hpp"
#include "models/care/service_stock.hpp"
#include "models/care/stock.hpp"
#include "models/partition/follower.hpp"
#include "models/partition/sweep.hpp"

namespace kohort::care {

/// Room for one block of draws; it lives for a step, and a step allocates nothing that grows with
/// the draws.
struct CareLedger final : Ledger {
  CareLedger(const Frame& frame, const CareFrame& care, std::size_t draws);
  /// Makes the room for the changes of a cell fit so many areas times draws.
  void resize(std::size_t cells);

  /// How much more common each draw has a state than expected: odds against no care.
  DeviationTable weights;
  Table<double, Departure, Area, Draw> departures;  ///< of each draw
  partition::MoverPools movers;                     ///< of the sweeps

  partition::FollowerWorkspace workspace;
  // Room for the changes of one cell, some areas at once.
  partition::PartSlabs answers;  ///< factors on the chances of getting into a state; else 1
  partition::PartSlabs chances;
  partition::PartSlabs changing;
  partition::PartSlabs changed;
  std::vector<partition::Change> changes;
  std::vector<double> pulled;  ///< chances that levers are on

  ServiceLedger services;  ///< empty where there are none
};

}  // namespace kohort::care
