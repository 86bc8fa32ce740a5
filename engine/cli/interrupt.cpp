#include "engine/cli/interrupt.hpp"

#include <csignal>
#include <cstdlib>

#include <pthread.h>

#include "engine/cli/commands.hpp"

namespace kohort::cli {
namespace {

/// Wakes the waiting thread when the guard goes.
constexpr int wake_up = SIGUSR1;

sigset_t signals() {
  sigset_t set;
  sigemptyset(&set);
  for (const int signal : {SIGINT, SIGTERM, wake_up}) sigaddset(&set, signal);
  return set;
}

}  // namespace

InterruptGuard::InterruptGuard() {
  const sigset_t set = signals();
  pthread_sigmask(SIG_BLOCK, &set, nullptr);
  waiter_ = std::thread([this, set] {
    int signal = 0;
    while (sigwait(&set, &signal) == 0 && signal != wake_up) {
      if (stop_.stop_requested()) std::_Exit(static_cast<int>(Exit::interrupted));
      stop_.request_stop();
    }
  });
}

InterruptGuard::~InterruptGuard() {
  pthread_kill(waiter_.native_handle(), wake_up);
  waiter_.join();
  const sigset_t set = signals();
  pthread_sigmask(SIG_UNBLOCK, &set, nullptr);
}

}  // namespace kohort::cli
