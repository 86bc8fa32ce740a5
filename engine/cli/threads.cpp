#include "engine/cli/threads.hpp"

#include <algorithm>

#include "engine/comm/placement.hpp"

namespace kohort::cli {

int threads_of(std::optional<int> asked) {
  constexpr std::size_t most = 1024;
  if (asked) return *asked;
  return static_cast<int>(std::min(most, cores_of_task()));
}

ThreadLimit::ThreadLimit(int threads) {
  if (threads == 0) return;
  limit_.emplace(tbb::global_control::max_allowed_parallelism, static_cast<std::size_t>(threads));
}

}  // namespace kohort::cli
