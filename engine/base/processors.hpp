// Which of the implementations of a kernel a processor can run.
#pragma once

#include <cstddef>

// Wider ones are made for processors and compilers that are known to have them.
#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__)
#define KOHORT_WIDER_KERNELS
#endif

namespace kohort {

/// How many of the baseline, x86-64-v3 and x86-64-v4, in this order.
std::size_t runnable();

}  // namespace kohort
