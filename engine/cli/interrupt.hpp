// Ctrl-C and termination requests as a stop token.
#pragma once

#include <csignal>
#include <stop_token>
#include <thread>

namespace kohort::cli {

/// While it lives, SIGINT and SIGTERM ask its token to stop instead of ending the process. A second
/// signal ends it at once. A signal that whoever started the process had it ignore stays ignored.
/// Make it before any other thread, so that all of them leave the signals to the one that waits
/// here. No other signal is touched.
class InterruptGuard {
 public:
  /// Throws `std::system_error` where the system has no descriptors left.
  InterruptGuard();
  ~InterruptGuard();
  InterruptGuard(const InterruptGuard&) = delete;
  InterruptGuard& operator=(const InterruptGuard&) = delete;

  std::stop_token token() const { return stop_.get_token(); }

 private:
  void wait();

  sigset_t signals_;
  sigset_t blocked_before_{};
  int arrived_ = -1;  ///< can be read when a signal has come
  int ended_ = -1;    ///< can be read when the guard goes
  std::stop_source stop_;
  std::thread waiter_;
};

}  // namespace kohort::cli
