// Where one mover goes.
#pragma once

#include <bit>
#include <cstdint>
#include <span>
#include <vector>

#include "engine/model/frame.hpp"
#include "models/population/events.hpp"
#include "models/population/rates/rates.hpp"

namespace kohort::population {

/// Destination shares made ready for choosing one destination at a time: by inversion of the
/// cumulated shares with an index (Chen & Asau 1974; Devroye 1986, ch. III), so that a scenario
/// with slightly other shares sends almost all movers to the same place. Destinations are cumulated
/// in the order of their codes, whatever their order in the scenario. Shares are those given to
/// within 2^-31. Immutable.
class DestinationChooser {
 public:
  /// The choice of the movers of one origin.
  class Choice {
   public:
    /// Numbers that stand for no destination of this origin: its own, where bounds are common.
    struct Gap {
      std::uint32_t first = 0;
      std::uint32_t length = 0;
    };

    Choice(std::span<const std::uint32_t> bounds, std::span<const std::uint16_t> index,
           std::span<const std::uint16_t> areas, const Gap& gap)
        : bounds_(bounds),
          index_(index),
          areas_(areas),
          unindexed_bits_(31 - std::countr_zero(index.size())),
          gap_(gap) {}

    /// The position of the area that 32 random bits stand for.
    std::size_t destination(std::uint32_t word) const {
      const std::uint32_t place = beyond_gap(word >> 1U);
      std::size_t at = index_[place >> unindexed_bits_];
      at += place >= bounds_[at] ? 1 : 0;  // no branch, which would be a guess in bins with a bound
      while (place >= bounds_[at]) ++at;   // seldom more than one
      return areas_[at];
    }

   private:
    /// The numbers outside the gap, each for as many of 2^31 as any other, to within one.
    std::uint32_t beyond_gap(std::uint32_t place) const {
      constexpr std::uint64_t all = std::uint64_t{1} << 31U;
      const auto outside = static_cast<std::uint32_t>(place * (all - gap_.length) >> 31U);
      return outside + (outside >= gap_.first ? gap_.length : 0);
    }

    std::span<const std::uint32_t> bounds_;
    std::span<const std::uint16_t> index_;
    std::span<const std::uint16_t> areas_;
    int unindexed_bits_;
    Gap gap_;
  };

  /// Room for a choice that is made when it is asked for.
  struct Room {
    std::vector<double> shares{};
    std::vector<std::uint32_t> bounds{};
    std::vector<std::uint16_t> index{};
  };

  /// Nothing to choose from.
  DestinationChooser() = default;
  /// By the destinations and attractions among the rates.
  DestinationChooser(const Frame& frame, const Rates& rates);

  /// The choice of those who leave an origin; good for as long as `room` is left alone. Where
  /// attraction changes the shares it is made anew: all of them together would fill the memory.
  Choice from(const SlabSite& site, Group group, Area origin, Room& room) const;

 private:
  using Bin = Index<struct BinAxis>;
  using OriginTable = Table<std::uint32_t, Sex, AgeClass, Area, Destination>;
  struct Shares {
    std::vector<AgeClass> class_of_row;
    /// Cumulated shares in units of 2^-31. Where destinations are common, the one origin is all.
    OriginTable bounds;
    /// For each of equal bins, a power of 2 of them, the first destination that it may mean.
    Table<std::uint16_t, Sex, AgeClass, Area, Bin> index;
  };

  Choice of_common(std::span<const std::uint32_t> bounds, std::span<const std::uint16_t> index,
                   Area origin) const;

  std::vector<std::uint16_t> ranks_;  ///< of the areas in the order of their codes
  std::vector<std::uint16_t> areas_;  ///< positions of the areas in the order of their codes
  Series<Shares> shares_;
  Series<Destinations> given_;
  Series<Attraction> attraction_;
};

}  // namespace kohort::population
