#include "models/population/ledger.hpp"

#include <algorithm>
#include <numeric>

namespace kohort::population {
namespace {

/// Death, emigration, domestic moves and changes to each group; or death, emigration and each
/// place.
std::size_t most_ways(const Frame& frame, bool multistate) {
  return multistate ? frame.places() + 2 : frame.group_count() + 3;
}

}  // namespace

PopulationLedger::PopulationLedger(const Frame& frame, std::size_t draw_count, bool multistate)
    : draws(draw_count),
      at_risk({frame.sexes.size(), frame.rows(), frame.group_count(), frame.areas.size(), draws}),
      flows({frame.sexes.size(), frame.ages(), frame.group_count(), frame.areas.size(), draws}),
      joined_at_start(at_risk.extents()),
      dying(at_risk.extents()),
      may_have_births(frame.ages()),
      places_by_code(frame.places()) {
  const std::size_t slab = frame.places() * draws;
  for (auto* buffer : {&workspace.dying, &workspace.leaving, &workspace.part, &workspace.stayers,
                       &workspace.stayed, &workspace.staying, &workspace.arrivals,
                       &workspace.exposed, &workspace.part_of_arrivals, &workspace.women_at_start,
                       &workspace.women_at_end, &workspace.born}) {
    buffer->resize(slab);
  }
  const std::size_t count = most_ways(frame, multistate);
  chances_.assign(count, std::vector<double>(slab));
  leavers_.assign(count, std::vector<double>(slab));
  ways.reserve(count);
  std::iota(places_by_code.begin(), places_by_code.end(), std::size_t{0});
  const std::size_t areas = frame.areas.size();
  std::sort(places_by_code.begin(), places_by_code.end(), [&](std::size_t a, std::size_t b) {
    if (a / areas != b / areas) return a < b;
    return frame.areas[a % areas].code < frame.areas[b % areas].code;
  });
}

void PopulationLedger::expose(const ArrivalCounts& arrivals, Sex sex, CohortRow row) {
  const auto all = arrivals.persons.slab(sex, row);
  const auto at_start = arrivals.at_start.slab(sex, row);
  for (std::size_t place = 0; place < all.size(); ++place) {
    const double share = all[place] == 0.0 ? 0.0 : at_start[place] / all[place];
    std::fill_n(workspace.exposed.begin() + static_cast<std::ptrdiff_t>(place * draws), draws,
                share);
  }
}

}  // namespace kohort::population
