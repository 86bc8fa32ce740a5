// One year's needs of welfare: people by age and sex times rates.
#pragma once

#include <optional>
#include <vector>

#include "engine/model/frame.hpp"
#include "models/population/chance.hpp"
#include "models/population/state.hpp"
#include "models/welfare/rates.hpp"
#include "models/welfare/state.hpp"

namespace kohort::welfare {

/// Counts those with a need among the population's people of the same block of draws. Immutable.
///
/// In a draw d a cell has the rate p = f (r + h u(d)) + s of the base year's rate r, half the width
/// h of its range, and the factor f and shift s of the interval, as the draw makes them of levers;
/// then odds p / (1 - p) times exp(sd z(d)).
/// u is uniform on (-1, 1), one for each need; z is standard normal, one for each figure that the
/// rate was read from; both hold for all years. Where events are drawn, the people with the need
/// are a binomial number of those of the cell, else as many as expected.
class WelfareProjection {
 public:
  /// Throws `Error` (Fault::scenario) where there are more needs than random numbers are kept
  /// apart for.
  WelfareProjection(const Frame& frame, std::vector<NeedRates> needs,
                    const population::Chance& chance);

  /// Draws the rates of the block, and counts the base year.
  void start(const population::PopulationState& people, WelfareState& state) const;
  /// Counts the end of the interval.
  void step(Interval interval, const population::PopulationState& people,
            WelfareState& state) const;

  const Frame& frame() const { return frame_; }
  const std::vector<NeedRates>& needs() const { return needs_; }

 private:
  class Count;
  void draw_ranges(WelfareState& state) const;
  void draw_sampling(WelfareState& state) const;
  void draw_levers(WelfareState& state) const;
  void count(std::optional<Interval> interval, const population::PopulationState& people,
             WelfareState& state) const;

  Frame frame_;
  std::vector<NeedRates> needs_;
  population::Chance chance_;
};

}  // namespace kohort::welfare
