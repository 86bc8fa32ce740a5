// From chances to events: as many as expected, or as chance has it. The cohort-component method is
// the same for both.
#pragma once

#include <span>

#include "engine/base/axes.hpp"
#include "models/population/chance.hpp"
#include "models/population/rates/rates.hpp"

namespace kohort::population {

using Slab = std::span<double>;             ///< [place][draw], written
using ConstSlab = std::span<const double>;  ///< [place][draw], read

/// Which slab events are for.
struct SlabSite {
  Interval interval;
  Sex sex;
  CohortRow row;
};

/// One of several things that can happen to a person, of which at most one does.
struct Way {
  ConstSlab chance;  ///< probability, of each place and draw
  Slab leavers;      ///< to whom it happens
};

/// Who is there to leave on balance.
struct AtRisk {
  ConstSlab at_start;  ///< of whom net migration rates are shares
  ConstSlab stayed;    ///< of them, who neither died nor left otherwise
  ConstSlab staying;   ///< the chance of that
};

/// Turns chances into events. Every function sets what it is to write.
class Events {
 public:
  virtual ~Events() = default;

  /// Parts `persons` between ways and those who stay; the chances sum to at most 1.
  virtual void part(const SlabSite& site, Drawn drawn, ConstSlab persons, std::span<const Way> ways,
                    Slab stayers) const = 0;

  /// Adds the movers out of the areas of one group, [area][draw], to where they go.
  virtual void hand_out(const SlabSite& site, Group group, ConstSlab movers,
                        Slab arrivals) const = 0;

  /// Counts with these expectations.
  virtual void count(const SlabSite& site, Drawn drawn, ConstSlab expected, Slab counts) const = 0;

  /// Counts that may be negative: then as many leave, of the `present`.
  virtual void count_net(const SlabSite& site, Drawn drawn, ConstSlab expected, ConstSlab present,
                         Slab counts) const = 0;

  /// Net migrants at a rate of those at risk. A loss is of those who stayed.
  virtual void count_net_at_rate(const SlabSite& site, Drawn drawn, ConstSlab rate,
                                 const AtRisk& people, Slab counts) const = 0;
};

}  // namespace kohort::population
