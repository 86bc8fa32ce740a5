// Net migration of a country on paper: what the accounts of its three counties leave over.
#include "models/population/fit/net_migration.hpp"

#include <cmath>

#include <gtest/gtest.h>

#include "models/population/fit/fit.hpp"
#include "tests/population/fit/country.hpp"
#include "tests/support/expect_error.hpp"

namespace kohort::population::fit {
namespace {

constexpr Sex women(0);
constexpr Area a(0), b(1), c(2);
constexpr Group all(0);

class FittedNetMigration : public ::testing::Test {
 protected:
  FittedNetMigration() {
    figures.sources = "net_migration";
    figures.history = "net_migration_years = 2\n";
  }

  /// From now on county 1 gains and county 2 loses `migrants` of each sex at an age, every year;
  /// they stay that many more and fewer until they die.
  void move_every_year(int at_age, double migrants) {
    const auto more = [=](const std::string& county) {
      return county == "1" ? migrants : county == "2" ? -migrants : 0.0;
    };
    figures.stocks = [=](int, const std::string& county, const std::string&, int age) {
      return 100.0 + (age >= at_age && age < 5 ? more(county) : 0.0);
    };
    figures.deaths = [=](int, const std::string& county, const std::string&, int age) {
      return age == 5 ? 100.0 + more(county) : 0.0;
    };
  }
  /// In 2010 a county has that many more of each sex aged 2 than its births and deaths explain.
  void arrive_in_2010(const std::string& county, double migrants) {
    const auto before = figures.stocks;
    figures.stocks = [=](int year, const std::string& of, const std::string& sex, int age) {
      const bool arrived = year == 2010 && of == county && age == 2;
      return before(year, of, sex, age) + (arrived ? migrants : 0.0);
    };
  }

  void load() { country = std::make_unique<test::LoadedCountry>(figures.load(folder_)); }
  History history() const { return read_history(country->source(), {Year(2006), Year(2010)}); }
  NetMigrationFit fit() {
    load();
    return fit_net_migration(country->source(), history());
  }
  Table<double, Region, Sex, Age> departures() {
    load();
    return net_migration_departures(country->source(), history());
  }

  test::Country figures;
  std::unique_ptr<test::LoadedCountry> country;

 private:
  test::Folder folder_;
};

TEST_F(FittedNetMigration, IsNoneWhereAccountsLeaveNothingOver) {
  const NetMigrationFit none = fit();
  for (const double gain : none.gains.values()) EXPECT_EQ(gain, 0.0);
  for (const double loss : none.losses.values()) EXPECT_EQ(loss, 0.0);
}

TEST_F(FittedNetMigration, IsSmoothedAndShrunkAsOnPaper) {
  // 10 of 100 a year. Smoothing leaves a half of a single age, 0.05. The years agree, so a mean is
  // wrong by a person at best, 0.01: Q = 2 (0.05/0.01)^2 = 50, tau^2 = (50 - 2)/20000 = 0.0024, and
  // 0.0024/0.0025 = 0.96 of it stays.
  move_every_year(2, 10.0);
  const NetMigrationFit found = fit();
  EXPECT_NEAR(found.gains(women, Age(2), all, a), 0.05 * 0.96 * 100.0, 1e-10);
  EXPECT_NEAR(found.losses(women, CohortRow(2), all, b), -0.05 * 0.96, 1e-12);
  EXPECT_NEAR(found.gains(women, Age(2), all, c), 0.0, 1e-10);
}

TEST_F(FittedNetMigration, HoldsAGainAsPersonsAndALossAsAShare) {
  move_every_year(2, 10.0);
  const NetMigrationFit found = fit();
  EXPECT_EQ(found.losses(women, CohortRow(2), all, a), 0.0);
  EXPECT_EQ(found.gains(women, Age(2), all, b), 0.0);
}

TEST_F(FittedNetMigration, OfTheNewbornIsNotSmoothed) {
  // 0.1 as it is: Q = 2 (0.1/0.01)^2 = 200, tau^2 = 198/20000 = 0.0099, of which 0.99 stays.
  move_every_year(0, 10.0);
  const NetMigrationFit found = fit();
  EXPECT_NEAR(found.gains(women, Age(0), all, a), 0.1 * 0.99 * 100.0, 1e-10);
  EXPECT_NEAR(found.rates(Region(0), women, Age(1)), 0.0, 1e-12);
}

TEST_F(FittedNetMigration, ThatItsYearsDisagreeAboutIsTheNationsEverywhere) {
  // County 1 gains 20 in one of two years. Its own swing explains all of the difference: tau^2 = 0.
  arrive_in_2010("1", 20.0);
  const auto found = departures();
  EXPECT_DOUBLE_EQ(found(Region(0), women, Age(2)), found(Region(1), women, Age(2)));
  EXPECT_DOUBLE_EQ(found(Region(0), women, Age(2)), found(Region(2), women, Age(2)));
}

TEST_F(FittedNetMigration, OfTheNationIsTheMeanOfItsOwnWindow) {
  figures.history = "net_migration_years = 2\ninternational_years = 5\n";
  arrive_in_2010("3", 20.0);
  EXPECT_DOUBLE_EQ(fit().national(women, Age(2)), 20.0 / 5.0);
}

TEST_F(FittedNetMigration, SharesWhatComesAlikeAsTheNationDoes) {
  for (const std::string county : {"1", "2", "3"}) arrive_in_2010(county, 10.0);
  const NetMigrationFit found = fit();  // the nation's window is 2010 alone
  for (const Area area : {a, b, c}) EXPECT_NEAR(found.gains(women, Age(2), all, area), 10.0, 1e-10);
}

TEST_F(FittedNetMigration, SumsToTheNationsInTheFirstYear) {
  figures.stocks = [](int year, const std::string& county, const std::string& sex, int age) {
    return 100.0 + 7.0 * ((year * 5 + age * 3 + county[0] * 11 + sex[0]) % 9);  // no pattern
  };
  const NetMigrationFit found = fit();
  const History past = history();
  for (const Sex sex : positions<Sex>(2)) {
    for (const Age age : positions<Age>(6)) {
      double sum = 0.0;
      for (const Area area : {a, b, c}) {
        const VitalHistory& local = past.region_of(area);
        const double persons =
            age == Age(0) ? local.newborn(Year(2010), sex) : local.at_risk(Year(2011), sex, age);
        sum += found.gains(sex, age, all, area) +
               persons * found.losses(sex, CohortRow(age.position()), all, area);
      }
      EXPECT_NEAR(sum, found.national(sex, age), 1e-9);
    }
  }
}

TEST_F(FittedNetMigration, LeavesOutTheYearInWhichABorderMoved) {
  figures.history = "net_migration_years = 3\nnet_migration_without = [\"2010\"]\n";
  arrive_in_2010("1", 50.0);
  arrive_in_2010("2", -50.0);
  const auto found = departures();
  for (const double departure : found.values()) EXPECT_EQ(departure, 0.0);
}

TEST_F(FittedNetMigration, EntersTheRatesOfTheProjection) {
  move_every_year(2, 10.0);
  load();
  Rates rates;
  std::vector<Estimate> estimates;
  fit_rates(country->source(), {}, country->base, rates, estimates);
  const ArrivalCounts& gains = rates.net_migrants.at(Interval(0));
  EXPECT_NEAR(gains.persons(women, CohortRow(2), all, a), 4.8, 1e-10);
  EXPECT_NEAR(gains.at_start(women, CohortRow(2), all, a), 2.4, 1e-10);  // half, at mid-year
  EXPECT_NEAR(rates.net_migration_rate.at(Interval(0))(women, CohortRow(2), all, b), -0.048, 1e-12);
  ASSERT_GE(estimates.size(), 2U);
  EXPECT_EQ(estimates[0].name, "fit/net_migration_rate");
}

TEST_F(FittedNetMigration, NeedsMoreThanOneYear) {
  figures.history = "net_migration_years = 2\nnet_migration_without = [\"2009\"]\n";
  EXPECT_HAS(test::error_of(Fault::scenario, [&] { fit(); }), "let at least two years count");
}

TEST_F(FittedNetMigration, RefusesToLeaveOutAYearThatIsNotThere) {
  figures.history = "net_migration_years = 3\nnet_migration_without = [\"2007\"]\n";
  EXPECT_HAS(test::error_of(Fault::scenario, [&] { fit(); }), "name years from 2008 to 2010");
}

TEST_F(FittedNetMigration, RefusesAreasThatArePartsOfCounties) {
  load();
  country->frame.other_areas.push_back({.code = "D", .name = "D", .county = "1"});
  EXPECT_HAS(
      test::error_of(Fault::scenario, [&] { fit_net_migration(country->source(), history()); }),
      "whole counties");
}

TEST_F(FittedNetMigration, RefusesALossOfMoreThanHalfOfAnAgeGroup) {
  figures.stocks = [](int year, const std::string& county, const std::string&, int) {
    return county == "2" ? std::pow(10.0, 2010 - year) : 100.0;  // nine in ten leave each year
  };
  EXPECT_HAS(test::error_of(Fault::input, [&] { fit(); }), "area B, female aged");
}

}  // namespace
}  // namespace kohort::population::fit
