// Ages in bands that reach as far as the ages of the projection do.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace kohort::population::fit {

/// The ages from `first` up to, but without, `end`.
struct Band {
  std::size_t first;
  std::size_t end;
};

/// The bands that begin at these ages, as far as the ages reach; the last ends with the open age
/// group.
inline std::vector<Band> bands_of(std::span<const std::size_t> first_ages, std::size_t ages) {
  std::vector<Band> bands;
  for (const std::size_t first : first_ages) {
    if (first >= ages) break;
    if (!bands.empty()) bands.back().end = first;
    bands.push_back({first, ages});
  }
  return bands;
}

}  // namespace kohort::population::fit
