#include "models/care/ledger.hpp"

namespace kohort::care {

CareLedger::CareLedger(const Frame& frame, const CareFrame& care, std::size_t draws)
    : weights({care.states.size(), frame.areas.size(), draws}, 1.0),
      departures(2 * care.series.size(), frame.areas.size() * draws),
      workspace(care.states.size(), frame.areas.size() * draws),
      answers(care.states.size(), frame.areas.size() * draws, 1.0),
      chances(workspace.people),
      changing(workspace.people),
      changed(workspace.people),
      pulled(frame.areas.size() * draws) {
  changes.reserve(care.states.size());
}

}  // namespace kohort::care
