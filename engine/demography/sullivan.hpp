// Health expectancy: how many of the years of a life table are lived in good health, or without
// care.
#pragma once

#include <span>
#include <vector>

namespace kohort {

/// A life table and a survey or register of the same period, with one entry per age group, the last
/// of which is open.
struct SullivanInput {
  std::span<const double> person_years;  ///< L, for any radix
  std::span<const double> survivors;     ///< l at the first age of the group, for the same radix
  std::span<const double> with_need;     ///< pi: share of the persons of the group; 0 to 1
  std::span<const double> sample_size;   ///< n: persons whom the share is of; may be left empty
};

/// One entry per age group, from its first age on.
struct HealthExpectancy {
  std::vector<double> healthy_person_years;  ///< L (1 - pi)
  std::vector<double> healthy_years_above;   ///< T: their sum over this group and those above
  std::vector<double> expectancy;            ///< T / l, years
  /// Of the expectancy, from the sampling of the shares alone, years: the square root of
  /// sum L^2 pi (1 - pi) / n / l^2. Empty where no sample sizes are given.
  std::vector<double> standard_error;
};

/// The years that a life table cohort would live without need if at each age the shares of the
/// period held: the prevalence-only method, which knows nothing of how people come to need care or
/// recover, and lags behind when incidence changes. Source: Sullivan (1971), A single index of
/// mortality and morbidity, HSMHA Health Reports 86(4); the variance, for random samples and a life
/// table without error: Mathers (1991), as in Jagger et al. (2014), Health Expectancy Calculation
/// by the Sullivan Method, 4th ed.
///
/// Throws `std::invalid_argument` on no age group or unequal lengths, and `Error` (Fault::input) on
/// shares outside 0 to 1, negative person-years, and survivors or sample sizes that are not
/// positive.
HealthExpectancy sullivan(const SullivanInput& input);

}  // namespace kohort
