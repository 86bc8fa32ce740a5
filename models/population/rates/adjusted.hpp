// What of the rates can be multiplied.
#pragma once

#include <cstddef>

#include "engine/model/lever.hpp"

namespace kohort::population {

/// What can be multiplied.
enum class Adjusted {
  mortality,      ///< the force of mortality: 1 - q becomes (1 - q)^f
  fertility,      ///< births per woman, by the mother's age
  immigration,    ///< counts
  emigration,     ///< rates
  domestic_out,   ///< rates of leaving for other areas
  domestic_in,    ///< how often an area is chosen, beside the others; counts in the open form
  net_migration,  ///< net counts and net rates
};
constexpr std::size_t adjusted_count = 7;

/// A factor that draws make something else of than is expected.
struct RandomAdjustment {
  Adjusted what;
  GradualFactor factor;
};

}  // namespace kohort::population
