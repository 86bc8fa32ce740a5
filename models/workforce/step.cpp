#include "models/workforce/step.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include <fmt/format.h>

#include "engine/base/error.hpp"
#include "models/partition/expected_events.hpp"
#include "models/partition/random_events.hpp"
#include "models/workforce/base_staff.hpp"
#include "models/workforce/chance.hpp"
#include "models/workforce/cohort.hpp"
#include "models/workforce/levers.hpp"

namespace kohort::workforce {

using partition::ConstSlab;
using partition::Slab;

StaffProjection::StaffProjection(const Frame& frame, StaffRates rates,
                                 const population::Chance& chance, bool closed,
                                 const StaffSweepKernels* sweeps)
    : frame_(frame), rates_(std::move(rates)), chance_(chance), closed_(closed), sweeps_(sweeps) {
  if (chance_.events) whole_base_ = whole_staff(rates_.base);
}

bool StaffProjection::goes_by_sweeps(const DrawBlock& block) const {
  return sweeps_ != nullptr && !draws_events(block) &&
         StaffSweeps::know(rates_, chance_.paths, closed_);
}

Precision StaffProjection::precision_of(const DrawBlock& block) const {
  return goes_by_sweeps(block) ? frame_.precision : Precision::in_double;
}

void StaffProjection::start(const population::PopulationState& people, StaffStock& stock) const {
  if (chance_.paths) draw_levers(stock);
  const StaffTable& base = draws_events(stock.block) ? whole_base_ : rates_.base;
  const std::size_t draws = stock.block.count;
  std::vector<double> others;
  std::vector<double> staff(frame_.areas.size() * draws);
  for (const Sex sex : positions<Sex>(frame_.sexes.size())) {
    for (const PartAge age : positions<PartAge>(rates_.frame.ages())) {
      const ConstSlab all = people.persons.slab(sex, rates_.frame.age_of(age));
      others.assign(all.begin(), all.end());
      for (const Occupation one : positions<Occupation>(rates_.frame.occupations.size())) {
        for (std::size_t at = 0; at < staff.size(); ++at) {
          // Rounding the people of the base year may leave fewer than there were staff.
          staff[at] = std::min(others[at], base(one, sex, age, Area(at / draws)));
          others[at] -= staff[at];
        }
        stock.people.enter(staff, part_of(one), sex, age);
      }
      stock.people.enter(others, outside, sex, age);
    }
  }
  count_heads(stock.people, stock.heads);
}

void StaffProjection::draw_levers(StaffStock& stock) const {
  const auto draw = [&](const std::vector<std::vector<Effect>>& effects) {
    return drawn_by_occupation(effects, frame_, stock.block);
  };
  const StaffEffects& effects = rates_.effects;
  stock.levers = {draw(effects.retirement), draw(effects.exit), draw(effects.entry),
                  draw(effects.abroad)};
}

void StaffProjection::step(Interval interval, const People& people, StaffStock& stock,
                           StaffLedger& ledger) const {
  DrawnStaffLevers& levers = stock.levers;
  for (auto* kind : {&levers.retirement, &levers.exit, &levers.entry, &levers.abroad}) {
    for (DrawnLevers& of_occupation : *kind) of_occupation.advance(interval);
  }
  ledger.flows.clear();
  count_immigrants(interval, people, stock, ledger);
  std::swap(stock.heads, ledger.heads_before);
  retire_the_oldest(stock, ledger);
  if (draws_events(stock.block)) {
    const std::vector<StreamKey> keys = partition::keys_of(frame_, stock.block.seed);
    step(interval, partition::RandomPartEvents(frame_, stock.block, keys), people, stock, ledger);
  } else if (goes_by_sweeps(stock.block)) {
    StaffSweeps(frame_, rates_, interval, people, *sweeps_).step(stock, ledger);
  } else {
    step(interval, partition::ExpectedPartEvents(stock.block.count), people, stock, ledger);
  }
  require_balance(stock, ledger);
}

void StaffProjection::step(Interval interval, const partition::PartEvents& events,
                           const People& people, StaffStock& stock, StaffLedger& ledger) const {
  const partition::Following following{
      frame_, events, people, population_draws, rates_.frame.first_age, closed_};
  const Scene scene{rates_, following, draws_events(stock.block)};
  const std::size_t draws = stock.block.count;
  const auto for_all = [&](Sex sex, Age age, void (StaffCohort::*happens)()) {
    partition::for_some_areas(frame_.areas.size(), draws, [&](Area first, std::size_t areas) {
      ledger.resize(areas * draws);
      StaffCohort cohort(scene, {interval, sex, age, first}, stock, ledger);
      (cohort.*happens)();
    });
  };
  for (const Sex sex : positions<Sex>(frame_.sexes.size())) {
    // From the oldest on, so that nobody grows older twice.
    for (std::size_t at = rates_.frame.ages(); at-- > 0;) {
      const Age age = rates_.frame.age_of(PartAge(at));
      ledger.workspace.pool.clear();
      for_all(sex, age, &StaffCohort::set_out);
      for_all(sex, age, &StaffCohort::settle);
    }
  }
  partition::require_sums(frame_, people.state, stock.people,
                          {"occupations and outside them", rates_.frame.first_age});
  count_heads(stock.people, stock.heads);
}

/// Who grows older than staff can be retires at the turn of the year.
void StaffProjection::retire_the_oldest(const StaffStock& stock, StaffLedger& ledger) const {
  const PartAge last(rates_.frame.ages() - 1);
  std::vector<double> room;
  for (const Occupation one : positions<Occupation>(rates_.frame.occupations.size())) {
    const Slab retired = ledger.flows[StaffFlow::retirements].slab(one);
    for (const Sex sex : positions<Sex>(frame_.sexes.size())) {
      const ConstSlab staff = stock.people.slab(part_of(one), sex, last, room);
      std::transform(retired.begin(), retired.end(), staff.begin(), retired.begin(), std::plus<>());
    }
  }
}

/// Enters this year's immigrants of the ages of staff, and sums over the years those who by now are
/// to find an occupation.
void StaffProjection::count_immigrants(Interval interval, const People& people, StaffStock& stock,
                                       StaffLedger& ledger) const {
  std::fill(ledger.from_abroad.begin(), ledger.from_abroad.end(), 0.0);
  if (rates_.delay.empty()) return;
  auto& immigrants = stock.immigrants;
  const std::size_t lags = immigrants.extent<Lag>();
  for (std::size_t lag = lags; --lag > 0;) {
    const auto younger = std::as_const(immigrants).slab(Lag(lag - 1));
    std::copy(younger.begin(), younger.end(), immigrants.slab(Lag(lag)).begin());
  }
  const auto now = immigrants.slab(Lag(0));
  std::fill(now.begin(), now.end(), 0.0);
  const auto& flow = people.events.flows[population::Flow::immigration];
  for (const Sex sex : positions<Sex>(frame_.sexes.size())) {
    for (const PartAge age : positions<PartAge>(rates_.frame.ages())) {
      const ConstSlab those = flow.slab(sex, rates_.frame.age_of(age));
      std::transform(now.begin(), now.end(), those.begin(), now.begin(), std::plus<>());
    }
  }
  for (const Lag lag : positions<Lag>(lags)) {
    if (interval == Interval(0)) std::copy(now.begin(), now.end(), immigrants.slab(lag).begin());
    const auto those = std::as_const(immigrants).slab(lag);
    for (std::size_t at = 0; at < those.size(); ++at) {
      ledger.from_abroad[at] += rates_.delay[lag.position()] * those[at];
    }
  }
}

void StaffProjection::require_balance(const StaffStock& stock, const StaffLedger& ledger) const {
  // Relative to the heads where above 1.
  const double tolerance = stock.people.precision() == Precision::in_single ? 1e-5 : 1e-9;
  const StaffAmounts& before = ledger.heads_before;
  for (std::size_t at = 0; at < before.size(); ++at) {
    double expected = before.values()[at];
    for (std::size_t flow = 0; flow < staff_flow_count; ++flow) {
      expected += staff_flow_sign[flow] * ledger.flows[static_cast<StaffFlow>(flow)].values()[at];
    }
    const double found = stock.heads.values()[at];
    // Written so that what is no number fails.
    if (std::abs(found - expected) <= tolerance * std::max(1.0, before.values()[at])) continue;
    const std::size_t draws = before.extent<Draw>();
    const std::size_t occupation = at / draws / frame_.areas.size();
    Mistake mistake;
    mistake.what = fmt::format("area {}, {}: {:.17g} staff, but {:.17g} by those who came and went",
                               frame_.areas[at / draws % frame_.areas.size()].code,
                               rates_.frame.occupations[occupation], found, expected);
    mistake.remedy = "this is a defect of the program: please report it with the scenario";
    throw Error(Fault::model, std::move(mistake));
  }
}

}  // namespace kohort::workforce
