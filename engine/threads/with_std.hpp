// `parallel.hpp` by threads of the standard library, begun for each piece of work: slower, and seen
// through by a thread sanitizer.
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
#include <thread>
#include <utility>
#include <vector>

namespace kohort {

/// How many threads share what the calling one begins; 0: as many as the machine has.
inline std::size_t& threads_of_caller() {
  thread_local std::size_t threads = 0;
  return threads;
}

inline std::size_t threads_here() {
  const std::size_t threads = threads_of_caller();
  return threads > 0 ? threads : std::max(1U, std::thread::hardware_concurrency());
}

class ThreadLimit {
 public:
  explicit ThreadLimit(std::size_t threads) : before_(threads_of_caller()) {
    if (threads > 0) threads_of_caller() = threads;
  }
  ~ThreadLimit() { threads_of_caller() = before_; }
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

/// Keeps the first exception of several threads.
class FirstError {
 public:
  /// Whether there is one.
  operator bool() const { return failed_; }
  void keep(std::exception_ptr error) {
    const std::lock_guard lock(mutex_);
    if (!error_) error_ = std::move(error);
    failed_ = true;
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

/// Calls `action()` on so many threads at once, the calling one among them. What they begin they do
/// alone.
template <class Action>
void on_each_of(std::size_t threads, const Action& action) {
  const auto alone = [&] {
    const ThreadLimit limit(1);
    action();
  };
  std::vector<std::jthread> others;
  for (std::size_t thread = 1; thread < threads; ++thread) others.emplace_back(alone);
  alone();
}

template <class Action>
void parallel_tasks(std::size_t count, const Action& action) {
  std::atomic<std::size_t> next = 0;
  FirstError error;
  on_each_of(std::min(count, threads_here()), [&] {
    for (std::size_t at = next++; at < count && !error; at = next++) {
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
  const std::size_t pieces = for_each_thread * threads_here();
  const std::size_t length = std::max(least, (count + pieces - 1) / pieces);
  if (count == 0) return;
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

/// What the threads of `in_order` know together.
struct Queue {
  std::mutex mutex;
  std::condition_variable given;
  std::size_t asked_for = 0;
  std::size_t to_give = 0;
  bool over = false;
};

template <class Thing, class Work, class Give>
void in_order(std::size_t most, const std::function<Thing*()>& ask, const Work& work,
              const Give& give) {
  Queue queue;
  FirstError error;
  const auto one = [&] {
    std::unique_lock lock(queue.mutex);
    if (queue.over) return false;
    Thing* thing = ask();
    if (thing == nullptr) queue.over = true;
    if (queue.over) return false;
    const std::size_t place = queue.asked_for++;
    lock.unlock();
    work(*thing);
    lock.lock();
    queue.given.wait(lock, [&] { return queue.to_give == place || error; });
    if (error) return false;
    give(*thing);
    ++queue.to_give;
    queue.given.notify_all();
    return true;
  };
  on_each_of(std::min(most, threads_here()), [&] {
    try {
      while (one()) {
      }
    } catch (...) {
      const std::lock_guard lock(queue.mutex);
      error.keep(std::current_exception());
      queue.over = true;
      queue.given.notify_all();
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
    const std::lock_guard lock(made_->mutex);
    std::unique_ptr<Value>& own = made_->values[std::this_thread::get_id()];
    if (!own) own.reset(new Value(make_()));
    return *own;
  }

 private:
  struct Made {
    std::mutex mutex;
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
