#include "models/population/state.hpp"

namespace kohort::population {

PopulationState::PopulationState(const Frame& frame, std::size_t draw_count)
    : draws(draw_count),
      persons({frame.sexes.size(), frame.ages(), frame.group_count(), frame.areas.size(), draws}),
      at_risk({frame.sexes.size(), frame.rows(), frame.group_count(), frame.areas.size(), draws}) {
  joined_at_start = CohortTable(at_risk.extents());
  flows.fill(PersonTable(persons.extents()));
  const std::size_t slab = frame.places() * draws;
  for (auto* buffer :
       {&workspace.dying, &workspace.leaving, &workspace.part, &workspace.arrivals,
        &workspace.exposed, &workspace.women_at_start, &workspace.women_at_end, &workspace.born}) {
    buffer->resize(slab);
  }
}

}  // namespace kohort::population
