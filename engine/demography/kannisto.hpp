// Mortality at the ages at which few live to be counted: the logistic law of Kannisto.
#pragma once

#include <span>
#include <vector>

namespace kohort {

/// m(x) = alpha exp(beta x) / (1 + alpha exp(beta x)), or logit m(x) = ln alpha + beta x, where x
/// is the middle of an age group. It levels off at 1 per year.
/// Source: Thatcher, Kannisto & Vaupel (1998), The Force of Mortality at Ages 80 to 120.
struct Kannisto {
  double log_alpha = 0.0;
  double beta = 0.0;  ///< per year of age

  /// The death rate of the single year of age that begins at `age`: the law at age + 1/2.
  double rate(double age) const;
};

/// Deaths and person-years of single years of age from `first_age`.
struct OldAgeCounts {
  double first_age = 80.0;
  std::span<const double> deaths;
  std::span<const double> exposure;
};

/// The law under which Poisson deaths are likeliest, by Newton's method on expected curvature.
/// Customary ages are 80-98. Ages without exposure do not count. Throws `std::invalid_argument` on
/// different lengths, and `Error` (Fault::input) on negative numbers, deaths without exposure,
/// deaths at fewer than two ages, and counts with which no law is likeliest.
/// Source: the same, appendix; Human Mortality Database, Methods Protocol v6, section 7.1.
Kannisto fit_kannisto(const OldAgeCounts& counts);

/// Which rates to give: single years of age from `first` to `open` - 1, then all from `open` on.
struct OldAges {
  int first = 95;
  int open = 100;
  int last = 120;  ///< the open group's own last age, from which nobody's rate rises further
};

/// The rates of the law by single year of age, and for the open group l / T: deaths per person-year
/// in the stationary population that survives by the law, with the deaths of each year half-way
/// through it, and the last age closed by its own rate. `open` - `first` + 1 numbers come back.
/// Throws `std::invalid_argument` unless first <= open <= last.
/// Source: Preston, Heuveline & Guillot (2001), ch. 3, for the open group.
std::vector<double> old_age_rates(const Kannisto& law, OldAges ages);

}  // namespace kohort
