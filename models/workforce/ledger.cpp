#include "models/workforce/ledger.hpp"

#include <algorithm>

#include "models/workforce/stock.hpp"

namespace kohort::workforce {

StaffStock::StaffStock(const Frame& frame, const WorkforceFrame& workforce, std::size_t lags,
                       const DrawBlock& block_of_draws, Precision precision)
    : block(block_of_draws),
      people({workforce.parts(), frame.sexes.size(), workforce.ages(), frame.areas.size(),
              block.count},
             precision),
      heads({workforce.occupations.size(), frame.areas.size(), block.count}),
      immigrants({lags, frame.areas.size(), block.count}) {}

void count_heads(const partition::PartStock& people, StaffAmounts& heads) {
  std::fill(heads.values().begin(), heads.values().end(), 0.0);
  const std::size_t slab = people.extent<Area>() * people.extent<Draw>();
  for (const Occupation one : positions<Occupation>(heads.extent<Occupation>())) {
    const Numbers staff = people.of(part_of(one));
    for (std::size_t first = 0; first < staff.size(); first += slab) {
      staff.part(first, slab).add_to(heads.slab(one));
    }
  }
}

void StaffFlows::clear() {
  for (StaffAmounts& table : tables_) {
    std::fill(table.values().begin(), table.values().end(), 0.0);
  }
}

StaffLedger::StaffLedger(const Frame& frame, const WorkforceFrame& workforce, std::size_t draws,
                         bool entrants_differ)
    : flows({workforce.occupations.size(), frame.areas.size(), draws}),
      heads_before({workforce.occupations.size(), frame.areas.size(), draws}),
      from_abroad(frame.areas.size() * draws),
      movers(frame.sexes.size(), workforce.ages(), workforce.parts(), draws),
      workspace(workforce.parts(), partition::areas_at_once(frame.areas.size(), draws) * draws,
                draws),
      chances(workspace.people),
      changing(workspace.people),
      changed(workspace.people),
      retiring(workspace.count.size()),
      retired(retiring),
      leaving(retiring),
      left(retiring),
      chances_per_hazard(retiring) {
  changes.reserve(workforce.parts() + 2);
  if (entrants_differ) {
    abroad_rates = partition::PartSlabs(workforce.parts(), retiring.size());
    other_rates = abroad_rates;
  }
  // Who comes from abroad, or from areas that are not projected, has no occupation at first.
  const partition::Slab newcomers = workspace.shares[outside];
  std::fill(newcomers.begin(), newcomers.end(), 1.0);
}

void StaffLedger::resize(std::size_t cells) {
  if (cells == retiring.size()) return;
  workspace.resize(cells);
  for (partition::PartSlabs* slabs : {&chances, &changing, &changed, &abroad_rates, &other_rates}) {
    slabs->resize(cells);
  }
  for (std::vector<double>* slab : {&retiring, &retired, &leaving, &left, &chances_per_hazard}) {
    slab->resize(cells);
  }
}

}  // namespace kohort::workforce
