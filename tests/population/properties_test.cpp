// What must hold of every projection, whatever the rates: rapidcheck tries many.
#include <algorithm>
#include <cmath>
#include <numeric>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "engine/table/tabulate.hpp"
#include "models/population/rates/adjustment.hpp"
#include "models/population/rates/destinations.hpp"
#include "models/population/sweeps.hpp"
#include "tests/support/example.hpp"

namespace kohort::population {
namespace {

using test::Example;
using test::ExampleShape;
using States = std::vector<std::unique_ptr<test::Seen>>;

ExampleShape any_shape() {
  ExampleShape shape;
  shape.areas = *rc::gen::inRange<std::size_t>(1, 5);
  shape.groups = *rc::gen::inRange<std::size_t>(1, 4);
  shape.step = *rc::gen::element(1, 5);
  shape.open_age = *rc::gen::inRange(3, 9);
  return shape;
}

Example any_example() {
  std::mt19937_64 random(*rc::gen::arbitrary<unsigned>());
  return test::busy_example(any_shape(), random);
}

double sum(std::span<const double> values) {
  return std::accumulate(values.begin(), values.end(), 0.0);
}

bool close(double a, double b, double tolerance = 1e-9) {
  return std::abs(a - b) <= tolerance * std::max({1.0, std::abs(a), std::abs(b)});
}

void expect_close(std::span<const double> a, std::span<const double> b) {
  RC_ASSERT(a.size() == b.size());
  for (std::size_t at = 0; at < a.size(); ++at) RC_ASSERT(close(a[at], b[at]));
}

RC_GTEST_PROP(Population, WithoutEventsOnlyAges, ()) {
  std::mt19937_64 random(*rc::gen::arbitrary<unsigned>());
  const Example example = test::still_example(any_shape(), random);
  const States states = test::run(example);
  const std::size_t open = example.frame.ages() - 1;
  for (std::size_t t = 0; t + 1 < states.size(); ++t) {
    for (const Sex sex : positions<Sex>(2)) {
      const auto now = [&](std::size_t age) { return states[t]->persons.slab(sex, Age(age)); };
      const auto next = [&](std::size_t age) { return states[t + 1]->persons.slab(sex, Age(age)); };
      RC_ASSERT(sum(next(0)) == 0.0);
      for (std::size_t age = 1; age < open; ++age) {
        RC_ASSERT(std::equal(next(age).begin(), next(age).end(), now(age - 1).begin()));
      }
      for (std::size_t place = 0; place < next(open).size(); ++place) {
        RC_ASSERT(close(next(open)[place], now(open - 1)[place] + now(open)[place]));
      }
    }
  }
}

RC_GTEST_PROP(Population, LosesAndGainsNobodyInDomesticMoves, ()) {
  const States states = test::run(any_example());
  for (const auto& state : states) {
    for (const Sex sex : positions<Sex>(2)) {
      for (const Age age : positions<Age>(state->persons.extent<Age>())) {
        RC_ASSERT(close(sum(state->flow(Flow::domestic_in).slab(sex, age)),
                        sum(state->flow(Flow::domestic_out).slab(sex, age)), 1e-12));
        RC_ASSERT(close(sum(state->flow(Flow::group_in).slab(sex, age)),
                        sum(state->flow(Flow::group_out).slab(sex, age)), 1e-12));
      }
    }
  }
}

RC_GTEST_PROP(Population, BalancesItsAccountFromYearToYear, ()) {
  const Example example = any_example();
  const States states = test::run(example);
  for (std::size_t t = 1; t < states.size(); ++t) {
    const test::Seen& now = *states[t];
    double expected = sum(states[t - 1]->persons.values());
    for (const auto& [flow, sign] : {std::pair{Flow::births, 1.0},
                                     {Flow::deaths, -1.0},
                                     {Flow::domestic_in, 1.0},
                                     {Flow::domestic_out, -1.0},
                                     {Flow::immigration, 1.0},
                                     {Flow::emigration, -1.0}}) {
      expected += sign * sum(now.flow(flow).values());
    }
    RC_ASSERT(close(sum(now.persons.values()), expected));
  }
}

RC_GTEST_PROP(Population, HasNoNegativeStocksOrGrossFlows, ()) {
  for (const auto& state : test::run(any_example())) {
    for (const double persons : state->persons.values()) RC_ASSERT(persons >= 0.0);
    for (const Flow flow : {Flow::births, Flow::deaths, Flow::domestic_in, Flow::emigration}) {
      for (const double events : state->flow(flow).values()) RC_ASSERT(events >= 0.0);
    }
  }
}

RC_GTEST_PROP(Population, ScalesWithItsInputs, ()) {
  const Example example = any_example();
  const double factor = *rc::gen::element(0.01, 0.5, 3.0, 1000.0);
  Example scaled = example;
  for (double& persons : scaled.base.values()) persons *= factor;
  ArrivalCounts immigrants = example.rates.immigrants.at(Interval(0));
  for (double& persons : immigrants.persons.values()) persons *= factor;
  for (double& persons : immigrants.at_start.values()) persons *= factor;
  scaled.rates.immigrants = Series(std::move(immigrants));
  const States a = test::run(example);
  const States b = test::run(scaled);
  for (std::size_t at = 0; at < a.back()->persons.size(); ++at) {
    const double ours = a.back()->persons.values()[at] * factor;
    const double theirs = b.back()->persons.values()[at];
    RC_ASSERT(std::abs(ours - theirs) <= 1e-9 * ours);
  }
}

/// The same table with its areas in another order, or some of them twice.
template <class T, class Of>
void rearrange(T& table, const T& from, std::size_t areas, std::span<const Of> source) {
  // Area is the last axis of every table of rates.
  const std::size_t old_areas = from.size() / (table.size() / areas);
  for (std::size_t at = 0; at < table.size(); ++at) {
    table.values()[at] = from.values()[at / areas * old_areas + source[at % areas]];
  }
}

template <class T>
T rearranged(const T& table, std::span<const std::size_t> source) {
  auto extents = table.extents();
  extents.back() = source.size();
  T result(extents);
  rearrange(result, table, source.size(), source);
  return result;
}

/// The example with its areas as `source` says; `share` of each old area's people and immigrants
/// goes to each new one.
Example with_areas(const Example& example, std::span<const std::size_t> source, double share) {
  const Interval all(0);
  Example result = example;
  result.frame.areas.clear();
  for (const std::size_t area : source) result.frame.areas.push_back(example.frame.areas[area]);
  result.base = rearranged(example.base, source);
  for (double& persons : result.base.values()) persons *= share;
  const Rates& from = example.rates;
  Rates& to = result.rates;
  to.dying = Series(rearranged(from.dying.at(all), source));
  to.emigrating = Series(rearranged(from.emigrating.at(all), source));
  to.moving = Series(rearranged(from.moving.at(all), source));
  if (!from.transferring.empty())
    to.transferring = Series(rearranged(from.transferring.at(all), source));
  ArrivalCounts arrivals{rearranged(from.immigrants.at(all).persons, source),
                         rearranged(from.immigrants.at(all).at_start, source)};
  for (double& persons : arrivals.persons.values()) persons *= share;
  for (double& persons : arrivals.at_start.values()) persons *= share;
  to.immigrants = Series(std::move(arrivals));
  to.fertility = Series(rearranged(from.fertility.at(all), source));
  to.share_of_boys = Series(rearranged(from.share_of_boys.at(all), source));
  to.newborn_groups = Series(rearranged(from.newborn_groups.at(all), source));
  Destinations destinations = from.destinations.at(all);
  const auto old_shares = destinations.shares;
  destinations.shares = tabulate<decltype(destinations.shares)>(
      {2, 2, source.size(), source.size()},
      [&](Sex sex, AgeClass age, Area origin, Destination to_area) {
        return share * old_shares(sex, age, Area(source[origin.position()]),
                                  Destination(source[to_area.position()]));
      });
  to.destinations = Series(std::move(destinations));
  return result;
}

RC_GTEST_PROP(Population, IsTheSameWhenItsAreasChangePlaces, ()) {
  const Example example = any_example();
  std::vector<std::size_t> order(example.frame.areas.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::reverse(order.begin(), order.end());
  const States ours = test::run(example);
  const States theirs = test::run(with_areas(example, order, 1.0));
  const auto expected = rearranged(
      Table<double, Sex, Age, Group, Area>(tabulate<Table<double, Sex, Age, Group, Area>>(
          age_extents(example.frame),
          [&](Sex s, Age a, Group g, Area k) {
            return ours.back()->persons(s, a, g, k, Draw(0));
          })),
      std::span<const std::size_t>(order));
  expect_close(theirs.back()->persons.values(), expected.values());
}

RC_GTEST_PROP(Population, HasTheSameSumWhenAreasAreSplitInHalves, ()) {
  const Example example = any_example();
  std::vector<std::size_t> twice;
  for (std::size_t area = 0; area < example.frame.areas.size(); ++area) {
    twice.insert(twice.end(), {area, area});
  }
  const States whole = test::run(example);
  const States halves = test::run(with_areas(example, twice, 0.5));
  for (const Sex sex : positions<Sex>(2)) {
    for (const Age age : positions<Age>(example.frame.ages())) {
      const auto persons = whole.back()->persons.slab(sex, age);
      const auto split = halves.back()->persons.slab(sex, age);
      for (std::size_t place = 0; place < persons.size(); ++place) {
        RC_ASSERT(close(persons[place], split[2 * place] + split[2 * place + 1]));
      }
    }
  }
}

RC_GTEST_PROP(Population, GivesEveryDrawWhatItGivesOneAlone, ()) {
  const Example example = any_example();
  const States one = test::run(example, 1);
  const States three = test::run(example, 3);
  for (std::size_t cell = 0; cell < one.back()->persons.size(); ++cell) {
    for (std::size_t draw = 0; draw < 3; ++draw) {
      RC_ASSERT(three.back()->persons.values()[cell * 3 + draw] ==
                one.back()->persons.values()[cell]);
    }
  }
}

RC_GTEST_PROP(Population, DoesNotSeeAnotherRunInTheSameProcess, ()) {
  const Example first = any_example();
  const Example second = any_example();
  const States alone = test::run(first);
  const PopulationModel a = first.model();
  const PopulationModel b = second.model();
  const auto ledger_a = a.ledger(1);
  const auto ledger_b = b.ledger(1);
  const auto state_a = a.start({}, *ledger_a);
  const auto state_b = b.start({}, *ledger_b);
  for (const Interval interval : positions<Interval>(first.frame.intervals)) {
    a.step(interval, *state_a, *ledger_a);
    b.step(interval, *state_b, *ledger_b);
  }
  const auto values = a.values(*state_a, *ledger_a, 0).all();
  RC_ASSERT(std::equal(values.begin(), values.end(), alone.back()->persons.values().begin()));
}

/// One group, and conventions that the fused sweeps know; rates differ between draws or do not.
struct Swept {
  Example example;
  Chance chance;
  std::size_t draws;
};

DeviationProcess any_process(std::size_t areas) {
  DeviationProcess process;
  process.kind = *rc::gen::element(DeviationKind::none, DeviationKind::ar1);
  process.phi = process.area_phi = 0.5;
  process.national_sd = 0.3;
  process.area_sd.assign(areas, 0.1);
  return process;
}

Swept any_swept() {
  ExampleShape shape = any_shape();
  shape.groups = 1;
  shape.areas += 1;
  std::mt19937_64 random(*rc::gen::arbitrary<unsigned>());
  Swept swept{test::busy_example(shape, random), {}, *rc::gen::inRange<std::size_t>(1, 20)};
  swept.example.conventions.fertility_exposure = FertilityExposure::stocks;
  swept.example.conventions.immigrant_mortality = ImmigrantMortality::same_age;
  swept.chance.paths = *rc::gen::arbitrary<bool>();
  if (!swept.chance.paths) return swept;
  ParameterUncertainty& uncertainty = swept.example.rates.uncertainty;
  for (auto component : {&ParameterUncertainty::mortality, &ParameterUncertainty::fertility,
                         &ParameterUncertainty::immigration, &ParameterUncertainty::emigration,
                         &ParameterUncertainty::domestic}) {
    uncertainty.*component = any_process(shape.areas);
  }
  uncertainty.mortality_response = Table<double, Sex, Age>({2, swept.example.frame.ages()}, 0.5);
  return swept;
}

/// Persons at the end, and the flows of all intervals one after the other.
std::vector<std::vector<double>> figures(const Swept& swept) {
  const Example& example = swept.example;
  const PopulationModel model(example.frame, example.rates, example.conventions, example.base,
                              swept.chance);
  const auto ledger = model.ledger(swept.draws);
  const auto state = model.start({.count = swept.draws}, *ledger);
  std::vector<std::vector<double>> figures(7);  // births to emigrants, then persons
  for (const Interval interval : positions<Interval>(example.frame.intervals)) {
    model.step(interval, *state, *ledger);
    for (std::size_t variable = 0; variable < figures.size(); ++variable) {
      const auto values = model.values(*state, *ledger, variable).all();
      figures[variable].insert(figures[variable].end(), values.begin(), values.end());
    }
  }
  return figures;
}

// Net migrants, of whom there are none, are for the general step alone.
RC_GTEST_PROP(Population, SweepsGiveTheBitsOfTheGeneralStep, ()) {
  Swept swept = any_swept();
  const Example& example = swept.example;
  RC_ASSERT(Sweeps::know(example.frame, example.rates, example.conventions));
  const auto by_sweeps = figures(swept);
  const CellTable nobody(cell_extents(swept.example.frame));
  swept.example.rates.net_migrants = Series(ArrivalCounts{nobody, nobody});
  RC_ASSERT(!Sweeps::know(example.frame, example.rates, example.conventions));
  RC_ASSERT(by_sweeps == figures(swept));
}

/// Keeps what a step shows, and how often each number was shown.
struct Shown final : Onlooker {
  Shown(std::size_t variables, std::size_t numbers)
      : seen(variables, std::vector<double>(numbers)),
        times(variables, std::vector<int>(numbers)) {}
  void see(std::size_t variable, std::size_t first, const Numbers& some) override {
    for (const double number : some.all()) {
      seen[variable][first] = number;
      ++times[variable][first++];
    }
  }

  std::vector<std::vector<double>> seen;
  std::vector<std::vector<int>> times;
};

RC_GTEST_PROP(Population, SweepsShowAllNumbersOfAVariableOnceAsTheyAreInTheEnd, ()) {
  const Swept swept = any_swept();
  const Example& example = swept.example;
  const PopulationModel model(example.frame, example.rates, example.conventions, example.base,
                              swept.chance);
  const auto ledger = model.ledger(swept.draws);
  const auto state = model.start({.count = swept.draws}, *ledger);
  std::size_t variables_shown = 0;
  for (const Interval interval : positions<Interval>(example.frame.intervals)) {
    Shown shown(model.variables().size(), model.values(*state, *ledger, 0).size());
    ledger->onlooker = &shown;
    model.step(interval, *state, *ledger);
    for (std::size_t variable = 0; variable < model.variables().size(); ++variable) {
      const std::vector<int>& times = shown.times[variable];
      const bool any = times.front() > 0;
      RC_ASSERT(times == std::vector<int>(times.size(), any ? 1 : 0));
      if (any) RC_ASSERT(shown.seen[variable] == model.values(*state, *ledger, variable).all());
      variables_shown += any ? 1 : 0;
    }
  }
  RC_ASSERT(variables_shown == 6 * example.frame.intervals);
}

/// Shares of each origin that are those of common weights.
Destinations by_origin(const Destinations& common) {
  Destinations made{common.class_of_row, {}};
  const auto [sexes, classes, areas] = common.weights.extents();
  made.shares = tabulate<decltype(made.shares)>(
      {sexes, classes, areas, areas}, [&](Sex sex, AgeClass age, Area from, Destination to) {
        const Area there(to.position());
        if (there == from) return 0.0;
        return common.weights(sex, age, there) * common.per_leaver(sex, age, from);
      });
  return made;
}

RC_GTEST_PROP(Population, CommonDestinationsAreThoseOfTheirSharesByOrigin, ()) {
  Swept common = any_swept();
  const Frame& frame = common.example.frame;
  Rates& rates = common.example.rates;
  std::mt19937_64 random(*rc::gen::arbitrary<unsigned>());
  std::uniform_real_distribution<double> any(0.01, 1.0);
  rates.destinations = Series(
      common_destinations(rates.destinations.at(Interval(0)).class_of_row,
                          tabulate<DestinationWeights>({2, 2, frame.areas.size()},
                                                       [&](auto...) { return any(random); })));
  Swept shares = common;
  shares.example.rates.destinations = Series(by_origin(rates.destinations.at(Interval(0))));
  if (*rc::gen::arbitrary<bool>()) {
    Factors factors;
    for (double& factor : factors.of(Adjusted::domestic_in, frame).values()) factor = any(random);
    adjust(frame, Interval(1), factors, rates);
    adjust(frame, Interval(1), factors, shares.example.rates);
  }
  const auto ours = figures(common);
  const auto theirs = figures(shares);
  for (std::size_t variable = 0; variable < ours.size(); ++variable) {
    for (std::size_t at = 0; at < ours[variable].size(); ++at) {
      const double expected = theirs[variable][at];
      RC_ASSERT(std::abs(ours[variable][at] - expected) <= 1e-9 * expected);
    }
  }
}

}  // namespace
}  // namespace kohort::population
