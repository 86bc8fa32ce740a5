#include "engine/kernels/reference/hazard.hpp"

#include <cmath>
#include <cstddef>

namespace kohort::kernels::reference {
namespace {

double exp_less_1(double z) {
  double sum = series_of_exp_less_1.back();
  for (std::size_t k = series_of_exp_less_1.size() - 1; k-- > 0;) {
    sum = sum * z + series_of_exp_less_1[k];
  }
  return sum * z;
}

}  // namespace

void under_force(double q, std::span<double> chance) {
  const double log_survival = q < 1.0 ? std::log1p(-q) : 0.0;
  double greatest = 0.0;
  for (const double force : chance) greatest = force > greatest ? force : greatest;
  if (q >= 1.0) {
    for (double& one : chance) one = 1.0;
  } else if (-log_survival * greatest <= widest_of_series) {
    for (double& one : chance) one = -exp_less_1(one * log_survival);
  } else {
    for (double& one : chance) {
      const double z = one * log_survival;
      one = -z <= widest_of_series ? -exp_less_1(z) : -std::expm1(z);
    }
  }
}

}  // namespace kohort::kernels::reference
