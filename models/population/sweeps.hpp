// The step of expected events in fused sweeps: what `Cohort` does with the reference kernels, to
// the last bit, for populations in one group whose movers are pooled.
#pragma once

#include "engine/kernels/fast/sweeps.hpp"
#include "engine/model/frame.hpp"
#include "models/population/ledger.hpp"
#include "models/population/rates/rates.hpp"
#include "models/population/state.hpp"

namespace kohort::population {

/// ln(1 - q) of all rates of dying, for draws in which the force of mortality differs. 0 where
/// all die.
Series<CellTable> log_survival(const Rates& rates);

/// One interval by fused kernels. Immutable; all that it refers to must outlive it.
class Sweeps {
 public:
  /// Whether the sweeps know all that these rates and conventions ask for: no groups, transition
  /// matrices, net migration, levers that differ between draws, or unusual exposures.
  static bool know(const Frame& frame, const Rates& rates, const Conventions& conventions);

  /// `log_survival` may be empty where the draws have no deviations.
  Sweeps(const Frame& frame, const Rates& rates, const Conventions& conventions,
         const Series<CellTable>& log_survival)
      : frame_(frame), rates_(rates), conventions_(conventions), log_survival_(log_survival) {}

  /// As `Projection::step`, of deviations that stand at the interval already.
  void step(Interval interval, PopulationState& state, PopulationLedger& ledger,
            const SlabDone& done) const;

 private:
  const Frame& frame_;
  const Rates& rates_;
  const Conventions& conventions_;
  const Series<CellTable>& log_survival_;
};

}  // namespace kohort::population
