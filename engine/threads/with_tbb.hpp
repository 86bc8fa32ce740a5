// `parallel.hpp` by oneTBB.
#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <utility>

#include <tbb/blocked_range.h>
#include <tbb/enumerable_thread_specific.h>
#include <tbb/global_control.h>
#include <tbb/parallel_for.h>
#include <tbb/parallel_pipeline.h>
#include <tbb/task_arena.h>

namespace kohort {

class Arena {
 public:
  explicit Arena(std::size_t threads)
      : arena_(threads == 0 ? tbb::task_arena::automatic : static_cast<int>(threads)) {}

  std::size_t threads() const { return static_cast<std::size_t>(arena_.max_concurrency()); }

  template <class Action>
  void execute(const Action& action) {
    arena_.execute(action);
  }

 private:
  tbb::task_arena arena_;
};

inline std::size_t threads_here() {
  return static_cast<std::size_t>(tbb::this_task_arena::max_concurrency());
}

class ThreadLimit {
 public:
  explicit ThreadLimit(std::size_t threads) {
    if (threads > 0) limit_.emplace(tbb::global_control::max_allowed_parallelism, threads);
  }
  ThreadLimit(const ThreadLimit&) = delete;
  ThreadLimit& operator=(const ThreadLimit&) = delete;

 private:
  std::optional<tbb::global_control> limit_;
};

template <class Action>
void parallel_tasks(std::size_t count, const Action& action) {
  tbb::parallel_for(std::size_t{0}, count, action, tbb::simple_partitioner());
}

template <class Action>
void parallel_for(std::size_t count, const Action& action) {
  tbb::parallel_for(std::size_t{0}, count, action);
}

template <class Action>
void parallel_ranges(std::size_t count, std::size_t least, const Action& action) {
  tbb::parallel_for(tbb::blocked_range<std::size_t>(0, count, least),
                    [&](const auto& some) { action(some.begin(), some.end()); });
}

template <class Thing, class Work, class Give>
void in_order(std::size_t most, const std::function<Thing*()>& ask, const Work& work,
              const Give& give) {
  const auto next = [&](tbb::flow_control& flow) {
    Thing* thing = ask();
    if (thing == nullptr) flow.stop();
    return thing;
  };
  const auto worked = [&](Thing* thing) {
    work(*thing);
    return thing;
  };
  using Mode = tbb::filter_mode;
  tbb::parallel_pipeline(most, tbb::make_filter<void, Thing*>(Mode::serial_in_order, next) &
                                   tbb::make_filter<Thing*, Thing*>(Mode::parallel, worked) &
                                   tbb::make_filter<Thing*, void>(
                                       Mode::serial_in_order, [&](Thing* thing) { give(*thing); }));
}

template <class Value>
class PerThread {
 public:
  PerThread() : PerThread([] { return Value(); }) {}
  explicit PerThread(std::function<Value()> make)
      : values_(std::make_unique<Values>(std::move(make))) {}

  Value& local() { return values_->local(); }

 private:
  using Values = tbb::enumerable_thread_specific<Value>;
  std::unique_ptr<Values> values_;
};

template <class Action>
void undisturbed(const Action& action) {
  tbb::this_task_arena::isolate(action);
}

}  // namespace kohort
