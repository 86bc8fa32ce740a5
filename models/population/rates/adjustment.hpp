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

/// Factors on the rates of one interval, and what is added to them after that, by age at its end.
class Factors {
 public:
  /// Empty where nothing is multiplied.
  const AgeTable& operator[](Adjusted what) const { return factors_[at(what)]; }
  /// Empty where nothing is added: to the force of mortality a year, births per woman, and the
  /// shares who leave. Nothing can be added to the rest.
  const AgeTable& shift(Adjusted what) const { return shifts_[at(what)]; }
  /// To be changed; 1 everywhere at first.
  AgeTable& of(Adjusted what, const Frame& frame);
  /// To be changed; 0 everywhere at first.
  AgeTable& shift_of(Adjusted what, const Frame& frame);

 private:
  static constexpr std::size_t at(Adjusted what) { return static_cast<std::size_t>(what); }

  std::array<AgeTable, adjusted_count> factors_;
  std::array<AgeTable, adjusted_count> shifts_;
};

/// One for each interval.
using Adjustments = std::vector<Factors>;

/// Multiplies the rates of one interval, and adds to them. Factors on rates that there are none of
/// do nothing.
void adjust(const Frame& frame, Interval interval, const Factors& factors, Rates& rates);

}  // namespace kohort::population
