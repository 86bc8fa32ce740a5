// Mortality of a country on paper: level, trend, county, area.
#include "models/population/fit/mortality.hpp"

#include <algorithm>
#include <cmath>

#include <gtest/gtest.h>

#include "models/population/fit/fit.hpp"
#include "models/population/fit/parameters.hpp"
#include "tests/population/fit/country.hpp"
#include "tests/support/expect_error.hpp"

namespace kohort::population::fit {
namespace {

class FittedMortality : public ::testing::Test {
 protected:
  FittedMortality() { figures.sources = "mortality"; }

  NationalMortality national() {
    country = std::make_unique<test::LoadedCountry>(figures.load(folder_));
    return fit_national_mortality(country->source(),
                                  read_history(country->source(), {Year(2006), Year(2010)}));
  }
  Rates rates() {
    country = std::make_unique<test::LoadedCountry>(figures.load(folder_));
    Rates rates;
    fit_rates(country->source(), {}, country->base, rates, estimates);
    return rates;
  }
  /// The death rate that a probability of dying came from.
  static double rate_of(double q) { return q / (1.0 - q / 2.0); }

  test::Country figures;
  std::unique_ptr<test::LoadedCountry> country;
  std::vector<Estimate> estimates;

 private:
  test::Folder folder_;
};

TEST_F(FittedMortality, LevelIsDeathsOverExposureOfTheWindowAlone) {
  figures.history = "mortality_level_years = 2\n";
  figures.deaths = [](int year, const std::string&, const std::string&, int age) {
    if (year < 2009) return 77.0;
    return age == 5 ? (year == 2009 ? 90.0 : 120.0) : 0.0;
  };
  const NationalMortality fit = national();
  EXPECT_DOUBLE_EQ(fit.level(Sex(0), Age(5)), (90.0 + 120.0) / 300.0);  // at both ends 200 and 100
  EXPECT_DOUBLE_EQ(fit.level_year, 2009.5);
}

TEST_F(FittedMortality, LinearWeightsCountTheLatestOfTwoYearsTwice) {
  figures.history = "mortality_level_years = 2\nmortality_weights = \"linear\"\n";
  figures.deaths = [](int year, const std::string&, const std::string&, int age) {
    return age == 5 ? (year == 2009 ? 90.0 : 120.0) : 0.0;
  };
  const NationalMortality fit = national();
  EXPECT_DOUBLE_EQ(fit.level(Sex(0), Age(5)), (90.0 / 3.0 + 120.0 * 2.0 / 3.0) / 150.0);
  EXPECT_DOUBLE_EQ(fit.level_year, 2009.0 + 2.0 / 3.0);
}

/// Deaths of ages 1 to 5 together in each county such that half a death more of the nation halves
/// every year: 192, 96, ... , 12.
double halving(int year, const std::string&, const std::string&, int age) {
  return age == 5 ? (192.0 * std::pow(0.5, year - 2006) - 0.5) / 3.0 : 0.0;
}

TEST_F(FittedMortality, ImprovementIsTheSlopeOfTheLogarithm) {
  figures.deaths = halving;
  const NationalMortality fit = national();
  EXPECT_NEAR(fit.improvement(Sex(0), Age(4)), std::log(2.0), 1e-12);
  EXPECT_NEAR(fit.improvement(Sex(0), Age(0)), 0.0, 1e-12);  // a band of its own
}

TEST_F(FittedMortality, TheTrendMayCountItsLatestYearsMost) {
  // Logarithms 0, 0, 0, 0, -1 with weights 1 to 5 of 15: covariance -4/9, variance 14/9.
  figures.deaths = [](int year, const std::string&, const std::string&, int age) {
    return age == 5 ? (100.0 * std::exp(year == 2010 ? -1.0 : 0.0) - 0.5) / 3.0 : 0.0;
  };
  figures.history = "mortality_trend_weights = \"linear\"\n";
  EXPECT_NEAR(national().improvement(Sex(0), Age(4)), 2.0 / 7.0, 1e-12);
}

TEST_F(FittedMortality, ATrendOfOneYearIsRefused) {
  figures.history = "mortality_trend_weights = \"exponential\"\nmortality_trend_alpha = 1.0\n";
  EXPECT_HAS(test::error_of(Fault::scenario, [&] { national(); }), "mortality_trend_alpha");
}

TEST_F(FittedMortality, AnIndexKnowsNoWeights) {
  figures.history = "mortality_method = \"lee_carter\"\nmortality_trend_weights = \"linear\"\n";
  EXPECT_HAS(test::error_of(Fault::scenario, [&] { national(); }), "mortality_trend_weights");
}

TEST_F(FittedMortality, CountiesAreComparedOverWeightedYears) {
  figures.deaths = [](int year, const std::string& county, const std::string&, int age) {
    if (age != 5) return 0.0;
    return county == "3" ? 100.0 : (county == "1") == (year == 2010) ? 90.0 : 110.0;
  };
  figures.history =
      "local_level_years = 2\nlocal_level_weights = \"linear\"\nmortality_improvement = 0.0\n";
  // 110 and 90 with weights 1/3 and 2/3, which are as good as 9/5 years.
  const double k = 30.0 * 5.0 / 9.0;
  const Rates fitted = rates();
  EXPECT_NEAR(rate_of(fitted.dying.at(Interval(0))(Sex(0), CohortRow(5), Group(0), Area(0))),
              100.0 / 150.0 * (290.0 / 3.0 + k) / (100.0 + k), 1e-12);
}

TEST_F(FittedMortality, RatesGoOnFallingFromTheMiddleOfTheWindow) {
  figures.deaths = halving;
  figures.history = "shrinkage = 0.0\n";
  const Rates fitted = rates();
  const double level = halving(2010, "", "", 5) / 150.0;
  for (const int year : {2011, 2012}) {
    const auto& dying = fitted.dying.at(Interval(static_cast<std::size_t>(year - 2011)));
    EXPECT_NEAR(rate_of(dying(Sex(0), CohortRow(5), Group(0), Area(0))),
                level * std::pow(0.5, year - 2010), 1e-12);
  }
}

TEST_F(FittedMortality, SpeedMultipliesTheImprovement) {
  figures.deaths = halving;
  figures.history = "mortality_improvement = 0.5\n";
  EXPECT_NEAR(national().improvement(Sex(0), Age(4)), 0.5 * std::log(2.0), 1e-12);
}

TEST_F(FittedMortality, CountiesHaveTheirOwnLevel) {
  // 90, 100 and 110 die where 100 are expected; with k = 30, 120 of 130 and 140 of 130.
  figures.deaths = [](int, const std::string& county, const std::string&, int age) {
    if (age != 5) return 0.0;
    return county == "1" ? 90.0 : county == "2" ? 110.0 : 100.0;
  };
  figures.history = "mortality_improvement = 0.0\n";
  const Rates fitted = rates();
  const auto rate = [&](std::size_t area) {
    return rate_of(fitted.dying.at(Interval(0))(Sex(0), CohortRow(5), Group(0), Area(area)));
  };
  EXPECT_NEAR(rate(0), 100.0 / 150.0 * 120.0 / 130.0, 1e-12);
  EXPECT_NEAR(rate(1), 100.0 / 150.0 * 140.0 / 130.0, 1e-12);
  EXPECT_NEAR(rate(2), 100.0 / 150.0, 1e-12);
}

TEST_F(FittedMortality, NaturalChangeDividesTheDeathsOfAnArea) {
  // 200 births and 200 deaths are expected; 1.25 * 200 - 200 / 1.25 = 90. Both areas alike, so that
  // nothing is shrunk.
  figures.give("natural_change");
  figures.natural_change = [](auto&&...) { return 90.0; };
  figures.history = "mortality_improvement = 0.0\n";
  const Rates fitted = rates();
  const auto& dying = fitted.dying.at(Interval(0));
  EXPECT_NEAR(rate_of(dying(Sex(0), CohortRow(5), Group(0), Area(0))), 100.0 / 150.0 / 1.25, 1e-12);
  EXPECT_NEAR(rate_of(dying(Sex(0), CohortRow(5), Group(0), Area(2))), 100.0 / 150.0, 1e-12);
}

TEST_F(FittedMortality, TheNewbornAreExposedForHalfAYear) {
  // Of 10 infant deaths 6.8589 of girls in the year of birth; exposure 100/2; q = (m/2)/(1 + m/2).
  figures.deaths = [](int, const std::string&, const std::string&, int age) {
    return age == 0 ? 10.0 : age == 5 ? 100.0 : 0.0;
  };
  figures.history = "mortality_improvement = 0.0\n";
  const double half = 6.8589 / 50.0 / 2.0;
  const Rates fitted = rates();
  EXPECT_NEAR(fitted.dying.at(Interval(0))(country->sex("female"), CohortRow(0), Group(0), Area(0)),
              half / (1.0 + half), 1e-9);
}

TEST_F(FittedMortality, AloneReadsNoMunicipalTableNorMovesNorSchedules) {
  for (const std::string key :
       {"totals", "moves", "suppressed_moves", "national_emigrants", "schedules", "city_index"}) {
    figures.leave_out(key);
  }
  EXPECT_FALSE(rates().dying.empty());
}

TEST_F(FittedMortality, AloneLeavesWhatItDoesNotNeedUnread) {
  rates();
  for (const Parameter* idle : std::initializer_list<const Parameter*>{
           &parameters::moves, &parameters::history_totals, &parameters::schedules,
           &parameters::city_index, &parameters::national_emigrants,
           &parameters::fertility_window.years, &parameters::domestic_window.years,
           &parameters::international_window.years}) {
    EXPECT_FALSE(country->settings.was_read(*idle)) << idle->name;
  }
}

TEST_F(FittedMortality, RefusesAnAgeAtWhichNobodyLived) {
  figures.stocks = [](int, const std::string&, const std::string&, int age) {
    return age >= 4 ? 0.0 : 100.0;
  };
  EXPECT_HAS(test::error_of(Fault::input, [&] { national(); }), "lived at age 5");
}

TEST_F(FittedMortality, BandsEndWithALowerOpenAge) {
  figures.open_age = 85;
  figures.totals = [](auto&&...) { return 17200.0; };
  const NationalMortality fit = national();
  for (const double improvement : fit.improvement.values()) EXPECT_TRUE(std::isfinite(improvement));
  EXPECT_FALSE(rates().dying.empty());
}

/// 192, 96, ... , 12 deaths of a county's open age group.
double halved(int year, const std::string&, const std::string&, int age) {
  return age == 5 ? 192.0 * std::pow(0.5, year - 2006) : 0.0;
}

TEST_F(FittedMortality, LeeCarterPutsAllChangeIntoTheAgeThatChanges) {
  figures.deaths = halved;
  figures.history = "mortality_method = \"lee_carter\"\n";
  const NationalMortality fit = national();
  const MortalityIndex& women = fit.by_sex.at(0);
  EXPECT_NEAR(women.model.response[5], 1.0, 1e-9);
  EXPECT_NEAR(women.walk.drift, -std::log(2.0), 1e-9);
  EXPECT_NEAR(women.model.index[0], 2.0 * std::log(2.0), 1e-9);  // five years around their mean
  EXPECT_NEAR(women.walk.variance, 0.0, 1e-12);
  EXPECT_NEAR(fit.improvement(Sex(0), Age(5)), std::log(2.0), 1e-9);
  EXPECT_NEAR(fit.improvement(Sex(0), Age(4)), 0.0, 1e-9);
}

TEST_F(FittedMortality, LeeCarterJumpsOffFromObservedRates) {
  figures.deaths = halved;
  figures.history = "mortality_method = \"lee_carter\"\n";
  const NationalMortality fit = national();
  EXPECT_NEAR(fit.rate(Sex(0), Age(5), Year(2010)), 12.0 / 150.0, 1e-12);
  EXPECT_NEAR(fit.rate(Sex(0), Age(5), Year(2012)), 3.0 / 150.0, 1e-9);
}

TEST_F(FittedMortality, LiLeeGivesBothSexesOneTrend) {
  figures.deaths = [](int year, const std::string& county, const std::string& sex, int age) {
    return halved(year, county, sex, age) * (sex == "male" ? 1.5 : 1.0);
  };
  figures.history = "mortality_method = \"li_lee\"\n";
  const NationalMortality fit = national();
  EXPECT_NEAR(fit.common.walk.drift, -std::log(2.0), 1e-9);
  for (const Sex sex : positions<Sex>(2)) {
    EXPECT_NEAR(fit.rate(sex, Age(5), Year(2013)) / fit.rate(sex, Age(5), Year(2010)), 0.125, 1e-9);
  }
}

TEST(MortalityDeparture, DiesOutOverTheYears) {
  MortalityDeparture departure{Year(2010), {}, {}, 1.0};
  departure.member.response = Eigen::Vector2d(0.25, 0.75);
  departure.index = {.last = 2.0, .mean = 0.0, .coefficient = 0.5, .variance = 1.0};
  EXPECT_DOUBLE_EQ(departure.effect(Age(1), Year(2010)), 0.75);
  EXPECT_DOUBLE_EQ(departure.effect(Age(1), Year(2011)), 0.0);
  EXPECT_DOUBLE_EQ(departure.effect(Age(1), Year(2012)), -0.375);
}

TEST_F(FittedMortality, FrozenRatesStay) {
  figures.deaths = halved;
  figures.history = "mortality_method = \"frozen\"\n";
  const NationalMortality fit = national();
  EXPECT_DOUBLE_EQ(fit.rate(Sex(1), Age(5), Year(2050)), 12.0 / 150.0);
}

TEST_F(FittedMortality, ReportsTheIndices) {
  figures.deaths = halved;
  figures.history = "mortality_method = \"lee_carter\"\n";
  rates();
  const auto k = std::find_if(estimates.begin(), estimates.end(),
                              [](const Estimate& one) { return one.name == "fit/mortality_k"; });
  ASSERT_NE(k, estimates.end());
  EXPECT_EQ(k->axes[1].labels, (std::vector<std::string>{"2006", "2007", "2008", "2009", "2010"}));
  EXPECT_NEAR(k->values[5 + 4], -2.0 * std::log(2.0), 1e-9);  // of the other sex, in 2010
}

/// Death rates that rise evenly from age 80, but for an age at which by chance all die.
double with_an_outlier(int, const std::string&, const std::string&, int age) {
  if (age == 97) return 100.0;
  return age < 80 ? 1.0 : 10.0 + (age - 80);
}

TEST_F(FittedMortality, KannistosLawReplacesTheRatesOfTheOldest) {
  figures.open_age = 100;
  figures.deaths = with_an_outlier;
  const NationalMortality fit = national();
  for (std::size_t age = 95; age < 100; ++age) {
    EXPECT_GT(fit.level(Sex(0), Age(age + 1)), fit.level(Sex(0), Age(age)));
  }
  EXPECT_DOUBLE_EQ(fit.level(Sex(0), Age(94)), 23.5 / 100.0);  // (23 + 24) / 2 of 100
}

TEST_F(FittedMortality, OldRatesMayStayAsTheyWereObserved) {
  figures.open_age = 100;
  figures.deaths = with_an_outlier;
  figures.history = "old_ages = \"observed\"\n";
  EXPECT_DOUBLE_EQ(national().level(Sex(0), Age(97)), (26.0 + 100.0) / 2.0 / 100.0);
}

}  // namespace
}  // namespace kohort::population::fit
