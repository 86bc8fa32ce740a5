// Many runs at once on the threads of one arena, each of which has threads of its own there.
#pragma once

#include <atomic>
#include <cstddef>
#include <vector>

#include "engine/base/interrupted.hpp"
#include "engine/threads/parallel.hpp"

namespace kohort {

/// Does something for each position of a list, `lanes` of them at once, on the threads of the
/// arena. A thread that waits within one begins no other: no more than `lanes` are ever begun.
/// `action` keeps its own errors, but for `Interrupted`, after which none is begun.
template <class Action>
void side_by_side(Arena& arena, const std::vector<std::size_t>& list, std::size_t lanes,
                  Action&& action) {
  std::atomic<std::size_t> next{0};
  std::atomic<bool> interrupted{false};
  const auto lane = [&](std::size_t) {
    while (!interrupted) {
      const std::size_t at = next++;
      if (at >= list.size()) return;
      try {
        undisturbed([&] { action(list[at]); });
      } catch (const Interrupted&) {
        interrupted = true;
      }
    }
  };
  arena.execute([&] { parallel_tasks(lanes, lane); });
  if (interrupted) throw Interrupted();
}

}  // namespace kohort
