// Whether kernels are compiled a second and a third time, for processors with wider vectors: where
// the compiler can be told of instructions amid a file.
#pragma once

#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__)
#define KOHORT_WIDER_KERNELS
#endif
