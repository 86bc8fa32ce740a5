// What a block of draws carries from one interval to the next.
#pragma once

#include <vector>

#include "engine/model/drawn_levers.hpp"
#include "engine/model/frame.hpp"
#include "engine/model/model.hpp"
#include "models/population/flow.hpp"
#include "models/welfare/rates.hpp"

namespace kohort::welfare {

/// How the rates of each draw depart from those expected, in all areas and years alike; and the
/// people that they give, which follow from the population's and not from those of last year.
struct WelfareState {
  explicit WelfareState(const DrawBlock& block_of_draws) : block(block_of_draws) {}

  DrawBlock block;
  /// Where in its range each rate lies, from -1 to 1; empty where all are in the middle.
  Table<double, Need, Draw> in_range{};
  /// Sampling errors in standard deviations; of a need none where they are not drawn.
  std::vector<Table<double, Figure, Draw>> sampling{};
  std::vector<DrawnLevers> levers{};               ///< of each need; empty where none are drawn
  std::vector<population::PersonTable> persons{};  ///< by need
};

}  // namespace kohort::welfare
