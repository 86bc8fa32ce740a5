#include "models/population/step.hpp"

#include <algorithm>

#include "models/population/accounts.hpp"
#include "models/population/births.hpp"
#include "models/population/cohort.hpp"
#include "models/population/expected_events.hpp"
#include "models/population/random_events.hpp"
#include "models/population/sweeps.hpp"

namespace kohort::population {
namespace {

/// Everybody becomes one age group older: who was in group a stands at risk in row a + 1. Persons
/// and flows start the interval at zero, and so do the newborn.
void age(const Frame& frame, PopulationState& state, PopulationLedger& ledger) {
  const auto clear = [](Slab slab) { std::fill(slab.begin(), slab.end(), 0.0); };
  for (const Sex sex : positions<Sex>(frame.sexes.size())) {
    clear(ledger.at_risk.slab(sex, CohortRow(0)));
    for (const Age age : positions<Age>(frame.ages())) {
      const auto persons = state.persons.slab(sex, age);
      const auto at_risk = ledger.at_risk.slab(sex, CohortRow(age.position() + 1));
      std::copy(persons.begin(), persons.end(), at_risk.begin());
    }
  }
  clear(state.persons.values());
  for (PersonTable& flow : ledger.flows) clear(flow.values());
  clear(ledger.joined_at_start.values());
  ledger.may_have_births.assign(frame.ages(), true);
  ledger.may_have_net_migrants = true;
}

}  // namespace

Projection::Projection(const Frame& frame, Rates rates, const Conventions& conventions,
                       const Chance& chance)
    : frame_(frame),
      rates_(std::move(rates)),
      conventions_(conventions),
      chance_(chance),
      sweeps_(Sweeps::know(frame_, rates_, conventions_)) {
  if (sweeps_ && chance_.paths) log_survival_ = log_survival(rates_);
  if (chance_.events) chooser_ = DestinationChooser(frame_, rates_);
}

std::vector<StreamKey> Projection::keys(std::uint64_t seed) const {
  std::vector<StreamKey> keys;
  for (const AreaDescription& area : frame_.areas) keys.emplace_back(seed, area.code);
  return keys;
}

void Projection::step(Interval interval, PopulationState& state, PopulationLedger& ledger,
                      const SlabDone& done) const {
  if (!chance_.any()) {
    step_as_expected(interval, state, ledger, done);
    return;
  }
  const std::vector<StreamKey> keys = this->keys(state.block.seed);
  if (chance_.paths) {
    state.deviations.advance(frame_, rates_.uncertainty, state.block, interval, keys);
  }
  if (chance_.events && state.block.events) {
    step(interval, RandomEvents(frame_, chooser_, state.block, keys), state, ledger);
  } else {
    step_as_expected(interval, state, ledger, done);
  }
}

void Projection::step_as_expected(Interval interval, PopulationState& state,
                                  PopulationLedger& ledger, const SlabDone& done) const {
  if (sweeps_) {
    Sweeps(frame_, rates_, conventions_, log_survival_).step(interval, state, ledger, done);
  } else {
    step(interval, ExpectedEvents(frame_, rates_), state, ledger);
  }
}

void Projection::step(Interval interval, const Events& events, PopulationState& state,
                      PopulationLedger& ledger) const {
  const Scene scene{frame_, rates_, conventions_, events};
  const auto cohort = [&](Sex sex, CohortRow row) {
    return Cohort(scene, {interval, sex, row}, state, ledger);
  };
  age(frame_, state, ledger);
  for (const Sex sex : positions<Sex>(frame_.sexes.size())) {
    for (const CohortRow row : positions<CohortRow>(frame_.rows())) {
      if (row != CohortRow(0)) cohort(sex, row).live_through();
    }
    for (const Age age : positions<Age>(frame_.ages())) {
      if (age != Age(0)) cohort(sex, CohortRow(age.position())).meet_target();
    }
  }
  bear(interval, scene, state, ledger);
  for (const Sex sex : positions<Sex>(frame_.sexes.size())) {
    cohort(sex, CohortRow(0)).live_through();
    cohort(sex, CohortRow(0)).meet_target();
  }
  const bool closed = rates_.in_migrants.empty();
  require_balance(interval, frame_, state, ledger, closed);
}

}  // namespace kohort::population
