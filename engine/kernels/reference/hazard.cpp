#include "engine/kernels/reference/hazard.hpp"

#include <array>
#include <cmath>
#include <cstddef>

namespace kohort::kernels::reference {
namespace {

constexpr std::size_t terms = 14;

/// 1 / (k + 1)!, the coefficients of (e^z - 1) / z.
constexpr std::array<double, terms> inverse_factorials() {
  std::array<double, terms> inverse{};
  double factorial = 1.0;
  for (std::size_t k = 0; k < terms; ++k) {
    factorial *= static_cast<double>(k + 1);
    inverse[k] = 1.0 / factorial;
  }
  return inverse;
}

constexpr auto coefficients = inverse_factorials();

/// Up to here the series is as exact as the library's function, and of several numbers at once.
constexpr double widest = 0.5;

double exp_less_1(double z) {
  double sum = coefficients[terms - 1];
  for (std::size_t k = terms - 1; k-- > 0;) sum = sum * z + coefficients[k];
  return sum * z;
}

}  // namespace

void under_force(double q, std::span<double> chance) {
  const double log_survival = q < 1.0 ? std::log1p(-q) : 0.0;
  double greatest = 0.0;
  for (const double force : chance) greatest = force > greatest ? force : greatest;
  if (q >= 1.0) {
    for (double& one : chance) one = 1.0;
  } else if (-log_survival * greatest <= widest) {
    for (double& one : chance) one = -exp_less_1(one * log_survival);
  } else {
    for (double& one : chance) {
      const double z = one * log_survival;
      one = -z <= widest ? -exp_less_1(z) : -std::expm1(z);
    }
  }
}

}  // namespace kohort::kernels::reference
