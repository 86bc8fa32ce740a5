// One interval of the cohort-component method, as the textbook has it: age, survive, move, bear.
#pragma once

#include "engine/model/frame.hpp"
#include "models/population/rates/rates.hpp"
#include "models/population/state.hpp"

namespace kohort::population {

/// Carries a population over intervals with given rates. Immutable.
/// Source: Preston, Heuveline & Guillot (2001), ch. 6; Rees & Wilson (1977); Rogers (1995).
class Projection {
 public:
  Projection(const Frame& frame, Rates rates, const Conventions& conventions)
      : frame_(frame), rates_(std::move(rates)), conventions_(conventions) {}

  /// Replaces the persons of `state` by those at the end of the interval, and its flows by those of
  /// the interval. Throws `Error` (Fault::scenario) where more people would leave a cell than are
  /// in it, (Fault::model) where an account does not balance.
  void step(Interval interval, PopulationState& state) const;

  const Frame& frame() const { return frame_; }
  const Rates& rates() const { return rates_; }

 private:
  Frame frame_;
  Rates rates_;
  Conventions conventions_;
};

}  // namespace kohort::population
