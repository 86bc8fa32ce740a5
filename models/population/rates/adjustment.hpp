// Factors on the rates of a projection: those that a planner sets, and those that make it meet what
// is known.
#pragma once

#include <array>
#include <cstddef>
#include <vector>

#include "engine/model/frame.hpp"
#include "models/population/rates/adjusted.hpp"
#include "models/population/rates/rates.hpp"

namespace kohort::population {

/// Factors on the rates of one interval, by age at its end.
class Factors {
 public:
  /// Empty where nothing is multiplied.
  const AgeTable& operator[](Adjusted what) const {
    return tables_[static_cast<std::size_t>(what)];
  }
  /// To be changed; 1 everywhere at first.
  AgeTable& of(Adjusted what, const Frame& frame);

 private:
  std::array<AgeTable, adjusted_count> tables_;
};

/// One for each interval.
using Adjustments = std::vector<Factors>;

/// Multiplies the rates of one interval. Factors on rates that there are none of do nothing.
void adjust(const Frame& frame, Interval interval, const Factors& factors, Rates& rates);

}  // namespace kohort::population
