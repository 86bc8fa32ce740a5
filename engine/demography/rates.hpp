// From rates to probabilities and back. Each conversion states its convention.
#pragma once

#include <cmath>

#include "engine/base/quantity.hpp"

namespace kohort {

/// Probability of dying in an interval from a central rate m, when those who die live `a` of its
/// `n` years on average: n m / (1 + (n - a) m).
/// Source: Preston, Heuveline & Guillot (2001), Demography, ch. 3.
constexpr Probability probability_of_dying(CentralRate m, Duration n, Duration a) {
  const double rate = m.per_person_year();
  return Probability::of(n.years() * rate / (1.0 + (n.years() - a.years()) * rate));
}

/// Mean years lived in a group of `n` years by those who die there under a constant force m:
/// 1/m - n e^(-nm) / (1 - e^(-nm)). With it, n m / (1 + (n - a) m) is 1 - e^(-nm), below 1 always.
/// Source: Preston et al. (2001), ch. 3.
inline Duration years_dying_by_constant_force(CentralRate m, Duration n) {
  const double exponent = n.years() * m.per_person_year();
  const double survivors = std::exp(-exponent);
  return Duration::years(1.0 / m.per_person_year() - n.years() * survivors / (1.0 - survivors));
}

/// Probability of dying from a period-cohort rate (deaths of a birth cohort in the interval over
/// the mean of its stocks at both ends): n m / (1 + n m / 2).
/// Source: Preston et al. (2001), ch. 3, with a = n / 2; the form in which Statistics Sweden
/// counts its registers, by year of birth.
constexpr Probability cohort_probability(CentralRate m, Duration n) {
  return probability_of_dying(m, n, Duration::years(n.years() / 2.0));
}

/// The same for those born in the interval. Their stock at its start is 0, so the mean of the two
/// stocks is half the survivors, and q = (n m / 2) / (1 + n m / 2).
constexpr Probability newborn_probability(CentralRate m, Duration n) {
  const double half = n.years() * m.per_person_year() / 2.0;
  return Probability::of(half / (1.0 + half));
}

}  // namespace kohort
