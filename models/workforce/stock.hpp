// What the projection of the workforce carries from one year to the next.
#pragma once

#include <vector>

#include "engine/model/drawn_levers.hpp"
#include "engine/model/frame.hpp"
#include "engine/model/model.hpp"
#include "models/partition/part_stock.hpp"
#include "models/workforce/flows.hpp"
#include "models/workforce/occupations.hpp"

namespace kohort::workforce {

/// Years since the year of immigration.
using Lag = Index<struct LagAxis>;

/// What the draws of a block make of levers, by occupation; none where draws do not differ.
struct DrawnStaffLevers {
  std::vector<DrawnLevers> retirement{};
  std::vector<DrawnLevers> exit{};
  std::vector<DrawnLevers> entry{};
  std::vector<DrawnLevers> abroad{};
};

/// Staff by occupation, and the people of their ages outside, of one block of draws.
struct StaffStock final : State {
  /// `lags`: how many years of immigrants are remembered, the current one among them.
  StaffStock(const Frame& frame, const WorkforceFrame& workforce, std::size_t lags,
             const DrawBlock& block_of_draws, Precision precision);

  DrawBlock block;
  /// The people of the ages of staff: those outside, and those of each occupation.
  partition::PartStock people;
  /// Staff of all sexes and ages. The order of the sums, and so their last bits, hang on how the
  /// year was reckoned.
  StaffAmounts heads;
  /// Immigrants of the ages of staff, of this year and of those before. Those of the years before
  /// the first projected one are taken to have been as many as in that one.
  Table<double, Lag, Area, Draw> immigrants;
  DrawnStaffLevers levers;
};

/// Sets `heads` to the staff of all sexes and ages.
void count_heads(const partition::PartStock& people, StaffAmounts& heads);

}  // namespace kohort::workforce
