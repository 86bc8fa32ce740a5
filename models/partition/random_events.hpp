// Events as chance has them: people are whole.
#pragma once

#include <span>

#include "engine/model/frame.hpp"
#include "engine/model/model.hpp"
#include "engine/random/stream_row.hpp"
#include "models/partition/events.hpp"

namespace kohort::partition {

/// Which of the people die or move is drawn without replacement, given how many do; who changes
/// part is a multinomial number.
class RandomPartEvents final : public PartEvents {
 public:
  /// `keys` are those of the areas. All must outlive the events.
  RandomPartEvents(const Frame& frame, const DrawBlock& block, std::span<const StreamKey> keys)
      : frame_(frame), block_(block), keys_(keys) {}

  void take(const PartSite& site, Event event, ConstSlab taken, std::span<const double> odds,
            const PartSlabs& people, PartSlabs& taken_of) const override;
  void divide(const PartSite& site, Event event, ConstSlab people, const PartSlabs& shares,
              PartSlabs& divided) const override;
  void hand_out(const PartSite& site, Event event, MoverPool& pool, ConstSlab arriving,
                PartSlabs& arrivals) const override;
  void change(const PartSite& site, const Changers& changers, std::span<const Change> changes,
              Slab staying) const override;

 private:
  Site site_of(const PartSite& site, Event event, std::size_t draw, Part group) const;
  Stream stream(const PartSite& site, Event event, std::size_t at) const;

  const Frame& frame_;
  const DrawBlock& block_;
  std::span<const StreamKey> keys_;
};

/// The keys of the areas' random numbers.
std::vector<StreamKey> keys_of(const Frame& frame, std::uint64_t seed);

}  // namespace kohort::partition
