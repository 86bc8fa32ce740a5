// What the projection of a block of draws carries from one interval to the next.
#pragma once

#include "engine/model/frame.hpp"
#include "engine/model/model.hpp"
#include "models/population/deviations.hpp"
#include "models/population/flow.hpp"

namespace kohort::population {

/// The people of one block of draws at the end of an interval.
struct PopulationState final : State {
  PopulationState(const Frame& frame, const DrawBlock& block_of_draws)
      : block(block_of_draws),
        persons({frame.sexes.size(), frame.ages(), frame.group_count(), frame.areas.size(),
                 block.count}) {}

  DrawBlock block;
  PersonTable persons;    ///< at the end of the last interval
  Deviations deviations;  ///< of the parameters of each draw from those expected
};

}  // namespace kohort::population
