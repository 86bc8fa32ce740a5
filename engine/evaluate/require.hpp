// What measures and scores ask of their figures.
#pragma once

#include <stdexcept>

namespace kohort::evaluate {

/// Throws `std::invalid_argument` with this text where it does not hold.
inline void require(bool holds, const char* what) {
  if (!holds) throw std::invalid_argument(what);
}

}  // namespace kohort::evaluate
