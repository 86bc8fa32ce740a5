#include "engine/evaluate/naive.hpp"

#include <limits>
#include <numeric>
#include <stdexcept>

namespace kohort::evaluate {
namespace {

using People = std::vector<double>;

/// The ages from `first` up to, but not including, `end`.
double sum(const People& people, std::size_t first, std::size_t end) {
  const auto at = [&](std::size_t age) {
    return people.begin() + static_cast<std::ptrdiff_t>(age);
  };
  return std::accumulate(at(first), at(end), 0.0);
}

double ratio(double now, double before) {
  return before > 0.0 ? now / before : std::numeric_limits<double>::quiet_NaN();
}

/// Those who are alive now, of one sex.
People survivors(const People& before, const People& now, std::size_t years) {
  People later(now.size(), 0.0);
  for (std::size_t age = years; age < open_cohort; ++age) {
    later[age] = now[age - years] * ratio(now[age], before[age - years]);
  }
  const std::size_t entering = open_cohort - years;
  const double growth = ratio(sum(now, entering, now.size()), sum(before, entering, before.size()));
  for (std::size_t age = open_cohort; age < now.size(); ++age) later[age] = now[age] * growth;
  return later;
}

/// How many more women there are who may be mothers of children of an age.
double growth_of_mothers(const People& now, const People& later, std::size_t age_of_child) {
  constexpr std::size_t of_small = 5;
  const std::size_t first = age_of_child < of_small ? 15 : 20;
  constexpr std::size_t span = 30;
  return ratio(sum(later, first, first + span), sum(now, first, first + span));
}

}  // namespace

double constant_share(double part, double whole_now, double whole_ahead) {
  if (!(whole_now > 0.0)) throw std::invalid_argument("a share of nothing");
  return part / whole_now * whole_ahead;
}

PeopleByAge cohort_ratios(const PeopleByAge& before, const PeopleByAge& now, std::size_t years) {
  const std::size_t ages = now.female.size();
  if (before.female.size() != ages || before.male.size() != ages || now.male.size() != ages) {
    throw std::invalid_argument("cohorts of other ages");
  }
  if (ages <= open_cohort || years == 0 || years > most_cohort_years) {
    throw std::invalid_argument("cohorts cannot be followed that far");
  }
  PeopleByAge later{survivors(before.female, now.female, years),
                    survivors(before.male, now.male, years)};
  for (std::size_t age = 0; age < years; ++age) {
    const double growth = growth_of_mothers(now.female, later.female, age);
    later.female[age] = now.female[age] * growth;
    later.male[age] = now.male[age] * growth;
  }
  return later;
}

}  // namespace kohort::evaluate
