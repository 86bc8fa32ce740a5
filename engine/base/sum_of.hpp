// Sums that the processor reckons in vectors, in an order that their length alone decides.
#pragma once

#include <array>
#include <cstddef>
#include <span>

namespace kohort {

/// In double precision. Every `lanes`-th goes to one sum, so that the processor need not wait for
/// each addition. For functions that are KOHORT_WIDE, into which it is inlined.
template <std::size_t lanes, class Real>
[[gnu::always_inline]] inline double sum_of(std::span<const Real> values) {
  std::array<double, lanes> sums{};
  std::size_t at = 0;
  for (; at + lanes <= values.size(); at += lanes) {
    for (std::size_t lane = 0; lane < lanes; ++lane) {
      sums[lane] += static_cast<double>(values[at + lane]);
    }
  }
  for (; at < values.size(); ++at) sums[0] += static_cast<double>(values[at]);
  for (std::size_t apart = 1; apart < lanes; apart *= 2) {
    for (std::size_t lane = 0; lane < lanes; lane += 2 * apart) sums[lane] += sums[lane + apart];
  }
  return sums[0];
}

}  // namespace kohort
