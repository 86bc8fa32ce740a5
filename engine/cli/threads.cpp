#include "engine/cli/threads.hpp"

#include <algorithm>

#include "engine/comm/placement.hpp"

namespace kohort::cli {

std::size_t threads_of(std::optional<int> asked) {
  constexpr std::size_t most = 1024;
  if (asked) return static_cast<std::size_t>(*asked);
  return std::min(most, cores_of_task());
}

}  // namespace kohort::cli
