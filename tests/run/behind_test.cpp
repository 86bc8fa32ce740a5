// The thread behind a run: order, room, and what becomes of errors.
#include "engine/run/behind.hpp"

#include <atomic>
#include <chrono>
#include <functional>
#include <future>
#include <latch>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

#include "engine/base/error.hpp"
#include "tests/support/expect_error.hpp"

namespace kohort {
namespace {

using namespace std::chrono_literals;

/// Notes the years that it gets, and does something with each.
class Noting final : public YearSink {
 public:
  explicit Noting(std::function<void()> with_each = [] {}) : with_each_(std::move(with_each)) {}

  void begin(std::span<const YearlyTable> /*cells*/,
             std::span<const YearlyTable> /*sums*/) override {}
  void take(FinishedYear year) override {
    with_each_();
    years.push_back(year.interval ? year.interval->position() + 1 : 0);
    thread = std::this_thread::get_id();
  }

  std::vector<std::size_t> years;
  std::thread::id thread;

 private:
  std::function<void()> with_each_;
};

FinishedYear year(std::size_t number) {
  FinishedYear year;
  if (number > 0) year.interval = Interval(number - 1);
  return year;
}

TEST(YearsBehind, ComeInTheirOrderOnOneOtherThread) {
  Noting sink;
  Behind behind(sink);
  for (std::size_t number = 0; number < 5; ++number) behind.take(year(number));
  behind.wait();
  EXPECT_EQ(sink.years, (std::vector<std::size_t>{0, 1, 2, 3, 4}));
  EXPECT_NE(sink.thread, std::this_thread::get_id());
}

TEST(YearsBehind, AreTwoAtMost) {
  std::latch go(1);
  Noting sink([&] { go.wait(); });
  Behind behind(sink);
  std::atomic<std::size_t> given = 0;
  auto run = std::async(std::launch::async, [&] {
    for (std::size_t number = 0; number < 4; ++number) {
      behind.take(year(number));
      ++given;
    }
  });
  EXPECT_EQ(run.wait_for(100ms), std::future_status::timeout);
  EXPECT_EQ(given, Behind::most_years);
  go.count_down();
  run.get();
  behind.wait();
  EXPECT_EQ(sink.years.size(), 4U);
}

// However many years are still to come, each call throws, and none waits for ever.
TEST(YearsBehind, EndTheRunWhereOneFails) {
  Noting sink([] { throw Error(Fault::storage, Mistake{{}, "the disk is full", ""}); });
  Behind behind(sink);
  const auto give_all = [&] {
    for (std::size_t number = 0; number < 100; ++number) behind.take(year(number));
  };
  EXPECT_EQ(test::error_of(Fault::storage, give_all), "error: the disk is full");
  EXPECT_EQ(test::error_of(Fault::storage, give_all), "error: the disk is full");
  EXPECT_EQ(test::error_of(Fault::storage, [&] { behind.wait(); }), "error: the disk is full");
  EXPECT_TRUE(sink.years.empty());
}

TEST(YearsBehind, AreLetGoWhereTheRunEnds) {
  std::latch begun(1);
  std::latch go(1);
  Noting sink([&] {
    begun.count_down();
    go.wait();
  });
  std::jthread later;
  {
    Behind behind(sink);
    behind.take(year(0));
    begun.wait();
    behind.take(year(1));
    later = std::jthread([&] {
      std::this_thread::sleep_for(50ms);
      go.count_down();
    });
  }
  EXPECT_EQ(sink.years, std::vector<std::size_t>{0});
}

}  // namespace
}  // namespace kohort
