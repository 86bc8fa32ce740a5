#include "models/care/ledger.hpp"

namespace kohort::care {

CareLedger::CareLedger(const Frame& frame, const CareFrame& care, std::size_t draws)
    : weights({care.states.size(), frame.areas.size(), draws}, 1.0) {
  const std::size_t cells = frame.areas.size() * draws;
  const StateSlabs room(care.states.size(), cells);
  workspace = {room,
               room,
               room,
               room,
               room,
               room,
               room,
               std::vector<double>(cells),
               std::vector<double>(cells)};
  changes.reserve(care.states.size());
}

}  // namespace kohort::care
