// Ctrl-C and termination requests as a stop token.
#pragma once

#include <stop_token>
#include <thread>

namespace kohort::cli {

/// While it lives, SIGINT and SIGTERM ask its token to stop instead of ending the process. A second
/// signal ends it at once. Make it before any other thread, so that all of them leave the signals
/// to the one that waits here.
class InterruptGuard {
 public:
  InterruptGuard();
  ~InterruptGuard();
  InterruptGuard(const InterruptGuard&) = delete;
  InterruptGuard& operator=(const InterruptGuard&) = delete;

  std::stop_token token() const { return stop_.get_token(); }

 private:
  std::stop_source stop_;
  std::thread waiter_;
};

}  // namespace kohort::cli
