// One interval of the cohort-component method, as the textbook has it: age, survive, move, bear.
#pragma once

#include <vector>

#include "engine/model/frame.hpp"
#include "engine/random/stream.hpp"
#include "models/population/chance.hpp"
#include "models/population/destination_chooser.hpp"
#include "models/population/ledger.hpp"
#include "models/population/rates/rates.hpp"
#include "models/population/state.hpp"

namespace kohort::population {

/// Carries a population over intervals with given rates. Immutable.
/// Source: Preston, Heuveline & Guillot (2001), ch. 6; Rees & Wilson (1977); Rogers (1995).
class Projection {
 public:
  Projection(const Frame& frame, Rates rates, const Conventions& conventions, const Chance& chance);

  /// Replaces the persons of `state` by those at the end of the interval, and the flows of `ledger`
  /// by those of the interval. Throws `Error` (Fault::scenario) where more people would leave a
  /// cell than are in it, (Fault::model) where an account does not balance. Where it goes slab by
  /// slab, it calls `done` for each.
  void step(Interval interval, PopulationState& state, PopulationLedger& ledger,
            const SlabDone& done = {}) const;

  const Frame& frame() const { return frame_; }
  const Rates& rates() const { return rates_; }
  const Chance& chance() const { return chance_; }

 private:
  void step(Interval interval, const Events& events, PopulationState& state,
            PopulationLedger& ledger) const;
  void step_as_expected(Interval interval, PopulationState& state, PopulationLedger& ledger,
                        const SlabDone& done) const;
  std::vector<StreamKey> keys(std::uint64_t seed) const;

  Frame frame_;
  Rates rates_;
  Conventions conventions_;
  Chance chance_;
  DestinationChooser chooser_;
  bool sweeps_;                     ///< expected events go by fused sweeps
  Series<CellTable> log_survival_;  ///< for them; empty where draws have no paths
};

}  // namespace kohort::population
