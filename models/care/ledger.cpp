#include "models/care/ledger.hpp"

namespace kohort::care {

CareLedger::CareLedger(const Frame& frame, const CareFrame& care, std::size_t draws)
    : weights({care.states.size(), frame.areas.size(), draws}, 1.0),
      workspace(care.states.size(), frame.areas.size() * draws),
      chances(workspace.people),
      changing(workspace.people),
      changed(workspace.people) {
  changes.reserve(care.states.size());
}

}  // namespace kohort::care
