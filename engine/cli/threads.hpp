// With how many threads a command computes.
#pragma once

#include <cstddef>
#include <optional>

namespace kohort::cli {

/// As many as were asked for; else as many processors as Slurm has given to the task
/// (`cores_of_task`), of which the machine may show more; 0, which is as many as the machine
/// has, where it has given none.
std::size_t threads_of(std::optional<int> asked);

}  // namespace kohort::cli
