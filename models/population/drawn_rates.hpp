// The rates of one slab as each draw of a block has them.
#pragma once

#include "models/population/deviations.hpp"
#include "models/population/events.hpp"
#include "models/population/rates/rates.hpp"

namespace kohort::population {

/// Expected rates, laid out over the draws and changed by their deviations.
class DrawnRates {
 public:
  DrawnRates(const Frame& frame, const Rates& rates, const Deviations& deviations)
      : frame_(frame), rates_(rates), deviations_(deviations) {}

  /// Probabilities of dying. A deviation multiplies the force of mortality:
  /// q' = 1 - (1 - q)^f with f = exp(b x) times the area's own factor. Levers work on the force
  /// before that.
  void dying(const SlabSite& site, Slab slab) const;

  /// Emigration and domestic moves. Deviations multiply the odds of each way of leaving beside
  /// staying (a multinomial logit): r' = f r / (1 + sum of (f - 1) r), so that however large they
  /// are no more than all leave.
  void leaving(const SlabSite& site, Slab emigrating, Slab moving) const;

  /// Expected net numbers of migrants.
  void net_migrants(const SlabSite& site, Slab slab) const;

  /// Expected numbers of immigrants, times the factor.
  void immigrants(const SlabSite& site, Slab slab) const;

  /// Net migrants as a share r of those at risk, changed by x: r' = (1 + r) g - 1, where g = 1 + x
  /// of a gain and 1/(1 - x) of a loss, the odds of leaving beside staying, so that however large
  /// it is no more than all leave.
  void net_migration(const SlabSite& site, Slab slab) const;

  /// Births per woman-year, times the factor: [group][area][draw].
  void fertility(Interval interval, Age age, Slab slab) const;

 private:
  void scale(Component component, Slab slab) const;
  /// What each draw makes of the levers on something beyond what is expected of them.
  void pull(Adjusted what, const SlabSite& site, Slab slab) const;
  void pull_mortality(const SlabSite& site, std::span<const double> expected, Slab slab) const;
  void pull_leaving(const SlabSite& site, Slab emigrating, Slab moving) const;

  const Frame& frame_;
  const Rates& rates_;
  const Deviations& deviations_;
};

}  // namespace kohort::population
