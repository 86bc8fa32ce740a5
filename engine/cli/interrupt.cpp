#include "engine/cli/interrupt.hpp"

#include <array>
#include <cerrno>
#include <cstdint>
#include <cstdlib>
#include <system_error>

#include <poll.h>
#include <sys/eventfd.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include "engine/cli/commands.hpp"

namespace kohort::cli {
namespace {

/// A signal that is blocked arrives even where it is to be ignored, so those are left out: a run
/// that a script started in the background is not to end when someone interrupts the script.
sigset_t heeded_signals() {
  sigset_t set;
  sigemptyset(&set);
  for (const int signal : {SIGINT, SIGTERM}) {
    struct sigaction action {};
    ::sigaction(signal, nullptr, &action);
    if (action.sa_handler != SIG_IGN) sigaddset(&set, signal);
  }
  return set;
}

int checked(int descriptor) {
  if (descriptor < 0) {
    throw std::system_error(errno, std::generic_category(), "cannot wait for interrupts");
  }
  return descriptor;
}

}  // namespace

InterruptGuard::InterruptGuard() : signals_(heeded_signals()) {
  pthread_sigmask(SIG_BLOCK, &signals_, &blocked_before_);
  arrived_ = checked(::signalfd(-1, &signals_, SFD_CLOEXEC));
  ended_ = checked(::eventfd(0, EFD_CLOEXEC));
  waiter_ = std::thread([this] { wait(); });
}

void InterruptGuard::wait() {
  std::array<pollfd, 2> sources{pollfd{arrived_, POLLIN, 0}, pollfd{ended_, POLLIN, 0}};
  while (true) {
    if (::poll(sources.data(), sources.size(), -1) < 0) continue;  // EINTR: a debugger, a stop
    if (sources[1].revents != 0) return;
    signalfd_siginfo signal{};
    if (::read(arrived_, &signal, sizeof signal) != sizeof signal) continue;
    if (stop_.stop_requested()) std::_Exit(static_cast<int>(Exit::interrupted));
    stop_.request_stop();
  }
}

InterruptGuard::~InterruptGuard() {
  const std::uint64_t one = 1;
  while (::write(ended_, &one, sizeof one) < 0 && errno == EINTR) {
  }
  waiter_.join();
  ::close(arrived_);
  ::close(ended_);
  pthread_sigmask(SIG_SETMASK, &blocked_before_, nullptr);
}

}  // namespace kohort::cli
