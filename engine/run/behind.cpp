#include "engine/run/behind.hpp"

#include <utility>

namespace kohort {

Behind::Behind(YearSink& sink) : sink_(sink), arena_(threads_here()), thread_([this] { work(); }) {}

Behind::~Behind() {
  {
    const std::lock_guard lock(mutex_);
    over_ = true;
    waiting_.reset();
  }
  changed_.notify_all();
  thread_.join();
}

void Behind::begin(std::span<const YearlyTable> cells, std::span<const YearlyTable> sums) {
  sink_.begin(cells, sums);  // no year is taken yet
}

void Behind::take(FinishedYear year) {
  {
    std::unique_lock lock(mutex_);
    wait_for_room(lock, false);
    waiting_ = std::move(year);
  }
  changed_.notify_all();
}

void Behind::wait() {
  std::unique_lock lock(mutex_);
  wait_for_room(lock, true);
}

void Behind::wait_for_room(std::unique_lock<std::mutex>& lock, bool idle) {
  changed_.wait(lock, [&] { return error_ || (!waiting_ && !(idle && taking_)); });
  if (error_) std::rethrow_exception(error_);
}

void Behind::work() {
  std::unique_lock lock(mutex_);
  for (;;) {
    changed_.wait(lock, [&] { return over_ || waiting_; });
    if (over_) return;
    FinishedYear year = *std::exchange(waiting_, std::nullopt);
    taking_ = true;
    lock.unlock();
    changed_.notify_all();
    std::exception_ptr error;
    try {
      arena_.execute([&] { sink_.take(std::move(year)); });
    } catch (...) {
      error = std::current_exception();
    }
    lock.lock();
    taking_ = false;
    error_ = error;
    changed_.notify_all();
    if (error_) return;
  }
}

}  // namespace kohort
