#include "models/workforce/ledger.hpp"

#include <algorithm>

#include "models/workforce/stock.hpp"

namespace kohort::workforce {

StaffStock::StaffStock(const Frame& frame, const WorkforceFrame& workforce, std::size_t lags,
                       const DrawBlock& block_of_draws)
    : block(block_of_draws),
      people({workforce.parts(), frame.sexes.size(), workforce.ages(), frame.areas.size(),
              block.count}),
      immigrants({lags, frame.areas.size(), block.count}) {}

void StaffFlows::clear() {
  for (StaffAmounts& table : tables_) {
    std::fill(table.values().begin(), table.values().end(), 0.0);
  }
}

StaffLedger::StaffLedger(const Frame& frame, const WorkforceFrame& workforce, std::size_t draws,
                         bool entrants_differ)
    : flows({workforce.occupations.size(), frame.areas.size(), draws}),
      heads_before({workforce.occupations.size(), frame.areas.size(), draws}),
      heads_after(heads_before),
      from_abroad(frame.areas.size() * draws),
      workspace(workforce.parts(), from_abroad.size()),
      chances(workspace.people),
      changing(workspace.people),
      changed(workspace.people),
      retiring(from_abroad.size()),
      retired(from_abroad.size()),
      leaving(from_abroad.size()),
      left(from_abroad.size()) {
  changes.reserve(workforce.parts() + 2);
  if (entrants_differ) {
    abroad_rates = partition::PartSlabs(workforce.parts(), from_abroad.size());
    other_rates = abroad_rates;
  }
  // Who comes from abroad, or from areas that are not projected, has no occupation at first.
  const partition::Slab newcomers = workspace.shares[outside];
  std::fill(newcomers.begin(), newcomers.end(), 1.0);
}

}  // namespace kohort::workforce
