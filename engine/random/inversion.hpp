// Counts by inversion of their distribution function, for small means.
#pragma once

#include <cstdint>

namespace kohort {

/// The smallest k whose cumulative probability reaches `uniform`. `at_zero` is the probability of
/// 0, and `ratio(k)` is P(k + 1) / P(k), which falls with k. The result never falls as `uniform`
/// grows. Ends where adding P(k) no longer changes the sum: what is beyond has a probability below
/// 1e-16.
template <class Ratio>
std::int64_t count_by_inversion(double uniform, double at_zero, const Ratio& ratio) {
  std::int64_t count = 0;
  double probability = at_zero;
  double reached = at_zero;
  while (uniform > reached) {
    probability *= ratio(static_cast<double>(count));
    const double next = reached + probability;
    if (next == reached) break;
    reached = next;
    ++count;
  }
  return count;
}

}  // namespace kohort
