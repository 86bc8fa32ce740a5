// `parallel.hpp` by threads of the standard library, begun for each piece of work: slower, but a
// thread sanitizer can follow them. So that it may see what races there are, nothing here orders
// the work of threads more than it must.
#pragma once

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <cstddef>
#include <exception>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <shared_mutex>
#include <thread>
#include <utility>
#include <vector>

namespace kohort {
namespace with_std {

/// How many threads share what the calling one begins; 0: as many as the machine has. (oneTBB keeps
/// the same for each thread, within the library.)
inline std::size_t& threads_of_caller() {
  thread_local std::size_t threads = 0;
  return threads;
}

}  // namespace with_std

inline std::size_t threads_here() {
  const std::size_t threads = with_std::threads_of_caller();
  return threads > 0 ? threads : std::max(1U, std::thread::hardware_concurrency());
}

class ThreadLimit {
 public:
  explicit ThreadLimit(std::size_t threads) : before_(with_std::threads_of_caller()) {
    if (threads == 0) return;
    with_std::threads_of_caller() = before_ > 0 ? std::min(before_, threads) : threads;
  }
  ~ThreadLimit() { with_std::threads_of_caller() = before_; }
  ThreadLimit(const ThreadLimit&) = delete;
  ThreadLimit& operator=(const ThreadLimit&) = delete;

 private:
  std::size_t before_;
};

class Arena {
 public:
  explicit Arena(std::size_t threads) : threads_(threads > 0 ? threads : threads_here()) {}

  std::size_t threads() const { return threads_; }

  template <class Action>
  void execute(const Action& action) {
    const ThreadLimit limit(threads_);
    action();
  }

 private:
  std::size_t threads_;
};

namespace with_std {

/// Keeps the first exception of several threads.
class FirstError {
 public:
  /// Whether there is one.
  explicit operator bool() const { return failed_.load(std::memory_order_relaxed); }
  void keep(std::exception_ptr error) {
    const std::lock_guard lock(mutex_);
    if (!error_) error_ = std::move(error);
    failed_.store(true, std::memory_order_relaxed);
  }
  /// When the threads have ended.
  void throw_on() const {
    if (error_) std::rethrow_exception(error_);
  }

 private:
  std::mutex mutex_;
  std::atomic<bool> failed_ = false;
  std::exception_ptr error_;
};

/// Calls `action()` on so many threads at once, the calling one among them, which share those that
/// are here for what they begin themselves.
template <class Action>
void on_each_of(std::size_t threads, const Action& action) {
  if (threads == 0) return;
  const std::size_t for_each = std::max<std::size_t>(1, threads_here() / threads);
  const auto with_share = [&] {
    const ThreadLimit limit(for_each);
    action();
  };
  std::vector<std::jthread> others;
  for (std::size_t thread = 1; thread < threads; ++thread) others.emplace_back(with_share);
  with_share();
}

}  // namespace with_std

template <class Action>
void parallel_tasks(std::size_t count, const Action& action) {
  std::atomic<std::size_t> next = 0;
  with_std::FirstError error;
  with_std::on_each_of(std::min(count, threads_here()), [&] {
    const auto take = [&] { return next.fetch_add(1, std::memory_order_relaxed); };
    for (std::size_t at = take(); at < count && !error; at = take()) {
      try {
        action(at);
      } catch (...) {
        error.keep(std::current_exception());
      }
    }
  });
  error.throw_on();
}

template <class Action>
void parallel_ranges(std::size_t count, std::size_t least, const Action& action) {
  constexpr std::size_t for_each_thread = 4;
  if (count == 0) return;
  const std::size_t pieces = for_each_thread * threads_here();
  const std::size_t length = std::max(least, (count + pieces - 1) / pieces);
  parallel_tasks((count + length - 1) / length, [&](std::size_t piece) {
    action(piece * length, std::min(count, (piece + 1) * length));
  });
}

template <class Action>
void parallel_for(std::size_t count, const Action& action) {
  parallel_ranges(count, 1, [&](std::size_t first, std::size_t end) {
    for (std::size_t at = first; at < end; ++at) action(at);
  });
}

namespace with_std {

/// Things on their way from `ask` to `give`.
template <class Thing>
class Queue {
 public:
  explicit Queue(const std::function<Thing*()>& ask) : ask_(ask) {}

  struct Asked {
    Thing* thing = nullptr;  ///< none where there are no more
    std::size_t place = 0;
  };
  Asked ask() {
    const std::lock_guard lock(asking_);
    if (over_) return {};
    Thing* thing = ask_();
    over_ = thing == nullptr;
    return {thing, asked_for_++};
  }

  /// Gives a thing when all before it are given; never after an error.
  template <class Give>
  void give(const Asked& asked, const Give& give) {
    std::unique_lock lock(giving_);
    changed_.wait(lock, [&] { return given_ == asked.place || failed_; });
    if (failed_) return;
    give(*asked.thing);
    ++given_;
    changed_.notify_all();
  }

  /// Nothing more is asked for, and nobody waits any longer.
  void fail() {
    {
      const std::lock_guard lock(asking_);
      over_ = true;
    }
    const std::lock_guard lock(giving_);
    failed_ = true;
    changed_.notify_all();
  }

 private:
  const std::function<Thing*()>& ask_;
  std::mutex asking_;
  std::size_t asked_for_ = 0;
  bool over_ = false;
  std::mutex giving_;
  std::condition_variable changed_;
  std::size_t given_ = 0;
  bool failed_ = false;
};

}  // namespace with_std

template <class Thing, class Work, class Give>
void in_order(std::size_t most, const std::function<Thing*()>& ask, const Work& work,
              const Give& give) {
  with_std::Queue<Thing> queue(ask);
  with_std::FirstError error;
  with_std::on_each_of(std::min(most, threads_here()), [&] {
    try {
      for (auto asked = queue.ask(); asked.thing != nullptr; asked = queue.ask()) {
        work(*asked.thing);
        queue.give(asked, give);
      }
    } catch (...) {
      error.keep(std::current_exception());
      queue.fail();
    }
  });
  error.throw_on();
}

template <class Value>
class PerThread {
 public:
  PerThread() : PerThread([] { return Value(); }) {}
  explicit PerThread(std::function<Value()> make)
      : made_(std::make_unique<Made>()), make_(std::move(make)) {}

  Value& local() {
    const std::thread::id thread = std::this_thread::get_id();
    {
      const std::shared_lock lock(made_->mutex);
      const auto own = made_->values.find(thread);
      if (own != made_->values.end()) return *own->second;
    }
    std::unique_ptr<Value> value(new Value(make_()));  // nothing need be movable
    const std::lock_guard lock(made_->mutex);
    return *made_->values.emplace(thread, std::move(value)).first->second;
  }

 private:
  struct Made {
    std::shared_mutex mutex;
    std::map<std::thread::id, std::unique_ptr<Value>> values;
  };
  std::unique_ptr<Made> made_;
  std::function<Value()> make_;
};

template <class Action>
void undisturbed(const Action& action) {
  action();
}

}  // namespace kohort
