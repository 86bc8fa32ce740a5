// How far Stirling's formula is from the factorial. The C library's lgamma is not used: it writes
// a global, and its last bits differ between libraries.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

namespace kohort {

inline constexpr double half_log_two_pi = 0.91893853320467274178;

/// f(k) = log k! - (log(2 pi)/2 + (k + 1/2) log(k + 1) - (k + 1)), to 1e-12: the form in
/// which Hörmann (1993) uses it. Exact below 10, then the first terms of Stirling's series.
constexpr double stirling_correction(std::int64_t k) {
  constexpr std::array<double, 10> exact{0.08106146679532725822, 0.04134069595540929409,
                                         0.02767792568499833915, 0.02079067210376509311,
                                         0.01664469118982119216, 0.01387612882307074800,
                                         0.01189670994589177010, 0.01041126526197209650,
                                         0.00925546218271273292, 0.00833056343336287126};
  if (k < static_cast<std::int64_t>(exact.size())) return exact[static_cast<std::size_t>(k)];
  const double above = static_cast<double>(k) + 1.0;
  const double square = above * above;
  return (1.0 / 12.0 - (1.0 / 360.0 - (1.0 / 1260.0 - 1.0 / 1680.0 / square) / square) / square) /
         above;
}

}  // namespace kohort
