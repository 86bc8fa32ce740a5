// As many events in each state as expected.
#pragma once

#include "engine/model/model.hpp"
#include "models/care/events.hpp"

namespace kohort::care {

class ExpectedCareEvents final : public CareEvents {
 public:
  explicit ExpectedCareEvents(std::size_t draws) : draws_(draws) {}

  void take(const CareSite& site, Drawn drawn, ConstSlab taken, std::span<const double> odds,
            const StateSlabs& people, StateSlabs& taken_of) const override;
  void divide(const CareSite& site, Drawn drawn, ConstSlab people, const StateSlabs& shares,
              StateSlabs& parts) const override;
  void hand_out(const CareSite& site, const StateSlabs& pool, ConstSlab arriving,
                StateSlabs& arrivals) const override;
  void change(const CareSite& site, CareState from, ConstSlab people,
              std::span<const Change> changes, Slab staying) const override;

 private:
  std::size_t draws_;
};

}  // namespace kohort::care
