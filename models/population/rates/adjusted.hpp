// What of the rates can be changed.
#pragma once

#include <cstddef>

#include "engine/model/effect.hpp"

namespace kohort::population {

/// What can be changed.
enum class Adjusted {
  mortality,      ///< the force of mortality: 1 - q becomes (1 - q)^f exp(-s) a year
  fertility,      ///< births per woman, by the mother's age
  immigration,    ///< counts
  emigration,     ///< rates
  domestic_out,   ///< rates of leaving for other areas
  domestic_in,    ///< how often an area is chosen, beside the others; counts in the open form
  net_migration,  ///< net counts and net rates
};
constexpr std::size_t adjusted_count = 7;

/// A lever that the rates have been changed by.
struct RateLever {
  Adjusted what;
  Effect effect;
};

/// Years in which those who end up in a row are exposed to what is added to the force of mortality:
/// the newborn to half of the interval's.
inline double years_exposed(const Frame& frame, CohortRow row) {
  return row == CohortRow(0) ? frame.step / 2.0 : frame.step;
}

}  // namespace kohort::population
