// With how many threads a command computes.
#include "engine/cli/threads.hpp"

#include <chrono>
#include <mutex>
#include <set>
#include <thread>

#include <gtest/gtest.h>
#include <tbb/parallel_for.h>
#include <tbb/partitioner.h>

namespace kohort::cli {
namespace {

/// Which threads take part in some work that is long enough for all that may.
std::set<std::thread::id> who_work() {
  std::set<std::thread::id> all;
  std::mutex mutex;
  tbb::parallel_for(
      0, 64,
      [&](int) {
        std::this_thread::sleep_for(std::chrono::milliseconds(2));
        const std::lock_guard lock(mutex);
        all.insert(std::this_thread::get_id());
      },
      tbb::simple_partitioner());
  return all;
}

TEST(Threads, AreThoseAskedForWhateverIsDone) {
  const ThreadLimit limit(1);
  EXPECT_EQ(who_work(), std::set{std::this_thread::get_id()});
}

TEST(Threads, MayBeMoreThanTheMachineHasAndAreLimitedNoLongerThanTheLimitLives) {
  constexpr auto limit_of = tbb::global_control::max_allowed_parallelism;
  const std::size_t before = tbb::global_control::active_value(limit_of);
  {
    const ThreadLimit limit(static_cast<int>(before) + 1);
    EXPECT_EQ(tbb::global_control::active_value(limit_of), before + 1);
  }
  EXPECT_EQ(tbb::global_control::active_value(limit_of), before);
  const ThreadLimit none(0);
  EXPECT_EQ(tbb::global_control::active_value(limit_of), before);
}

}  // namespace
}  // namespace kohort::cli
