#include "models/care/step.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "engine/base/error.hpp"
#include "engine/kernels/fast/kernels.hpp"
#include "engine/random/normal.hpp"
#include "models/care/chance.hpp"
#include "models/care/cohort.hpp"
#include "models/partition/expected_events.hpp"
#include "models/partition/random_events.hpp"

namespace kohort::care {
namespace {

double normal(const StreamKey& key, const DrawBlock& block, Draw draw, Series series, Drawn drawn) {
  Stream numbers(
      key,
      {block.draw(draw.position()), no_year, {}, {}, Group(series.position()), event_of(drawn)});
  return sample_normal(numbers);
}

}  // namespace

CareProjection::CareProjection(const Frame& frame, CareRates rates,
                               const population::Chance& chance, bool closed,
                               const CareSweepKernels* sweeps)
    : frame_(frame), rates_(std::move(rates)), chance_(chance), closed_(closed), sweeps_(sweeps) {}

bool CareProjection::goes_by_sweeps(const DrawBlock& block) const {
  return sweeps_ != nullptr && !draws_events(block) &&
         CareSweeps::know(rates_, chance_.paths, closed_);
}

Precision CareProjection::precision_of(const DrawBlock& block) const {
  return goes_by_sweeps(block) ? frame_.precision : Precision::in_double;
}

void CareProjection::start(const population::PopulationState& people, CareStock& stock) const {
  draw_deviations(stock);
  if (chance_.paths) {
    for (std::size_t kind = 0; kind < on_changes.size(); ++kind) {
      stock.levers[kind] = DrawnLevers(rates_.effects[kind], frame_, stock.block);
    }
  }
  const std::vector<StreamKey> keys = partition::keys_of(frame_, stock.block.seed);
  const partition::ExpectedPartEvents expected(stock.block.count);
  const partition::RandomPartEvents random(frame_, stock.block, keys);
  const partition::PartEvents& events =
      draws_events(stock.block) ? static_cast<const partition::PartEvents&>(random) : expected;
  const std::size_t states = rates_.care.states.size();
  DeviationTable weights({states, frame_.areas.size(), stock.block.count}, 1.0);
  weigh(std::nullopt, stock, weights);
  const std::size_t cells = frame_.areas.size() * stock.block.count;
  partition::PartSlabs shares(states, cells);
  partition::PartSlabs parts(states, cells);
  std::vector<double> room(cells);
  for (const Sex sex : positions<Sex>(frame_.sexes.size())) {
    for (const CareAge age : positions<CareAge>(rates_.care.ages(frame_))) {
      // The base year ends no interval; its event has numbers that no interval asks for.
      const partition::PartSite site{Interval(0), sex, rates_.care.age_of(age)};
      weigh_shares(rates_.base, site, age, weights, shares, room);
      events.divide(site, event_of(Drawn::base), people.persons.slab(sex, rates_.care.age_of(age)),
                    shares, parts);
      for (const CareState state : positions<CareState>(states)) {
        stock.persons.enter(std::as_const(parts)[state], state, sex, age);
      }
    }
  }
}

/// The nation's course departs from that expected alike in all areas, the level of each by itself.
/// What is uncertain are published shares, so all states of a series depart together.
void CareProjection::draw_deviations(CareStock& stock) const {
  if (!chance_.paths || !rates_.uncertainty.any()) return;
  const std::size_t series = rates_.care.series.size();
  const std::size_t draws = stock.block.count;
  const std::vector<StreamKey> keys = partition::keys_of(frame_, stock.block.seed);
  const StreamKey nation(stock.block.seed, "");
  stock.level = Table<double, Series, Area, Draw>({series, frame_.areas.size(), draws});
  stock.national = Table<double, Series, Draw>({series, draws});
  for (const Series one : positions<Series>(series)) {
    for (const Draw draw : positions<Draw>(draws)) {
      stock.national(one, draw) = normal(nation, stock.block, draw, one, Drawn::national_path);
      for (const Area area : positions<Area>(frame_.areas.size())) {
        stock.level(one, area, draw) =
            normal(keys[area.position()], stock.block, draw, one, Drawn::level_path);
      }
    }
  }
}

/// At the end of an interval, or at the base year, in which the nation's share is as published.
void CareProjection::weigh(std::optional<Interval> interval, const CareStock& stock,
                           DeviationTable& weights) const {
  if (stock.level.empty()) return;
  for (const CareState state : positions<CareState>(rates_.care.states.size())) {
    const auto& series = rates_.care.states[state.position()].series;
    if (!series) continue;
    const double course = interval ? rates_.uncertainty.course(*interval, *series) : 0.0;
    const partition::Slab of_state = weights.slab(state);
    std::size_t at = 0;
    for (const Area area : positions<Area>(frame_.areas.size())) {
      for (const Draw draw : positions<Draw>(stock.block.count)) {
        of_state[at++] = level(stock, *series, area, draw) + course * stock.national(*series, draw);
      }
    }
    kernels::fast::kernels<double>().exponentials(of_state, of_state);
  }
}

double CareProjection::level(const CareStock& stock, Series series, Area area, Draw draw) const {
  return rates_.uncertainty.level(series, area) * stock.level(series, area, draw);
}

/// What each draw departs by at the start of an interval, and how much more it does at its end.
void CareProjection::depart(Interval interval, const CareStock& stock,
                            Table<double, Departure, Area, Draw>& departures) const {
  if (stock.level.empty()) return;
  const auto& course = rates_.uncertainty.course;
  const std::size_t series = rates_.care.series.size();
  for (const Series one : positions<Series>(series)) {
    const bool first = interval == Interval(0);
    const double before = first ? 0.0 : course(Interval(interval.position() - 1), one);
    const double more = course(interval, one) - before;
    const partition::Slab at_start = departures.slab(Departure(one.position()));
    const partition::Slab gained = departures.slab(Departure(series + one.position()));
    std::size_t at = 0;
    for (const Area area : positions<Area>(frame_.areas.size())) {
      for (const Draw draw : positions<Draw>(stock.block.count)) {
        const double national = stock.national(one, draw);
        at_start[at] = level(stock, one, area, draw) + before * national;
        gained[at] = more * national;
        ++at;
      }
    }
  }
}

void CareProjection::step(Interval interval, const People& people, CareStock& stock,
                          CareLedger& ledger) const {
  for (DrawnLevers& levers : stock.levers) levers.advance(interval);
  weigh(interval, stock, ledger.weights);
  depart(interval, stock, ledger.departures);
  if (draws_events(stock.block)) {
    const std::vector<StreamKey> keys = partition::keys_of(frame_, stock.block.seed);
    step(interval, partition::RandomPartEvents(frame_, stock.block, keys), people, stock, ledger);
  } else if (goes_by_sweeps(stock.block)) {
    CareSweeps(frame_, rates_, interval, people, *sweeps_).step(stock, ledger);
  } else {
    step(interval, partition::ExpectedPartEvents(stock.block.count), people, stock, ledger);
  }
}

void CareProjection::step(Interval interval, const partition::PartEvents& events,
                          const People& people, CareStock& stock, CareLedger& ledger) const {
  if (rates_.method == Method::prevalence) {
    take_prevalence(interval, events, people, stock, ledger);
  } else {
    take_transitions(interval, events, people, stock, ledger);
  }
  partition::require_sums(frame_, people.state, stock.persons,
                          {"states of care", rates_.care.first_age});
}

void CareProjection::take_transitions(Interval interval, const partition::PartEvents& events,
                                      const People& people, CareStock& stock,
                                      CareLedger& ledger) const {
  const partition::Following following{
      frame_, events, people, population_draws, rates_.care.first_age, closed_};
  const Scene scene{*this, following};
  const std::size_t draws = stock.block.count;
  const auto for_all = [&](Sex sex, Age age, void (CareCohort::*happens)()) {
    partition::for_some_areas(frame_.areas.size(), draws, [&](Area first, std::size_t areas) {
      ledger.resize(areas * draws);
      CareCohort cohort(scene, {interval, sex, age, first}, stock, ledger);
      (cohort.*happens)();
    });
  };
  for (const Sex sex : positions<Sex>(frame_.sexes.size())) {
    // From the oldest on, so that nobody grows older twice.
    for (std::size_t age = frame_.ages(); age-- > rates_.care.first_age.position();) {
      ledger.workspace.pool.clear();
      for_all(sex, Age(age), &CareCohort::set_out);
      for_all(sex, Age(age), &CareCohort::settle);
    }
  }
}

void CareProjection::take_prevalence(Interval interval, const partition::PartEvents& events,
                                     const People& people, CareStock& stock,
                                     CareLedger& ledger) const {
  auto& work = ledger.workspace;
  const std::size_t draws = stock.block.count;
  const auto take = [&](const partition::PartSite& site, CareAge age, std::size_t cells) {
    const std::size_t begin = site.first.position() * draws;
    weigh_shares(rates_.prevalence[interval.position()], site, age, ledger.weights, work.shares,
                 work.count);
    events.divide(site, event_of(Drawn::prevalence),
                  people.state.persons.slab(site.sex, site.age).subspan(begin, cells), work.shares,
                  work.people);
    for (const CareState state : positions<CareState>(rates_.care.states.size())) {
      const partition::ConstSlab those = std::as_const(work.people)[state];
      const partition::Slab all = stock.persons.as<double>().slab(state, site.sex, age);
      std::copy(those.begin(), those.end(), all.subspan(begin, cells).begin());
    }
  };
  for (const Sex sex : positions<Sex>(frame_.sexes.size())) {
    for (const CareAge age : positions<CareAge>(rates_.care.ages(frame_))) {
      partition::for_some_areas(frame_.areas.size(), draws, [&](Area first, std::size_t areas) {
        ledger.resize(areas * draws);
        take({interval, sex, rates_.care.age_of(age), first}, age, areas * draws);
      });
    }
  }
}

}  // namespace kohort::care
