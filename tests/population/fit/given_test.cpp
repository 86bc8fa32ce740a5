// Areas as ratios to the nation, and the nation as somebody else forecast it.
#include <cmath>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "models/population/fit/fit.hpp"
#include "models/population/rates/fertility.hpp"
#include "models/population/rates/mortality.hpp"
#include "tests/population/fit/country.hpp"
#include "tests/support/expect_error.hpp"

namespace kohort::population::fit {
namespace {

class GivenNation : public ::testing::Test {
 protected:
  Rates rates(const std::string& sources) {
    figures.sources = sources;
    country = std::make_unique<test::LoadedCountry>(figures.load(folder_));
    Rates rates;
    std::vector<Estimate> estimates;
    fit_rates(country->source(), conventions, country->base, rates, estimates);
    return rates;
  }
  /// Gives [history] a table and says how its ages are counted.
  void give(const std::string& key, const std::string& rows, const std::string& ages = "") {
    folder_.write("given.csv", rows);
    figures.history +=
        fmt::format("{} = {{ file = \"given.csv\", value = \"value\", basis = \"assumed\"{} }}\n",
                    key, ages.empty() ? "" : ", age_definition = \"" + ages + "\"");
  }
  /// 0.01 at age 0, 0.02 at age 1, and so on, twice as much for men, falling by a tenth in 2012.
  void give_mortality(const std::string& ages) {
    std::string rows = "year,sex,age,value\n";
    for (const int year : {2011, 2012}) {
      for (const std::string sex : {"female", "male"}) {
        for (int age = 0; age <= 5; ++age) rows += row(year, sex, age);
      }
    }
    figures.history += "mortality_method = \"given\"\n";
    give("mortality_forecast", rows, ages);
  }
  static double figure(int year, const std::string& sex, int age) {
    return 0.01 * (age + 1) * (sex == "male" ? 2.0 : 1.0) * (year == 2012 ? 0.9 : 1.0);
  }
  static std::string row(int year, const std::string& sex, int age) {
    return fmt::format("{},{},{},{:.17g}\n", year, sex, age, figure(year, sex, age));
  }
  double dying(const Rates& fitted, int year, std::size_t at, std::size_t area) const {
    return fitted.dying.at(Interval(static_cast<std::size_t>(year - 2011)))(
        country->sex("female"), CohortRow(at), Group(0), Area(area));
  }
  static double sum(const Rates& fitted, std::size_t interval, std::size_t area) {
    const CellTable& persons = fitted.immigrants.at(Interval(interval)).persons;
    double sum = 0.0;
    for (const Sex sex : positions<Sex>(2)) {
      for (const CohortRow at : positions<CohortRow>(persons.extent<CohortRow>())) {
        sum += persons(sex, at, Group(0), Area(area));
      }
    }
    return sum;
  }
  static double sum(const Rates& fitted, std::size_t interval) {
    return sum(fitted, interval, 0) + sum(fitted, interval, 1) + sum(fitted, interval, 2);
  }

  test::Country figures;
  std::unique_ptr<test::LoadedCountry> country;
  Conventions conventions;
  test::Folder folder_;
};

TEST_F(GivenNation, AnAreaDiesAtItsLevelTimesTheGivenRates) {
  // 90, 100 and 110 die where 100 are expected; with k = 30, 120 of 130 and 140 of 130.
  figures.deaths = [](int, const std::string& county, const std::string&, int age) {
    if (age != 5) return 0.0;
    return county == "1" ? 90.0 : county == "2" ? 110.0 : 100.0;
  };
  give_mortality("end_of_year");
  const Rates fitted = rates("mortality");
  const auto q = [](double m) { return m / (1.0 + m / 2.0); };
  EXPECT_NEAR(dying(fitted, 2011, 3, 0), q(0.04 * 120.0 / 130.0), 1e-15);
  EXPECT_NEAR(dying(fitted, 2012, 3, 1), q(0.9 * 0.04 * 140.0 / 130.0), 1e-15);
  EXPECT_NEAR(dying(fitted, 2012, 3, 2), q(0.9 * 0.04), 1e-15);
  EXPECT_NEAR(dying(fitted, 2011, 0, 2), 0.005 / 1.005, 1e-15);
}

TEST_F(GivenNation, RatesByAgeAtDeathGoThroughTheLifeTableAsGivenOnesDo) {
  give_mortality("at_event");
  const Rates fitted = rates("mortality");
  std::vector<double> first_ages;
  std::vector<double> at_event;
  for (int age = 0; age <= 5; ++age) {
    first_ages.push_back(age);
    at_event.push_back(figure(2012, "female", age));
  }
  const std::vector<double> expected = cohort_dying(
      life_table(first_ages, at_event, LifeTableSex::female, InfantYears::andreev_kingkade), 1,
      OpenGroup::pooled);
  for (std::size_t at = 0; at < expected.size(); ++at) {
    EXPECT_NEAR(dying(fitted, 2012, at, 2), expected[at], 1e-14) << at;
  }
}

TEST_F(GivenNation, MortalityNeedsATableBySexAndAge) {
  figures.history = "mortality_method = \"given\"\n";
  EXPECT_HAS(test::error_of(Fault::scenario, [&] { rates("mortality"); }),
             "history.mortality_forecast");
  give("mortality_forecast", "year,age,value\n2011,0,0.1\n", "end_of_year");
  EXPECT_HAS(test::error_of(Fault::input, [&] { rates("mortality"); }), "sex");
}

TEST_F(GivenNation, RefusesALifeTableWithoutDeathInTheOpenAgeGroup) {
  std::string rows = "sex,age,value\n";
  for (const std::string sex : {"female", "male"}) {
    for (int age = 0; age <= 5; ++age)
      rows += fmt::format("{},{},{}\n", sex, age, age < 5 ? 0.1 : 0);
  }
  figures.history = "mortality_method = \"given\"\n";
  give("mortality_forecast", rows, "at_event");
  EXPECT_HAS(test::error_of(Fault::input, [&] { rates("mortality"); }), "open age group");
}

/// County 1 has 120 children of each sex, the others 90: 300 of 300 in the nation.
double more_in_county_1(int, const std::string& county, const std::string&, int age) {
  if (age != 2) return 0.0;
  return county == "1" ? 120.0 : 90.0;
}

TEST_F(GivenNation, AnAreaBearsAtItsLevelTimesTheGivenRates) {
  figures.births = more_in_county_1;
  figures.history = "fertility_path = \"given\"\nshrinkage = 0.0\n";
  give("fertility_forecast",
       "year,age,value\n2011,0,0\n2011,1,0\n2011,2,0.5\n2011,3,0.25\n2011,4,0\n2011,5,0\n"
       "2012,0,0\n2012,1,0\n2012,2,0.4\n2012,3,0.25\n2012,4,0\n2012,5,0\n",
       "at_event");
  const Rates fitted = rates("fertility");
  EXPECT_EQ(fitted.fertility_ages, AgeDefinition::at_event);
  EXPECT_NEAR(fitted.fertility.at(Interval(0))(Age(2), Group(0), Area(0)), 0.5 * 1.2, 1e-12);
  EXPECT_NEAR(fitted.fertility.at(Interval(1))(Age(2), Group(0), Area(1)), 0.4 * 0.9, 1e-12);
  EXPECT_NEAR(fitted.fertility.at(Interval(1))(Age(3), Group(0), Area(2)), 0.25 * 0.9, 1e-12);
}

TEST_F(GivenNation, RefusesBothFertilityRatesAndATotal) {
  figures.history = "fertility_path = \"given\"\n";
  figures.fertility = "total = 1.5\n";
  give("fertility_forecast", "age,value\n0,0\n1,0\n2,0.5\n3,0\n4,0\n5,0\n", "end_of_year");
  EXPECT_HAS(test::error_of(Fault::scenario, [&] { rates("fertility"); }), "fertility_forecast");
}

/// Immigrants of the window by area are 160, 140 and 90 of 390.
void make_areas_differ(test::Country& figures) {
  figures.give("net_migration");
  figures.net_migration = [](int, const std::string& area) { return area == "A" ? 40.0 : 0.0; };
  figures.moves = [](int, const std::string& from, const std::string& to) {
    return from == "B" && to == "A" ? 10.0 : 0.0;
  };
}

TEST_F(GivenNation, AGivenTotalOfImmigrantsIsDividedAsInTheHistory) {
  make_areas_differ(figures);
  figures.history = "immigration_path = \"given\"\n";
  give("immigration_forecast", "year,value\n2011,780\n2012,1000\n");
  const Rates fitted = rates("immigration");
  EXPECT_NEAR(sum(fitted, 0, 0), 320.0, 1e-9);
  EXPECT_NEAR(sum(fitted, 0, 1), 280.0, 1e-9);
  EXPECT_DOUBLE_EQ(sum(fitted, 0), 780.0);
  EXPECT_DOUBLE_EQ(sum(fitted, 1), 1000.0);
  // Of the window's 390 the women who arrive at age 4 are 30.
  const CellTable& persons = fitted.immigrants.at(Interval(0)).persons;
  const double women = persons(Sex(0), CohortRow(4), Group(0), Area(0));
  EXPECT_NEAR(women, 320.0 * 30.0 / 390.0, 1e-9);
}

TEST_F(GivenNation, TheWindowsOwnImmigrantsGivenBackChangeNothing) {
  make_areas_differ(figures);
  const Rates constant = rates("immigration");
  figures.history = "immigration_path = \"given\"\n";
  give("immigration_forecast", "year,value\n2011,390\n2012,390\n");
  const Rates given = rates("immigration");
  const auto expected = constant.immigrants.at(Interval(1)).persons.values();
  const auto persons = given.immigrants.at(Interval(1)).persons.values();
  for (std::size_t at = 0; at < expected.size(); ++at) {
    EXPECT_NEAR(persons[at], expected[at], 1e-12 * expected[at]) << at;
  }
}

TEST_F(GivenNation, GivenImmigrantsOfAgesAndSexesKeepThemInEveryArea) {
  make_areas_differ(figures);
  figures.history = "immigration_path = \"given\"\n";
  std::string rows = "sex,age,value\n";
  for (const std::string sex : {"female", "male"}) {
    for (int age = 0; age <= 5; ++age) {
      rows += fmt::format("{},{},{}\n", sex, age, sex == "male" && age == 3 ? 390 : 0);
    }
  }
  give("immigration_forecast", rows, "end_of_year");
  const Rates fitted = rates("immigration");
  EXPECT_EQ(fitted.immigrants.size(), 1u);
  const CellTable& persons = fitted.immigrants.at(Interval(1)).persons;
  EXPECT_NEAR(persons(country->sex("male"), CohortRow(3), Group(0), Area(1)), 140.0, 1e-9);
  EXPECT_EQ(persons(country->sex("female"), CohortRow(3), Group(0), Area(1)), 0.0);
  EXPECT_DOUBLE_EQ(sum(fitted, 1), 390.0);
}

TEST_F(GivenNation, ImmigrantsByAgeAtTheEventComeToBothCohortsOfTheAge) {
  make_areas_differ(figures);
  figures.history = "immigration_path = \"given\"\n";
  std::string rows = "sex,age,value\n";
  for (const std::string sex : {"female", "male"}) {
    for (int age = 0; age <= 5; ++age) {
      rows += fmt::format("{},{},{}\n", sex, age, sex == "male" && age == 3 ? 390 : 0);
    }
  }
  give("immigration_forecast", rows, "at_event");
  const Rates fitted = rates("immigration");
  const CellTable& persons = fitted.immigrants.at(Interval(0)).persons;
  EXPECT_NEAR(persons(country->sex("male"), CohortRow(3), Group(0), Area(1)), 70.0, 1e-9);
  EXPECT_NEAR(persons(country->sex("male"), CohortRow(4), Group(0), Area(1)), 70.0, 1e-9);
}

TEST_F(GivenNation, AGivenRateOfEmigrationIsThatOfAllAgesTogether) {
  // At risk in each county are 100 newborn, at half the rate of the others, and 600 others of each
  // sex: a rate of r for all of them is r 700 / 650 for the older.
  figures.give("net_migration");
  figures.net_migration = [](int, const std::string& area) { return area == "A" ? -200.0 : 0.0; };
  figures.history = "emigration_path = \"given\"\n";
  give("emigration_forecast", "year,value\n2011,0.13\n2012,0.065\n");
  const Rates fitted = rates("emigration");
  const auto rate = [&](std::size_t interval, std::size_t row, std::size_t area) {
    return fitted.emigrating.at(Interval(interval))(Sex(0), CohortRow(row), Group(0), Area(area));
  };
  EXPECT_NEAR(rate(0, 3, 1), 0.14, 1e-12);
  EXPECT_NEAR(rate(0, 0, 1), 0.07, 1e-12);
  EXPECT_NEAR(rate(1, 3, 1), 0.07, 1e-12);
  EXPECT_NEAR(rate(1, 3, 0), 0.07 * 200.0 / 130.0, 1e-12);
}

TEST_F(GivenNation, GivenEmigrantsAreSoManyOfThoseWhoLivedAtTheEnd) {
  figures.give("net_migration");
  figures.history = "emigration_path = \"given\"\n";
  give("emigrants_forecast", "year,value\n2011,390\n2012,780\n");
  const Rates fitted = rates("emigration");
  const auto rate = [&](std::size_t interval) {
    return fitted.emigrating.at(Interval(interval))(Sex(1), CohortRow(3), Group(0), Area(0));
  };
  EXPECT_NEAR(rate(0), 0.1, 1e-12);
  EXPECT_NEAR(rate(1), 0.2, 1e-12);
}

TEST_F(GivenNation, EmigrationIsGivenEitherAsRatesOrAsPersons) {
  figures.give("net_migration");
  figures.history = "emigration_path = \"given\"\n";
  EXPECT_HAS(test::error_of(Fault::scenario, [&] { rates("emigration"); }), "does not give");
  give("emigration_forecast", "year,value\n2011,0.1\n2012,0.1\n");
  give("emigrants_forecast", "year,value\n2011,390\n2012,780\n");
  EXPECT_HAS(test::error_of(Fault::scenario, [&] { rates("emigration"); }), "both");
}

/// Logarithms 4, 2, 1, 1/2, 1/4 times ln 2 around their mean: each year half of the one before.
double returning(int year) { return 195.0 * std::exp2(4.0 * std::pow(0.5, year - 2006)); }

TEST_F(GivenNation, AnAutoregressiveLevelOfEmigrationReturnsToItsMean) {
  figures.give("net_migration");
  figures.yearly_emigrants = returning;
  figures.history = "emigration_path = \"ar1\"\ninternational_years = 5\n";
  const Rates fitted = rates("emigration");
  const auto emigrants = [&](std::size_t interval) {  // 1300 older and 200 newborn, times three
    return 3900.0 *
           fitted.emigrating.at(Interval(interval))(Sex(0), CohortRow(3), Group(0), Area(2));
  };
  EXPECT_NEAR(emigrants(0), 195.0 * std::exp2(0.125), 1e-6);
  EXPECT_NEAR(emigrants(1), 195.0 * std::exp2(0.0625), 1e-6);
}

TEST_F(GivenNation, AutoregressiveImmigrantsReturnToTheirMeanAndKeepTheAreas) {
  // Nobody is left over in the accounts, so immigrants are as many as emigrants.
  figures.give("net_migration");
  figures.yearly_emigrants = returning;
  figures.history = "immigration_path = \"ar1\"\ninternational_years = 5\n";
  const Rates fitted = rates("immigration");
  EXPECT_NEAR(sum(fitted, 0), 195.0 * std::exp2(0.125), 1e-6);
  EXPECT_NEAR(sum(fitted, 1), 195.0 * std::exp2(0.0625), 1e-6);
  EXPECT_NEAR(sum(fitted, 0, 1), sum(fitted, 0) / 3.0, 1e-6);
}

TEST_F(GivenNation, ImmigrantsWhoOnlyEverRoseStayAndDoNotGoOnRising) {
  figures.give("net_migration");
  figures.yearly_emigrants = [](int year) { return 100.0 * std::exp2(year - 2006); };
  figures.history = "immigration_path = \"ar1\"\ninternational_years = 5\n";
  const Rates fitted = rates("immigration");
  EXPECT_NEAR(sum(fitted, 0), 1600.0, 1e-6);
  EXPECT_NEAR(sum(fitted, 1), 1600.0, 1e-6);
}

TEST_F(GivenNation, ImmigrantsWhoReturnMoreSlowlyThanYearsAreKnownStay) {
  // Each year a tenth nearer to 2^6 times as many, of which the last year has seen 2^2.5.
  figures.give("net_migration");
  figures.yearly_emigrants = [](int year) {
    return 100.0 * std::exp2(6.0 - 6.0 * std::pow(0.9, year - 2005));
  };
  figures.history = "immigration_path = \"ar1\"\ninternational_years = 5\n";
  EXPECT_NEAR(sum(rates("immigration"), 1), 100.0 * std::exp2(6.0 - 6.0 * std::pow(0.9, 5)), 1e-6);
}

TEST_F(GivenNation, AnAutoregressionNeedsFourYears) {
  figures.give("net_migration");
  figures.history = "emigration_path = \"ar1\"\ninternational_years = 3\n";
  EXPECT_HAS(test::error_of(Fault::scenario, [&] { rates("emigration"); }), "of 3 years");
}

}  // namespace
}  // namespace kohort::population::fit
