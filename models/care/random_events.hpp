// Events as chance has them: people are whole.
#pragma once

#include <span>

#include "engine/model/frame.hpp"
#include "engine/model/model.hpp"
#include "engine/random/stream_row.hpp"
#include "models/care/events.hpp"

namespace kohort::care {

/// Which of the people die or move is drawn without replacement, given how many do; who changes
/// state is a multinomial number.
class RandomCareEvents final : public CareEvents {
 public:
  /// `keys` are those of the areas. All must outlive the events.
  RandomCareEvents(const Frame& frame, const DrawBlock& block, std::span<const StreamKey> keys)
      : frame_(frame), block_(block), keys_(keys) {}

  void take(const CareSite& site, Drawn drawn, ConstSlab taken, std::span<const double> odds,
            const StateSlabs& people, StateSlabs& taken_of) const override;
  void divide(const CareSite& site, Drawn drawn, ConstSlab people, const StateSlabs& shares,
              StateSlabs& parts) const override;
  void hand_out(const CareSite& site, const StateSlabs& pool, ConstSlab arriving,
                StateSlabs& arrivals) const override;
  void change(const CareSite& site, CareState from, ConstSlab people,
              std::span<const Change> changes, Slab staying) const override;

 private:
  Site site_of(const CareSite& site, Drawn drawn, std::size_t draw, std::size_t group) const;
  Stream stream(const CareSite& site, Drawn drawn, std::size_t at) const;

  const Frame& frame_;
  const DrawBlock& block_;
  std::span<const StreamKey> keys_;
};

}  // namespace kohort::care
