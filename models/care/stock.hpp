// What the projection of care carries from one year to the next.
#pragma once

#include "engine/model/frame.hpp"
#include "engine/model/model.hpp"
#include "models/care/levers.hpp"
#include "models/care/service_stock.hpp"
#include "models/care/states.hpp"

namespace kohort::care {

/// People by state; of one state [sex][age][area][draw].
using CareTable = Table<double, CareState, Sex, CareAge, Area, Draw>;
/// What the odds of a state are multiplied by in each draw.
using DeviationTable = Table<double, CareState, Area, Draw>;

struct CareStock final : State {
  CareStock(const Frame& frame, const CareFrame& care, const DrawBlock& block_of_draws)
      : block(block_of_draws),
        persons({care.states.size(), frame.sexes.size(), care.ages(frame), frame.areas.size(),
                 block.count}) {}

  DrawBlock block;
  CareTable persons;
  /// How far each draw is from what is expected, in standard deviations of the log-odds of a
  /// series: the areas' levels and the nation's course. Empty where none is drawn.
  Table<double, Series, Area, Draw> level;
  Table<double, Series, Draw> national;
  std::vector<DrawnLever> levers;  ///< on chances; none where they are not drawn
  ServiceStock services;           ///< of these people
};

}  // namespace kohort::care
