// With how many threads a command computes.
#pragma once

#include <optional>

#include <tbb/global_control.h>

namespace kohort::cli {

/// As many as were asked for; else as many processors as Slurm has given to the task
/// (`cores_of_task`), of which the machine may show more; 0, which is as many as the machine
/// has, where it has given none.
int threads_of(std::optional<int> asked);

/// While it lives the process computes with so many threads at most, whatever it does: reads, fits,
/// projects or packs; 0: with as many as the machine has. One more may wait for a file.
class ThreadLimit {
 public:
  explicit ThreadLimit(int threads);

 private:
  std::optional<tbb::global_control> limit_;
};

}  // namespace kohort::cli
