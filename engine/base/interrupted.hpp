// How work ends that was asked to stop.
#pragma once

#include <exception>
#include <stop_token>

namespace kohort {

/// Ends a run that was asked to stop.
class Interrupted : public std::exception {
 public:
  const char* what() const noexcept override { return "interrupted"; }
};

/// Throws `Interrupted` where that was asked for.
inline void stop_if_asked(const std::stop_token& stop) {
  if (stop.stop_requested()) throw Interrupted();
}

}  // namespace kohort
