// Where one mover goes.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "engine/model/frame.hpp"
#include "models/population/rates/rates.hpp"

namespace kohort::population {

/// Destination shares made ready for choosing one destination at a time: by inversion of the
/// cumulated shares with an index (Chen & Asau 1974; Devroye 1986, ch. III), so that a scenario
/// with slightly other shares sends almost all movers to the same place. Destinations are cumulated
/// in the order of their codes, whatever their order in the scenario. Immutable.
class DestinationChooser {
 public:
  /// The choice of the movers of one origin.
  class Choice {
   public:
    Choice(std::span<const double> cumulated, std::span<const std::uint16_t> index,
           std::span<const std::uint16_t> areas)
        : cumulated_(cumulated), index_(index), areas_(areas) {}

    /// The position of the area that a number between 0 and 1 stands for.
    std::size_t destination(double uniform) const {
      const auto bin = static_cast<std::size_t>(uniform * static_cast<double>(index_.size()));
      std::size_t at = index_[bin];
      while (uniform >= cumulated_[at]) ++at;
      return areas_[at];
    }

   private:
    std::span<const double> cumulated_;
    std::span<const std::uint16_t> index_;
    std::span<const std::uint16_t> areas_;
  };

  /// Nothing to choose from.
  DestinationChooser() = default;
  DestinationChooser(const Frame& frame, const Series<Destinations>& destinations);

  Choice from(Interval interval, Sex sex, CohortRow row, Area origin) const;

 private:
  struct Shares {
    std::vector<AgeClass> class_of_row;
    Table<double, Sex, AgeClass, Area, Destination> cumulated;
    Table<std::uint16_t, Sex, AgeClass, Area, Destination> index;
  };

  std::vector<std::uint16_t> areas_;  ///< positions of the areas in the order of their codes
  Series<Shares> shares_;
};

}  // namespace kohort::population
