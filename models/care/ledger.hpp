// Room to reckon what happens to a block of draws in a year.
#pragma once

#include <vector>

#include "engine/model/frame.hpp"
#include "engine/model/model.hpp"
#include "models/care/events.hpp"
#include "models/care/service_stock.hpp"
#include "models/care/stock.hpp"

namespace kohort::care {

struct CareLedger final : Ledger {
  CareLedger(const Frame& frame, const CareFrame& care, std::size_t draws);

  /// How much likelier each draw is than expected to have somebody enter a state from a lighter
  /// one: odds.
  DeviationTable weights;

  /// One slab at a time, so that a step allocates nothing that grows with the draws.
  struct Workspace {
    StateSlabs people;   ///< those of the cell at hand
    StateSlabs leaving;  ///< or dying
    StateSlabs arriving;
    StateSlabs shares;
    StateSlabs chances;
    StateSlabs changing;
    StateSlabs changed;
    std::vector<double> count;
    std::vector<double> staying;
  } workspace;
  std::vector<Change> changes;

  ServiceLedger services;  ///< empty where there are none
};

}  // namespace kohort::care
