// How draws depart from the expected path: where they set out, what sums to nothing, what stays a
// share.
#include "models/population/deviations.hpp"

#include <cmath>

#include <gtest/gtest.h>

#include "engine/run/scenario_run.hpp"
#include "models/population/drawn_rates.hpp"
#include "models/population/random_events.hpp"
#include "tests/population/fit/country.hpp"
#include "tests/support/expect_error.hpp"

namespace kohort::population {
namespace {

constexpr Interval first(0);

/// Two areas, one sex, ages 0 and 1, and net migration alone.
class NetMigrationPaths : public ::testing::Test {
 protected:
  NetMigrationPaths() {
    frame.base_year = Year(2000);
    frame.step = 1;
    frame.intervals = 12;
    frame.sexes = {"female"};
    frame.open_age = 1;
    for (const char* code : {"a", "b"}) {
      frame.areas.push_back({code, code, false, ""});
      keys.emplace_back(block.seed, code);
    }
    rates.net_migration_rate = Series(CellTable(cell_extents(frame)));
    ParameterUncertainty& uncertainty = rates.uncertainty;
    uncertainty.net_migration.kind = DeviationKind::ar1;
    uncertainty.net_migration.phi = 0.6;
    uncertainty.net_migration.national_sd = 0.002;
    uncertainty.net_migration.area_sd = {0.003, 0.001};
    uncertainty.net_migration.area_phi = 0.5;
    uncertainty.area_share = {0.25, 0.75};
    uncertainty.net_migration_response = Table<double, Sex, Age>({1, 2}, 1.0);
    uncertainty.area_net_migration_response = uncertainty.net_migration_response;
  }

  DeviationProcess& process() { return rates.uncertainty.net_migration; }

  /// The deviations after some years.
  Deviations after(int years) {
    Deviations deviations;
    for (int year = 0; year < years; ++year) {
      deviations.advance(frame, rates.uncertainty, block, Interval(static_cast<std::size_t>(year)),
                         keys);
    }
    return deviations;
  }

  double national_variance(int years) {
    double squares = 0.0;
    const Deviations deviations = after(years);
    for (const double x : deviations.national_net_migration()) squares += x * x;
    return squares / static_cast<double>(block.count);
  }

  Frame frame;
  DrawBlock block{.first = 0, .count = 20000, .seed = 7};
  std::vector<StreamKey> keys;
  Rates rates;
};

// The variance of 20 000 squares is known to 1 %; five standard errors.
TEST_F(NetMigrationPaths, SpreadAsAnAutoregressionFromTheLaunch) {
  const double step = 0.002 * 0.002;
  EXPECT_NEAR(national_variance(1), step, 0.05 * step);
  EXPECT_NEAR(national_variance(2), step * 1.36, 0.05 * step * 1.36);
}

TEST_F(NetMigrationPaths, AreOffFromTheFirstYearWhereTheForecastIsAMean) {
  process().national_offset = {.level = 0.5, .carried = -0.4, .own = std::sqrt(1.0 - 0.16)};
  const double stationary = 0.002 * 0.002 / 0.64;
  for (const int years : {1, 10}) {
    const double left = std::pow(0.6, years);
    const double expected = stationary * (1.0 + 0.25 - 2.0 * left * 0.5 * 0.4);
    EXPECT_NEAR(national_variance(years), expected, 0.05 * expected) << years;
  }
}

TEST_F(NetMigrationPaths, MoveOnThroughTheYearsThatTheFitHasNotSeen) {
  process().national_offset = {.level = 0.5, .carried = -0.4, .own = std::sqrt(1.0 - 0.16)};
  process().area_offset = {.level = 0.5, .carried = 0.0, .own = 1.0};
  const Deviations from_the_start = after(6);
  process().last_year = frame.base_year;
  frame.base_year = frame.base_year + 5;
  const Deviations from_later = after(1);
  for (std::size_t draw = 0; draw < block.count; ++draw) {
    ASSERT_EQ(from_later.national_net_migration()[draw],
              from_the_start.national_net_migration()[draw]);
    ASSERT_EQ(from_later.own_net_migration()[draw], from_the_start.own_net_migration()[draw]);
  }
}

TEST_F(NetMigrationPaths, SetOutFromTheBaseYearWhereTheFitHasSeenIt) {
  process().area_offset = {.level = 0.5, .carried = 0.0, .own = 1.0};
  const Deviations unsaid = after(2);
  for (const int later : {0, 3}) {
    process().last_year = frame.base_year + later;
    EXPECT_EQ(after(2).own_net_migration()[17], unsaid.own_net_migration()[17]) << later;
  }
}

TEST_F(NetMigrationPaths, OfAreasSumToTheNations) {
  process().area_offset = {.level = 0.5, .carried = 0.0, .own = 1.0};
  const Deviations deviations = after(3);
  const auto own = deviations.own_net_migration();
  for (std::size_t draw = 0; draw < block.count; ++draw) {
    ASSERT_NEAR(0.25 * own[draw] + 0.75 * own[block.count + draw], 0.0, 1e-15);
  }
  EXPECT_NE(own[0], own[1]);
}

TEST_F(NetMigrationPaths, AddToTheRateButLeaveSomebodyHoweverGreatTheLoss) {
  rates.uncertainty.net_migration_response = Table<double, Sex, Age>({1, 2}, 1000.0);
  block.count = 200;
  const Deviations deviations = after(1);
  std::vector<double> slab(2 * block.count);
  DrawnRates(frame, rates, deviations).net_migration({first, Sex(0), CohortRow(1)}, slab);
  for (std::size_t draw = 0; draw < block.count; ++draw) {
    const double x =
        1000.0 * deviations.national_net_migration()[draw] + deviations.own_net_migration()[draw];
    ASSERT_GT(slab[draw], -1.0);
    ASSERT_NEAR(slab[draw], x > 0.0 ? x : x / (1.0 - x), 1e-12);
  }
}

TEST_F(NetMigrationPaths, AreThoseOfTheDrawWhereverItsBlockBegins) {
  process().area_offset = {.level = 0.5, .carried = 0.0, .own = 1.0};
  const double expected = after(2).own_net_migration()[17];
  block = {.first = 17, .count = 1, .seed = 7};
  EXPECT_EQ(after(2).own_net_migration()[0], expected);
}

/// One area's cell in many draws, of which net migration rates are to be made people.
class NetLoss : public NetMigrationPaths {
 protected:
  std::vector<double> draw(double rate, double stayed, double staying) {
    const RandomEvents events(frame, chooser, block, keys);
    std::vector<double> counts(2 * block.count);
    const auto all = [&](double value) { return std::vector<double>(counts.size(), value); };
    events.count_net_at_rate({first, Sex(0), CohortRow(1)}, Drawn::net_migration_at_rates,
                             all(rate), {all(10.0), all(stayed), all(staying)}, counts);
    return counts;
  }
  DestinationChooser chooser;
};

TEST_F(NetLoss, IsAShareOfThoseWhoStayed) {
  // 20 % of 10 at risk when 80 % are expected to stay: a quarter of the 8 who did, on average 2.
  double sum = 0.0;
  const auto counts = draw(-0.2, 8.0, 0.8);
  for (const double count : counts) {
    ASSERT_GE(count, -8.0);
    sum += count;
  }
  EXPECT_NEAR(sum / static_cast<double>(counts.size()), -2.0, 5.0 * std::sqrt(1.5 / 40000.0));
}

TEST_F(NetLoss, IsNoneWhereNobodyStayed) {
  for (const double count : draw(-0.2, 0.0, 0.8)) ASSERT_EQ(count, 0.0);
}

TEST_F(NetLoss, OfMoreThanAreExpectedToStayIsAnError) {
  EXPECT_HAS(test::error_of(Fault::scenario, [&] { draw(-0.2, 5.0, 0.1); }),
             "20 % are to leave on balance, but 10 % stay");
}

TEST(Paths, AreRefusedWhereNothingIsFittedFromHistory) {
  const test::Folder folder;
  test::Country figures;
  const std::string scenario = figures.write(folder);
  EXPECT_HAS(test::error_of(Fault::scenario,
                            [&] {
                              ScenarioRun(scenario, {"uncertainty.paths=true", "draws=2"});
                            }),
             "all draws would be alike");
}

}  // namespace
}  // namespace kohort::population
