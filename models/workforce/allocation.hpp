// The nation's figure, parted between areas.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "engine/model/frame.hpp"
#include "engine/scenario/settings.hpp"

namespace kohort::workforce {

/// What is known of something that adds up over areas, and where the scenario says it.
struct NationalFigure {
  const Frame& frame;
  const Settings& settings;
  const Parameter& parameter;
  std::string of{};             ///< whom it counts, for messages
  double national = 0.0;        ///< not a number where it is not known
  std::span<const double> own;  ///< of each area; not a number where it has none of its own
};

/// The figures of all areas: their own, and of the others what those leave of the nation's in
/// proportion to `weights`. Where all have their own, the nation's does not count. Throws `Error`
/// (Fault::input) where an area has no figure and neither has the nation, where areas have more
/// than the nation, and where the others have no weight to be given the rest by.
std::vector<double> allocate(const NationalFigure& figure, std::span<const double> weights);

}  // namespace kohort::workforce
