#include "models/care/ledger.hpp"

namespace kohort::care {

CareLedger::CareLedger(const Frame& frame, const CareFrame& care, std::size_t draws)
    : weights({care.states.size(), frame.areas.size(), draws}, 1.0),
      departures({2 * care.series.size(), frame.areas.size(), draws}),
      movers(frame.sexes.size(), care.ages(frame), care.states.size(), draws),
      workspace(care.states.size(), partition::areas_at_once(frame.areas.size(), draws) * draws,
                draws),
      answers(care.states.size(), workspace.count.size(), 1.0),
      chances(workspace.people),
      changing(workspace.people),
      changed(workspace.people),
      pulled(workspace.count.size()) {
  changes.reserve(care.states.size());
}

void CareLedger::resize(std::size_t cells) {
  if (cells == pulled.size()) return;
  workspace.resize(cells);
  for (partition::PartSlabs* slabs : {&answers, &chances, &changing, &changed}) {
    slabs->resize(cells);
  }
  pulled.resize(cells);
}

}  // namespace kohort::care
