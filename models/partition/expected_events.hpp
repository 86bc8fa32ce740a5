// As many events in each part as expected.
#pragma once

#include "models/partition/events.hpp"

namespace kohort::partition {

/// Deterministic: the expectation of what `RandomPartEvents` draws. Immutable.
class ExpectedPartEvents final : public PartEvents {
 public:
  explicit ExpectedPartEvents(std::size_t draws) : draws_(draws) {}

  void take(const PartSite& site, Event event, ConstSlab taken, std::span<const double> odds,
            const PartSlabs& people, PartSlabs& taken_of) const override;
  void divide(const PartSite& site, Event event, ConstSlab people, const PartSlabs& shares,
              PartSlabs& divided) const override;
  void hand_out(const PartSite& site, Event event, MoverPool& pool, ConstSlab arriving,
                PartSlabs& arrivals) const override;
  void change(const PartSite& site, const Changers& changers, std::span<const Change> changes,
              Slab staying) const override;

 private:
  static void take_one(std::size_t at, double taken, std::span<const double> odds,
                       const PartSlabs& people, PartSlabs& taken_of);

  std::size_t draws_;
};

}  // namespace kohort::partition
