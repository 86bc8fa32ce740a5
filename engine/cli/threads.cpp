#include "engine/cli/threads.hpp"

#include <algorithm>

#include "engine/comm/placement.hpp"

namespace kohort::cli {

int threads_of(std::optional<int> asked) {
  constexpr std::size_t most = 1024;
  if (asked) return *asked;
  return static_cast<int>(std::min(most, cores_of_task()));
}

}  // namespace kohort::cli
