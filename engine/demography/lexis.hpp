// From ages at the event to ages at the end of the year.
//
// The deaths (or births) of a calendar year at age a lie in a square of the Lexis diagram that two
// birth cohorts cross: those who turn a in the year, in the lower triangle, and those who turned a
// in the year before, in the upper one. Registers count by cohort; vital statistics by square.
#pragma once

#include <span>
#include <vector>

namespace kohort {

/// The share of the deaths at age 0 that happen in the calendar year of birth. A child born at a
/// time spread evenly over the year who dies at age x does so in that year with probability 1 - x;
/// hence 1 - a0, where a0 are the years lived by those who die in infancy.
constexpr double infant_lower_share(double infant_years) { return 1.0 - infant_years; }

/// Events by age attained at the year's end from events by age at last birthday; the last age is
/// open. Half of each age's events are in either triangle, but for age 0, where `lower_share_at_0`
/// are in the lower one.
std::vector<double> by_age_at_year_end(std::span<const double> by_age_at_event,
                                       double lower_share_at_0);

}  // namespace kohort
