// Many runs at once on the threads of one arena, each of which has threads of its own there.
#pragma once

#include <atomic>
#include <cstddef>
#include <vector>

#include <tbb/parallel_for.h>
#include <tbb/task_arena.h>

#include "engine/base/interrupted.hpp"

namespace kohort {

/// Does something for each position of a list, `lanes` of them at once, on the threads of the
/// arena. A thread that waits within one begins no other: no more than `lanes` are ever begun.
/// `action` keeps its own errors, but for `Interrupted`, after which none is begun.
template <class Action>
void side_by_side(tbb::task_arena& arena, const std::vector<std::size_t>& list, std::size_t lanes,
                  Action&& action) {
  std::atomic<std::size_t> next{0};
  std::atomic<bool> interrupted{false};
  const auto lane = [&](std::size_t) {
    while (!interrupted) {
      const std::size_t at = next++;
      if (at >= list.size()) return;
      try {
        tbb::this_task_arena::isolate([&] { action(list[at]); });
      } catch (const Interrupted&) {
        interrupted = true;
      }
    }
  };
  arena.execute([&] { tbb::parallel_for(std::size_t{0}, lanes, lane, tbb::simple_partitioner()); });
  if (interrupted) throw Interrupted();
}

}  // namespace kohort
