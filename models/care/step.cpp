#include "models/care/step.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "engine/base/error.hpp"
#include "engine/random/normal.hpp"
#include "models/care/cohort.hpp"
#include "models/care/expected_events.hpp"
#include "models/care/random_events.hpp"

namespace kohort::care {
namespace {

constexpr double sum_tolerance = 1e-9;  ///< relative to the people of a cell where above 1

double normal(const StreamKey& key, const DrawBlock& block, Draw draw, Series series, Drawn drawn) {
  Stream numbers(
      key,
      {block.draw(draw.position()), no_year, {}, {}, Group(series.position()), event_of(drawn)});
  return sample_normal(numbers);
}

}  // namespace

CareProjection::CareProjection(const Frame& frame, CareRates rates,
                               const population::Chance& chance, bool closed)
    : frame_(frame), rates_(std::move(rates)), chance_(chance), closed_(closed) {}

std::vector<StreamKey> CareProjection::keys(std::uint64_t seed) const {
  std::vector<StreamKey> keys;
  for (const AreaDescription& area : frame_.areas) keys.emplace_back(seed, area.code);
  return keys;
}

void CareProjection::start(const population::PopulationState& people, CareStock& stock) const {
  draw_deviations(stock);
  const std::vector<StreamKey> keys = this->keys(stock.block.seed);
  const ExpectedCareEvents expected(stock.block.count);
  const RandomCareEvents random(frame_, stock.block, keys);
  const CareEvents& events =
      draws_events(stock.block) ? static_cast<const CareEvents&>(random) : expected;
  const std::size_t states = rates_.care.states.size();
  DeviationTable weights({states, frame_.areas.size(), stock.block.count}, 1.0);
  weigh(std::nullopt, stock, weights);
  const std::size_t cells = frame_.areas.size() * stock.block.count;
  StateSlabs shares(states, cells);
  StateSlabs parts(states, cells);
  for (const Sex sex : positions<Sex>(frame_.sexes.size())) {
    for (const CareAge age : positions<CareAge>(rates_.care.ages(frame_))) {
      weigh_shares(rates_.base, sex, age, weights, shares);
      // The base year ends no interval; its event has numbers that no interval asks for.
      const CareSite site{Interval(0), sex, rates_.care.age_of(age)};
      events.divide(site, Drawn::base, people.persons.slab(sex, rates_.care.age_of(age)), shares,
                    parts);
      for (const CareState state : positions<CareState>(states)) {
        const ConstSlab those = std::as_const(parts)[state];
        std::copy(those.begin(), those.end(), stock.persons.slab(state, sex, age).begin());
      }
    }
  }
}

/// The nation's course departs from that expected alike in all areas, the level of each by itself.
/// What is uncertain are published shares, so all states of a series depart together.
void CareProjection::draw_deviations(CareStock& stock) const {
  if (chance_.paths) {
    for (const RandomLever& lever : rates_.random_levers) {
      stock.levers.push_back({lever.on, {lever.factor, frame_, stock.block}});
    }
  }
  if (!chance_.paths || !rates_.uncertainty.any()) return;
  const std::size_t series = rates_.care.series.size();
  const std::size_t draws = stock.block.count;
  const std::vector<StreamKey> keys = this->keys(stock.block.seed);
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
  const CareUncertainty& sd = rates_.uncertainty;
  for (const CareState state : positions<CareState>(rates_.care.states.size())) {
    const auto& series = rates_.care.states[state.position()].series;
    if (!series) continue;
    const double course = interval ? sd.course(*interval, *series) : 0.0;
    for (const Area area : positions<Area>(frame_.areas.size())) {
      for (const Draw draw : positions<Draw>(stock.block.count)) {
        weights(state, area, draw) =
            std::exp(sd.level(*series, area) * stock.level(*series, area, draw) +
                     course * stock.national(*series, draw));
      }
    }
  }
}

void CareProjection::step(Interval interval, const People& people, CareStock& stock,
                          CareLedger& ledger) const {
  weigh(interval, stock, ledger.weights);
  if (draws_events(stock.block)) {
    const std::vector<StreamKey> keys = this->keys(stock.block.seed);
    step(interval, RandomCareEvents(frame_, stock.block, keys), people, stock, ledger);
  } else {
    step(interval, ExpectedCareEvents(stock.block.count), people, stock, ledger);
  }
  require_sums(people.state, stock);
}

void CareProjection::step(Interval interval, const CareEvents& events, const People& people,
                          CareStock& stock, CareLedger& ledger) const {
  if (rates_.method == Method::prevalence) {
    take_prevalence(interval, events, people, stock, ledger);
    return;
  }
  const Scene scene{*this, events, people};
  for (const Sex sex : positions<Sex>(frame_.sexes.size())) {
    // From the oldest on, so that nobody grows older twice.
    for (std::size_t age = frame_.ages(); age-- > rates_.care.first_age.position();) {
      CareCohort(scene, {interval, sex, Age(age)}, stock, ledger).live_through();
    }
  }
}

void CareProjection::take_prevalence(Interval interval, const CareEvents& events,
                                     const People& people, CareStock& stock,
                                     CareLedger& ledger) const {
  auto& work = ledger.workspace;
  for (const Sex sex : positions<Sex>(frame_.sexes.size())) {
    for (const CareAge age : positions<CareAge>(rates_.care.ages(frame_))) {
      const Age reached = rates_.care.age_of(age);
      weigh_shares(rates_.prevalence[interval.position()], sex, age, ledger.weights, work.shares);
      events.divide({interval, sex, reached}, Drawn::prevalence,
                    people.state.persons.slab(sex, reached), work.shares, work.people);
      for (const CareState state : positions<CareState>(rates_.care.states.size())) {
        const ConstSlab those = std::as_const(work.people)[state];
        std::copy(those.begin(), those.end(), stock.persons.slab(state, sex, age).begin());
      }
    }
  }
}

void CareProjection::require_sums(const population::PopulationState& people,
                                  const CareStock& stock) const {
  for (const Sex sex : positions<Sex>(frame_.sexes.size())) {
    for (const CareAge age : positions<CareAge>(rates_.care.ages(frame_))) {
      const ConstSlab all = people.persons.slab(sex, rates_.care.age_of(age));
      for (std::size_t at = 0; at < all.size(); ++at) {
        double sum = 0.0;
        for (const CareState state : positions<CareState>(rates_.care.states.size())) {
          sum += stock.persons.slab(state, sex, age)[at];
        }
        // Written so that what is no number fails.
        if (std::abs(sum - all[at]) <= sum_tolerance * std::max(1.0, all[at])) continue;
        const AreaDescription& area = frame_.areas[at / stock.block.count];
        throw Error(Fault::model,
                    Mistake{{},
                            fmt::format("area {}, {} aged {}: {:.17g} people, but {:.17g} in the "
                                        "states of care",
                                        area.code, frame_.sexes[sex.position()],
                                        frame_.first_age(rates_.care.age_of(age)), all[at], sum),
                            "this is a defect of the program: please report it with the scenario"});
      }
    }
  }
}

}  // namespace kohort::care
