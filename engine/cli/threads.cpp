#include "engine/cli/threads.hpp"

#include <algorithm>
#include <cstdlib>

namespace kohort::cli {

int threads_of(std::optional<int> asked) {
  constexpr int most = 1024;
  if (asked) return *asked;
  const char* given = std::getenv("SLURM_CPUS_PER_TASK");
  return given == nullptr ? 0 : std::clamp(std::atoi(given), 0, most);
}

}  // namespace kohort::cli
