// Which of the implementations for several kinds of processors this one can run.
#pragma once

#include <cstddef>

namespace kohort {

/// How many of the baseline, x86-64-v3 and x86-64-v4, in this order.
std::size_t runnable();

}  // namespace kohort
