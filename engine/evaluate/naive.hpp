// Forecasts that know no demography: what any other must be better than. README.md has the sources.
#pragma once

#include <cstddef>
#include <vector>

namespace kohort::evaluate {

/// Goes on as between two moments: by as much in each year.
struct Line {
  double before = 0.0;
  double now = 0.0;
  double years_between = 1.0;  ///< above 0

  double ahead(double years) const { return now + (now - before) * years / years_between; }
};

/// A part that keeps its share of the whole. Throws `std::invalid_argument` where the whole is not
/// above 0.
double constant_share(double part, double whole_now, double whole_ahead);

/// People of both sexes by single years of age, the last open.
struct PeopleByAge {
  std::vector<double> female;
  std::vector<double> male;
};

/// From this age on all people are one cohort: higher up hardly anybody is left in a small area.
inline constexpr std::size_t open_cohort = 90;
/// The furthest that cohort ratios look: women of 15 must have been born.
inline constexpr std::size_t most_cohort_years = 15;

/// Each birth cohort changes within `years` in the proportion in which the cohort that was as old
/// before did. Those from `open_cohort` on change together and keep their structure. Children born
/// after now stand to the women of 15-44 (under 5 years of age) or 20-49 as children of that age do
/// now. NaN where a cohort had nobody. Throws `std::invalid_argument` unless both have the same
/// ages, beyond the open cohort, and years are 1 to `most_cohort_years`. Source: Hamilton & Perry
/// (1962), Journal of the American Institute of Planners 28(2); Smith, Tayman & Swanson (2013),
/// ch. 7.
PeopleByAge cohort_ratios(const PeopleByAge& before, const PeopleByAge& now, std::size_t years);

}  // namespace kohort::evaluate
