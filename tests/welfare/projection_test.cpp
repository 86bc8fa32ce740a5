// Needs of welfare among given people: what draws may do, and what they may not.
#include <algorithm>
#include <cmath>
#include <numeric>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "engine/table/tabulate.hpp"
#include "models/welfare/model.hpp"
#include "tests/support/expect_error.hpp"

namespace kohort::welfare {
namespace {

constexpr population::Chance by_expectation{};
constexpr population::Chance by_paths{.paths = true};
constexpr population::Chance by_events{.events = true};

Frame small_frame() {
  Frame frame;
  frame.base_year = Year(2000);
  frame.intervals = 3;
  frame.open_age = 4;
  frame.sexes = {"female", "male"};
  frame.areas = {{"a", "", false, ""}, {"b", "", false, ""}};
  return frame;
}

NeedRates need_of(const Frame& frame, double rate) {
  return {.name = "need",
          .rate = RateTable(rate_extents(frame), rate),
          .trend = std::vector<double>(frame.intervals, 1.0)};
}

NeedRates need_between(const Frame& frame, double low, double high) {
  NeedRates need = need_of(frame, 0.5 * (low + high));
  need.half_width = RateTable(rate_extents(frame), 0.5 * (high - low));
  return need;
}

/// Cells of different size: persons(cell) = first, first + 1, ...
population::PopulationState people(const Frame& frame, const DrawBlock& block, double first) {
  population::PopulationState state(frame, block);
  const std::size_t draws = block.count;
  for (std::size_t at = 0; at < state.persons.size(); ++at) {
    state.persons.values()[at] = first + static_cast<double>(at / draws);
  }
  return state;
}

/// The people with the first need in the base year: [cell][draw].
population::PersonTable base_year(const Frame& frame, const NeedRates& need,
                                  const population::Chance& chance, const DrawBlock& block,
                                  double first = 1000.0) {
  const WelfareModel model(frame, {need}, chance);
  return model.start(people(frame, block, first))->persons.front();
}

double mean(const std::vector<double>& values) {
  return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
}

double sd(const std::vector<double>& values) {
  const double centre = mean(values);
  double squares = 0.0;
  for (const double value : values) squares += (value - centre) * (value - centre);
  return std::sqrt(squares / static_cast<double>(values.size() - 1));
}

std::vector<double> draws_of(const population::PersonTable& table, Sex sex, Age age, Area area) {
  const auto slab = table.slab(sex, age, Group(0), area);
  return {slab.begin(), slab.end()};
}

/// The log-odds of the share of `persons` in each draw.
std::vector<double> log_odds(std::vector<double> with, double persons) {
  for (double& value : with) value = std::log(value / (persons - value));
  return with;
}

TEST(WelfareProjection, IsPeopleTimesRatesAtTheBaseYearAndAfter) {
  const Frame frame = small_frame();
  NeedRates need = need_of(frame, 0.0);
  need.rate(Sex(1), Age(2), Area(1)) = 0.25;
  need.trend = {1.1, 1.2, 1.3};
  const WelfareModel model(frame, {need}, by_expectation);
  population::PopulationState state = people(frame, {}, 100.0);
  const auto welfare = model.start(state);
  // The cell is number (1 x 5 + 2) x 2 + 1 = 15 of [sex][age][area], and has 115 people.
  EXPECT_DOUBLE_EQ(welfare->persons.front()(Sex(1), Age(2), Group(0), Area(1), Draw(0)), 28.75);
  state.persons(Sex(1), Age(2), Group(0), Area(1), Draw(0)) = 200.0;
  model.step(Interval(1), state, *welfare);
  EXPECT_DOUBLE_EQ(welfare->persons.front()(Sex(1), Age(2), Group(0), Area(1), Draw(0)), 60.0);
  const auto all = model.values(*welfare, 0);
  EXPECT_DOUBLE_EQ(std::accumulate(all.begin(), all.end(), 0.0), 60.0);
}

TEST(WelfareProjection, HasTheMiddleOfARangeWhereNoPathsAreDrawn) {
  const Frame frame = small_frame();
  const auto with = base_year(frame, need_between(frame, 0.2, 0.4), by_expectation, {}, 1000.0);
  EXPECT_DOUBLE_EQ(with(Sex(0), Age(0), Group(0), Area(0), Draw(0)), 300.0);
}

TEST(WelfareProjection, DrawsRatesUniformlyWithinTheirRange) {
  const Frame frame = small_frame();
  const auto with =
      base_year(frame, need_between(frame, 0.2, 0.4), by_paths, {.count = 4000, .seed = 7});
  const std::vector<double> draws = draws_of(with, Sex(0), Age(0), Area(0));
  EXPECT_GE(*std::min_element(draws.begin(), draws.end()), 200.0);
  EXPECT_LE(*std::max_element(draws.begin(), draws.end()), 400.0);
  EXPECT_NEAR(mean(draws), 300.0, 4.0 * 57.7 / std::sqrt(4000.0));
  EXPECT_NEAR(sd(draws), 200.0 / std::sqrt(12.0), 2.0);
}

TEST(WelfareProjection, DrawsOnePlaceInTheRangeForAllAreasAgesAndYears) {
  const Frame frame = small_frame();
  const WelfareModel model(frame, {need_between(frame, 0.2, 0.4)}, by_paths);
  const auto state = people(frame, {.count = 20}, 1000.0);
  const auto welfare = model.start(state);
  const population::PersonTable base = welfare->persons.front();
  model.step(Interval(2), state, *welfare);
  EXPECT_EQ(welfare->persons.front(), base);
  for (const Draw draw : positions<Draw>(20)) {
    const double rate = base(Sex(0), Age(0), Group(0), Area(0), draw) / 1000.0;
    EXPECT_NEAR(base(Sex(1), Age(4), Group(0), Area(1), draw) / 1019.0, rate, 1e-12);
  }
}

TEST(WelfareProjection, DrawsTheSamplingErrorOnTheLogOdds) {
  const Frame frame = small_frame();
  NeedRates need = need_of(frame, 0.1);
  need.log_odds_sd = RateTable(rate_extents(frame), 0.3);
  const auto with = base_year(frame, need, by_paths, {.count = 4000, .seed = 3});
  const auto errors = log_odds(draws_of(with, Sex(0), Age(0), Area(0)), 1000.0);
  EXPECT_NEAR(mean(errors), std::log(0.1 / 0.9), 4.0 * 0.3 / std::sqrt(4000.0));
  EXPECT_NEAR(sd(errors), 0.3, 4.0 * 0.3 / std::sqrt(8000.0));
}

/// Correlation over draws of what cells of two sexes, or two areas, depart by.
double correlation(const std::vector<double>& a, const std::vector<double>& b) {
  double products = 0.0;
  for (std::size_t at = 0; at < a.size(); ++at) products += (a[at] - mean(a)) * (b[at] - mean(b));
  return products / static_cast<double>(a.size() - 1) / sd(a) / sd(b);
}

TEST(WelfareProjection, DrawsAnErrorOfItsOwnForEachFigureOfTheSource) {
  const Frame frame = small_frame();
  NeedRates need = need_of(frame, 0.1);
  need.log_odds_sd = RateTable(rate_extents(frame), 0.3);
  need.figures.sexes = 2;
  const auto with = base_year(frame, need, by_paths, {.count = 1000, .seed = 3});
  const auto women = draws_of(with, Sex(0), Age(0), Area(0));
  EXPECT_NEAR(correlation(women, draws_of(with, Sex(0), Age(3), Area(1))), 1.0, 1e-9);
  EXPECT_NEAR(correlation(women, draws_of(with, Sex(1), Age(0), Area(0))), 0.0, 0.13);
}

TEST(WelfareProjection, DrawsWholePeopleAsManyAsExpectedInTheMean) {
  const Frame frame = small_frame();
  const auto with =
      base_year(frame, need_of(frame, 0.2), by_events, {.count = 4000, .seed = 5}, 50.0);
  const std::vector<double> draws = draws_of(with, Sex(0), Age(0), Area(0));
  for (const double persons : draws) ASSERT_EQ(persons, std::floor(persons));
  EXPECT_NEAR(mean(draws), 10.0, 4.0 * std::sqrt(8.0 / 4000.0));
  EXPECT_NEAR(sd(draws), std::sqrt(8.0), 0.15);
}

TEST(WelfareProjection, HasTheSameDrawsInWhateverBlocks) {
  const Frame frame = small_frame();
  NeedRates need = need_between(frame, 0.1, 0.6);
  const population::Chance all{.paths = true, .events = true};
  const auto together = base_year(frame, need, all, {.count = 40, .seed = 9}, 30.0);
  const auto alone = base_year(frame, need, all, {.first = 17, .count = 3, .seed = 9}, 30.0);
  for (const Draw draw : positions<Draw>(3)) {
    for (const Age age : positions<Age>(frame.ages())) {
      EXPECT_EQ(alone(Sex(1), age, Group(0), Area(1), draw),
                together(Sex(1), age, Group(0), Area(1), Draw(17 + draw.position())));
    }
  }
}

TEST(WelfareProjection, GivesScenariosTheSameLuck) {
  const Frame frame = small_frame();
  const DrawBlock block{.count = 500, .seed = 11};
  const auto more = base_year(frame, need_of(frame, 0.20), by_events, block, 100.0);
  const auto less = base_year(frame, need_of(frame, 0.18), by_events, block, 100.0);
  const auto other =
      base_year(frame, need_of(frame, 0.18), by_events, {.count = 500, .seed = 12}, 100.0);
  std::vector<double> common;
  std::vector<double> independent;
  for (std::size_t at = 0; at < more.size(); ++at) {
    common.push_back(more.values()[at] - less.values()[at]);
    independent.push_back(more.values()[at] - other.values()[at]);
  }
  EXPECT_GE(*std::min_element(common.begin(), common.end()), 0.0);
  EXPECT_LT(sd(common), 0.5 * sd(independent));
}

TEST(WelfareProjection, KeepsTheRandomNumbersOfNeedsApart) {
  const Frame frame = small_frame();
  const NeedRates need = need_between(frame, 0.0, 1.0);
  const WelfareModel model(frame, {need, need}, by_paths);
  const auto welfare = model.start(people(frame, {.count = 20}, 1000.0));
  EXPECT_NE(welfare->persons[0], welfare->persons[1]);
}

TEST(WelfareProjection, RefusesMoreNeedsThanItsRandomNumbersTellApart) {
  const Frame frame = small_frame();
  const std::vector<NeedRates> needs(513, need_of(frame, 0.1));
  EXPECT_HAS(test::error_of(Fault::scenario, [&] { WelfareModel(frame, needs, by_events); }),
             "513 needs");
}

double share() { return *rc::gen::inRange(0, 1001) / 1000.0; }

RC_GTEST_PROP(WelfareProjectionProperty, NeverHasMorePeopleThanThereAre, ()) {
  const Frame frame = small_frame();
  const double low = share();
  const double high = low + share() * (1.0 - low);
  NeedRates need = need_between(frame, low, high);
  need.trend.assign(frame.intervals, share());
  if (*rc::gen::arbitrary<bool>()) {
    need.half_width = {};
    need.log_odds_sd = RateTable(rate_extents(frame), 5.0 * share());
  }
  const population::Chance chance{*rc::gen::arbitrary<bool>(), *rc::gen::arbitrary<bool>()};
  const WelfareModel model(frame, {need}, chance);
  const auto state = people(frame, {.count = 20, .seed = *rc::gen::arbitrary<unsigned>()},
                            *rc::gen::inRange(0, 200));
  const auto welfare = model.start(state);
  for (const Interval interval : positions<Interval>(frame.intervals)) {
    const auto with = model.values(*welfare, 0);
    for (std::size_t at = 0; at < with.size(); ++at) {
      RC_ASSERT(with[at] >= 0.0 && with[at] <= state.persons.values()[at]);
    }
    model.step(interval, state, *welfare);
  }
}

RC_GTEST_PROP(WelfareProjectionProperty, GrowsInProportionToThePeople, ()) {
  const Frame frame = small_frame();
  const WelfareModel model(frame, {need_between(frame, 0.0, share())}, by_paths);
  auto state = people(frame, {.count = 5, .seed = *rc::gen::arbitrary<unsigned>()}, 10.0);
  const auto once = model.start(state);
  for (double& persons : state.persons.values()) persons *= 4.0;
  const auto fourfold = model.start(state);
  for (std::size_t at = 0; at < state.persons.size(); ++at) {
    RC_ASSERT(fourfold->persons[0].values()[at] == 4.0 * once->persons[0].values()[at]);
  }
}

}  // namespace
}  // namespace kohort::welfare
