// What the projection of care carries from one year to the next.
#pragma once

#include <array>

#include "engine/model/drawn_levers.hpp"
#include "engine/model/frame.hpp"
#include "engine/model/model.hpp"
#include "models/care/levers.hpp"
#include "models/care/service_stock.hpp"
#include "models/care/states.hpp"
#include "models/partition/part_stock.hpp"

namespace kohort::care {

/// People by state; of one state [sex][age][area][draw].
using CareTable = partition::PartStock;
/// What the odds of a state are multiplied by in each draw.
using DeviationTable = Table<double, CareState, Area, Draw>;

/// People by state of care of one block of draws, and how its draws deviate from what is expected.
struct CareStock final : State {
  CareStock(const Frame& frame, const CareFrame& care, const DrawBlock& block_of_draws,
            Precision precision)
      : block(block_of_draws),
        persons({care.states.size(), frame.sexes.size(), care.ages(frame), frame.areas.size(),
                 block.count},
                precision) {}

  DrawBlock block;
  CareTable persons;
  /// How far each draw is from what is expected, in standard deviations of the log-odds of a
  /// series: the areas' levels and the nation's course. Empty where none is drawn.
  Table<double, Series, Area, Draw> level;
  Table<double, Series, Draw> national;
  /// What the draws make of levers on changes of state, in the order of `on_changes`.
  std::array<DrawnLevers, on_changes.size()> levers;
  ServiceStock services;  ///< of these people
};

}  // namespace kohort::care
