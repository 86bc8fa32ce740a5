// Probabilities under a changed force.
#pragma once

#include <array>
#include <cstddef>
#include <span>

namespace kohort::kernels::reference {

/// 1 / (k + 1)!, the coefficients of (e^z - 1) / z.
inline constexpr auto series_of_exp_less_1 = [] {
  std::array<double, 14> inverse{};
  double factorial = 1.0;
  for (std::size_t k = 0; k < inverse.size(); ++k) {
    factorial *= static_cast<double>(k + 1);
    inverse[k] = 1.0 / factorial;
  }
  return inverse;
}();

/// Up to here the series is as exact as the library's function, and of several numbers at once.
inline constexpr double widest_of_series = 0.5;

/// chance[i] = 1 - (1 - q)^f[i]: of an event that has the probability `q` where the force is 1,
/// with `chance` holding the forces f on entry (not negative). Right to a few units of the last
/// digit.
void under_force(double q, std::span<double> chance);

}  // namespace kohort::kernels::reference
