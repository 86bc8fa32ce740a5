// Counts by inversion of their distribution function, for small means.
#pragma once

#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>

namespace kohort {

/// A distribution of which P(k + 1) / P(k) = (rise - fall k) / (k + 1). Source: Panjer (1981),
/// Recursive evaluation of a family of compound distributions, ASTIN Bulletin 12: the binomial has
/// rise = n fall and fall = p / (1 - p), the Poisson its mean and 0.
struct CountLaw {
  double none = 1.0;  ///< P(0)
  double rise = 0.0;
  double fall = 0.0;
};

/// The mean below which counts are had by inversion, which takes one step for each event. Beyond it
/// rejection is quicker, even than several draws counted side by side.
inline constexpr double inversion_switch_over = 64.0;

/// As many factors as are multiplied out: an error of at most 5e-13.
inline constexpr int bits_of_few_trials = 12;
inline constexpr std::int64_t few_trials = (1 << bits_of_few_trials) - 1;

/// (1 - p)^n. Few factors are multiplied out, which is quicker.
inline double probability_of_none(std::int64_t trials, double p) {
  if (trials > few_trials) return std::exp(static_cast<double>(trials) * std::log1p(-p));
  double power = 1.0;
  double square = 1.0 - p;
  for (auto bits = static_cast<unsigned>(trials); bits != 0; bits >>= 1U) {
    if ((bits & 1U) != 0) power *= square;
    square *= square;
  }
  return power;
}

#include "engine/random/probability_of_none.inc"

/// The smallest k whose cumulative probability reaches `uniform`. The result never falls as
/// `uniform` grows. Ends where adding P(k) no longer changes the sum: what is beyond has a
/// probability below 1e-16.
inline std::int64_t count_by_inversion(double uniform, const CountLaw& law) {
  std::int64_t count = 0;
  double probability = law.none;
  double reached = law.none;
  while (uniform > reached) {
    const auto k = static_cast<double>(count);
    probability *= (law.rise - law.fall * k) * (1.0 / (k + 1.0));
    const double next = reached + probability;
    if (next == reached) break;
    reached = next;
    ++count;
  }
  return count;
}

}  // namespace kohort
