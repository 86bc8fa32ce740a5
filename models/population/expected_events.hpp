// As many events as expected: the deterministic projection.
#pragma once

#include "engine/model/frame.hpp"
#include "models/population/events.hpp"

namespace kohort::population {

/// Deterministic: the expectation of what `RandomEvents` draws. Immutable.
class ExpectedEvents final : public Events {
 public:
  ExpectedEvents(const Frame& frame, const Rates& rates) : frame_(frame), rates_(rates) {}

  void part(const SlabSite& site, Drawn drawn, ConstSlab persons, std::span<const Way> ways,
            Slab stayers) const override;
  void hand_out(const SlabSite& site, Group group, ConstSlab movers, Slab arrivals) const override;
  void count(const SlabSite& site, Drawn drawn, ConstSlab expected, Slab counts) const override;
  void count_net(const SlabSite& site, Drawn drawn, ConstSlab expected, ConstSlab present,
                 Slab counts) const override;
  void count_net_at_rate(const SlabSite& site, Drawn drawn, ConstSlab rate, const AtRisk& people,
                         Slab counts) const override;

 private:
  const Frame& frame_;
  const Rates& rates_;
};

}  // namespace kohort::population
