// Whole people and what chance does to them: the demographic noise of an ensemble.
//
// Each number is keyed by seed, draw, year, area code, sex, age, group and event (engine/random),
// so that it depends on neither the order of areas nor the threads, and scenarios share their luck.
#pragma once

#include <string>
#include <vector>

#include "engine/base/error.hpp"
#include "engine/model/frame.hpp"
#include "engine/model/model.hpp"
#include "engine/random/stream_row.hpp"
#include "models/population/destination_chooser.hpp"
#include "models/population/events.hpp"

namespace kohort::population {

/// Draws multinomial fates, Poisson births and immigrants, and a destination for each mover.
/// One multinomial per cell, not one binomial after the other of each cause, so that integer
/// accounts balance exactly. Source: van Imhoff & Post (1998), Population 10(1).
class RandomEvents final : public Events {
 public:
  /// `keys` has one entry for each area: its part of the random numbers' key.
  RandomEvents(const Frame& frame, const DestinationChooser& chooser, const DrawBlock& block,
               std::span<const StreamKey> keys)
      : frame_(frame), chooser_(chooser), block_(block), keys_(keys) {}

  void part(const SlabSite& site, Drawn drawn, ConstSlab persons, std::span<const Way> ways,
            Slab stayers) const override;
  void hand_out(const SlabSite& site, Group group, ConstSlab movers, Slab arrivals) const override;
  void count(const SlabSite& site, Drawn drawn, ConstSlab expected, Slab counts) const override;
  /// Throws `Error` (Fault::scenario) where more leave than are present.
  void count_net(const SlabSite& site, Drawn drawn, ConstSlab expected, ConstSlab present,
                 Slab counts) const override;
  /// A gain is a Poisson number, a loss a binomial part of those who stayed. Throws `Error`
  /// (Fault::scenario) where the loss is a greater share than are expected to stay.
  void count_net_at_rate(const SlabSite& site, Drawn drawn, ConstSlab rate, const AtRisk& people,
                         Slab counts) const override;

 private:
  /// Those of `count` draws of a place, from the cell at position `at` of a slab on.
  StreamRow streams(const SlabSite& site, Drawn drawn, std::size_t at, std::size_t count) const;
  Error too_many_leave(const SlabSite& site, std::size_t at, const std::string& how_many) const;

  const Frame& frame_;
  const DestinationChooser& chooser_;
  DrawBlock block_;
  std::span<const StreamKey> keys_;
};

}  // namespace kohort::population
