// Work that threads do together, by whatever does it in this build.
#include "engine/threads/parallel.hpp"

#include <algorithm>
#include <chrono>
#include <functional>
#include <mutex>
#include <numeric>
#include <set>
#include <stdexcept>
#include <thread>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

namespace kohort {
namespace {

std::vector<std::size_t> numbers_to(std::size_t count) {
  std::vector<std::size_t> numbers(count);
  std::iota(numbers.begin(), numbers.end(), std::size_t{0});
  return numbers;
}

TEST(Parallel, WorkIsDoneOnceForEach) {
  for (const std::size_t count : {0U, 1U, 5U, 1000U}) {
    std::vector<int> tasks(count, 0);
    std::vector<int> shorts(count, 0);
    Arena(4).execute([&] {
      parallel_tasks(count, [&](std::size_t at) { ++tasks[at]; });
      parallel_for(count, [&](std::size_t at) { ++shorts[at]; });
    });
    EXPECT_EQ(tasks, std::vector<int>(count, 1));
    EXPECT_EQ(shorts, std::vector<int>(count, 1));
  }
}

TEST(Parallel, RangesFollowEachOther) {
  for (const std::size_t least : {1U, 7U, 2000U}) {
    std::mutex mutex;
    std::vector<std::pair<std::size_t, std::size_t>> ranges;
    parallel_ranges(1000, least, [&](std::size_t first, std::size_t end) {
      const std::lock_guard lock(mutex);
      ranges.emplace_back(first, end);
    });
    std::sort(ranges.begin(), ranges.end());
    std::size_t next = 0;
    for (const auto& [first, end] : ranges) {
      EXPECT_EQ(first, next);
      EXPECT_LT(first, end);
      next = end;
    }
    EXPECT_EQ(next, 1000U);
  }
}

TEST(Parallel, WorkWithinWorkIsDoneToo) {
  std::vector<int> done(64, 0);
  Arena(3).execute([&] {
    parallel_tasks(8, [&](std::size_t outer) {
      undisturbed([&] { parallel_for(8, [&](std::size_t at) { ++done[8 * outer + at]; }); });
    });
  });
  EXPECT_EQ(done, std::vector<int>(64, 1));
}

TEST(Parallel, ErrorsAreThrownOn) {
  const auto fail = [](std::size_t at) {
    if (at == 30) throw std::runtime_error("thirty");
  };
  EXPECT_THROW(Arena(4).execute([&] { parallel_tasks(60, fail); }), std::runtime_error);
  EXPECT_THROW(Arena(4).execute([&] { parallel_for(60, fail); }), std::runtime_error);
}

/// What comes out of numbers in order, each of which is doubled by some thread.
std::vector<std::size_t> doubled_in_order(std::size_t count, std::size_t most,
                                          const std::function<void(std::size_t)>& before) {
  std::vector<std::size_t> numbers = numbers_to(count);
  std::vector<std::size_t> given;
  std::size_t next = 0;
  const auto ask = [&]() -> std::size_t* {
    return next == numbers.size() ? nullptr : &numbers[next++];
  };
  Arena(4).execute([&] {
    in_order<std::size_t>(
        most, ask,
        [&](std::size_t& number) {
          before(number);
          number *= 2;
        },
        [&](std::size_t& number) { given.push_back(number); });
  });
  return given;
}

TEST(Parallel, ThingsComeOutInTheirOrder) {
  for (const std::size_t most : {1U, 3U, 8U}) {
    std::vector<std::size_t> expected = numbers_to(100);
    for (std::size_t& number : expected) number *= 2;
    const auto dawdle = [](std::size_t number) {
      std::this_thread::sleep_for(std::chrono::microseconds(number % 3 == 0 ? 500 : 1));
    };
    EXPECT_EQ(doubled_in_order(100, most, dawdle), expected);
  }
  EXPECT_TRUE(doubled_in_order(0, 4, [](std::size_t) {}).empty());
}

TEST(Parallel, AnErrorWhereThingsAreAskedForOrGivenIsThrownOn) {
  int thing = 0;
  int asked = 0;
  const auto nothing = [](int&) {};
  const auto fail_to_ask = [&]() -> int* {
    if (++asked == 50) throw std::runtime_error("fifty");
    return &thing;
  };
  const auto ask = [&]() -> int* { return ++asked < 100 ? &thing : nullptr; };
  int given = 0;
  const auto fail_to_give = [&](int&) {
    if (++given == 30) throw std::runtime_error("thirty");
  };
  Arena arena(4);
  EXPECT_THROW(arena.execute([&] { in_order<int>(3, fail_to_ask, nothing, nothing); }),
               std::runtime_error);
  asked = 0;
  EXPECT_THROW(arena.execute([&] { in_order<int>(3, ask, nothing, fail_to_give); }),
               std::runtime_error);
  EXPECT_EQ(given, 30);
}

TEST(Parallel, AnErrorOnTheWayIsThrownOn) {
  EXPECT_THROW(doubled_in_order(100, 4,
                                [](std::size_t number) {
                                  if (number == 50) throw std::runtime_error("fifty");
                                }),
               std::runtime_error);
}

TEST(Parallel, EachThreadHasItsOwn) {
  PerThread<std::vector<std::thread::id>> own;
  Arena(4).execute([&] {
    parallel_tasks(200, [&](std::size_t) {
      own.local().push_back(std::this_thread::get_id());
      for (const std::thread::id& who : own.local()) {
        EXPECT_EQ(who, std::this_thread::get_id());
      }
    });
  });
  PerThread<int> made([] { return 7; });
  EXPECT_EQ(made.local(), 7);
  made.local() = 8;
  EXPECT_EQ(made.local(), 8);
}

TEST(Parallel, WhatThreadsHaveOfTheirOwnCanBeHandedOn) {
  PerThread<int> before([] { return 7; });
  before.local() = 8;
  PerThread<int> after(std::move(before));
  EXPECT_EQ(after.local(), 8);
}

std::set<std::thread::id> who_does_tasks() {
  std::mutex mutex;
  std::set<std::thread::id> who;
  parallel_tasks(64, [&](std::size_t) {
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
    const std::lock_guard lock(mutex);
    who.insert(std::this_thread::get_id());
  });
  return who;
}

TEST(Parallel, ALimitHoldsForWhateverIsDone) {
  const std::set<std::thread::id> alone{std::this_thread::get_id()};
  const ThreadLimit limit(1);
  EXPECT_EQ(who_does_tasks(), alone);
  std::set<std::thread::id> of_arena;
  Arena(4).execute([&] { of_arena = who_does_tasks(); });
  EXPECT_EQ(of_arena, alone);
}

/// How many threads may be used as things are.
std::size_t allowed() {
#ifdef KOHORT_STD_THREADS
  return threads_here();
#else
  return tbb::global_control::active_value(tbb::global_control::max_allowed_parallelism);
#endif
}

TEST(Parallel, ALimitMayBeMoreThanTheMachineHasAndEndsWithItsLife) {
  const std::size_t before = allowed();
  {
    const ThreadLimit limit(before + 1);
    EXPECT_EQ(allowed(), before + 1);
  }
  EXPECT_EQ(allowed(), before);
  const ThreadLimit none(0);
  EXPECT_EQ(allowed(), before);
}

TEST(Parallel, AnArenaHasTheThreadsThatItIsGiven) {
  Arena arena(3);
  EXPECT_EQ(arena.threads(), 3U);
  arena.execute([] { EXPECT_EQ(threads_here(), 3U); });
}

}  // namespace
}  // namespace kohort
