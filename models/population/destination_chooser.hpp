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
    Choice(std::span<const std::uint32_t> bounds, std::span<const std::uint16_t> index,
           std::span<const std::uint16_t> areas)
        : bounds_(bounds),
          index_(index),
          areas_(areas),
          unindexed_bits_(32 - std::countr_zero(index.size())) {}

    /// The position of the area that 32 random bits stand for.
    std::size_t destination(std::uint32_t word) const {
      const std::uint32_t place = word >> 1U;
      std::size_t at = index_[word >> unindexed_bits_];
      while (place >= bounds_[at]) ++at;
      return areas_[at];
    }

   private:
    std::span<const std::uint32_t> bounds_;
    std::span<const std::uint16_t> index_;
    std::span<const std::uint16_t> areas_;
    int unindexed_bits_;
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
  struct Shares {
    std::vector<AgeClass> class_of_row;
    /// Cumulated shares in units of 2^-31.
    Table<std::uint32_t, Sex, AgeClass, Area, Destination> bounds;
    /// For each of equal bins, a power of 2 of them, the first destination that it may mean.
    Table<std::uint16_t, Sex, AgeClass, Area, Bin> index;
  };

  std::vector<std::uint16_t> areas_;  ///< positions of the areas in the order of their codes
  Series<Shares> shares_;
  Series<Destinations> given_;
  Series<Attraction> attraction_;
};

}  // namespace kohort::population
