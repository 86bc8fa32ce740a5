// Loops over draws in the widest vectors that the processor has.
#pragma once

/// Before a function: there are two of it, one for x86-64-v3 (vectors of four doubles), and the
/// processor decides which one runs. Since products and sums are not contracted, and every lane is
/// reckoned alone, both give the same bits. Sanitizers know nothing of such functions.
#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__) && \
    !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
#define KOHORT_WIDE __attribute__((target_clones("arch=x86-64-v3", "default")))
#else
#define KOHORT_WIDE
#endif
