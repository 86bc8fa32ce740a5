#include "models/population/step.hpp"

#include <algorithm>

#include "models/population/accounts.hpp"
#include "models/population/births.hpp"
#include "models/population/cohort.hpp"

namespace kohort::population {
namespace {

/// Everybody becomes one age group older: who was in group a stands at risk in row a + 1. Persons
/// and flows start the interval at zero, and so do the newborn.
void age(const Frame& frame, PopulationState& state) {
  for (const Sex sex : positions<Sex>(frame.sexes.size())) {
    const auto newborn = state.at_risk.slab(sex, CohortRow(0));
    std::fill(newborn.begin(), newborn.end(), 0.0);
    for (const Age age : positions<Age>(frame.ages())) {
      const auto persons = state.persons.slab(sex, age);
      const auto at_risk = state.at_risk.slab(sex, CohortRow(age.position() + 1));
      std::copy(persons.begin(), persons.end(), at_risk.begin());
      std::fill(persons.begin(), persons.end(), 0.0);
    }
  }
  for (PersonTable& flow : state.flows) {
    std::fill(flow.values().begin(), flow.values().end(), 0.0);
  }
  const auto joined = state.joined_at_start.values();
  std::fill(joined.begin(), joined.end(), 0.0);
}

}  // namespace

void Projection::step(Interval interval, PopulationState& state) const {
  Cohort cohort(frame_, rates_, conventions_, state);
  age(frame_, state);
  for (const Sex sex : positions<Sex>(frame_.sexes.size())) {
    for (const CohortRow row : positions<CohortRow>(frame_.rows())) {
      if (row != CohortRow(0)) cohort.live_through(interval, sex, row);
    }
    for (const Age age : positions<Age>(frame_.ages())) {
      if (age != Age(0)) cohort.meet_target(interval, sex, age);
    }
  }
  bear(interval, frame_, rates_, conventions_, state);
  for (const Sex sex : positions<Sex>(frame_.sexes.size())) {
    cohort.live_through(interval, sex, CohortRow(0));
    cohort.meet_target(interval, sex, Age(0));
  }
  require_balance(interval, frame_, state);
}

}  // namespace kohort::population
