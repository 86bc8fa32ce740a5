// From rates to probabilities and back. Each conversion states its convention.
#pragma once

#include "engine/base/quantity.hpp"

namespace kohort {

/// Probability of dying in an interval from a central rate m, when those who die live `a` of its
/// `n` years on average: n m / (1 + (n - a) m).
/// Source: Preston, Heuveline & Guillot (2001), Demography, ch. 3.
constexpr Probability probability_of_dying(CentralRate m, Duration n, Duration a) {
  const double rate = m.per_person_year();
  return Probability::of(n.years() * rate / (1.0 + (n.years() - a.years()) * rate));
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
