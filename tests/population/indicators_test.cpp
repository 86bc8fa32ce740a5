// Indicators against life tables, rates that were put in, and populations counted on paper.
#include "models/population/indicators.hpp"

#include <cmath>
#include <random>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "tests/population/sketch.hpp"
#include "tests/support/expect_error.hpp"

namespace kohort {
namespace {

using test::Projected;

/// [year][summary_area]
const std::vector<double>& figures(const Projected& projected, const std::string& name) {
  for (const Summarised& one : projected.outcome().summary) {
    if (one.variable.name == "indicators/" + name) return one.values;
  }
  throw std::out_of_range(name);
}

const Estimate& life_expectancies(const Projected& projected) {
  for (const Estimate& one : projected.outcome().estimates) {
    if (one.name == "life_table/life_expectancy") return one;
  }
  throw std::out_of_range("life_table/life_expectancy");
}

// The first figure of a life table is the expectancy at birth.
TEST(Indicators, LifeExpectancyIsThatOfTheLifeTable) {
  const Projected men(test::project_file("tests/published/un1982_life_table/scenario.toml"));
  EXPECT_NEAR(figures(men, "life_expectancy_male")[0], life_expectancies(men).values[0], 1e-9);
  const Projected women(test::project_file("tests/published/france_2000_life_table/scenario.toml"));
  EXPECT_NEAR(figures(women, "life_expectancy_female")[0], life_expectancies(women).values[0],
              1e-9);
}

/// A population of areas a and b by hand: ages 0 to 4 and 5+, both sexes.
class IndicatorsByHand : public ::testing::Test {
 protected:
  /// Persons by age, of each sex; the rest is written as it stands in the scenario.
  Projected project(const std::vector<int>& a, const std::vector<int>& b, const std::string& more) {
    std::string base = "area,sex,age,value\n";
    for (const std::string sex : {"female", "male"}) {
      for (std::size_t age = 0; age < a.size(); ++age) {
        base += "a," + sex + "," + std::to_string(age) + "," + std::to_string(a[age]) + "\n";
        base += "b," + sex + "," + std::to_string(age) + "," + std::to_string(b[age]) + "\n";
      }
    }
    folder.write("base.csv", base);
    return Projected(folder.write(
        "s.toml",
        "format = 1\nprojection = { base_year = 2000, end_year = 2001, open_age = 5 }\n"
        "areas = { codes = [\"a\", \"b\"] }\npopulation.base = { file = \"base.csv\", basis = "
        "\"assumed\", age_definition = \"end_of_year\" }\npopulation.mortality.measure = "
        "\"probability_of_dying\"\n" +
            more));
  }
  test::Folder folder;
  const std::string immortal = "population.mortality.rates = 0.0\n";
  const std::string childless = "population.fertility.rates = 0.0\n";
  const std::string by_age = ", basis = \"assumed\", age_definition = \"end_of_year\" }\n";
};

// In a, of each sex: 30 children aged 1 and 10 aged 0, 80 of working age, 20 aged 5+.
TEST_F(IndicatorsByHand, AgesAreThoseCounted) {
  const Projected run = project({10, 30, 40, 40, 0, 20}, {0, 0, 0, 0, 0, 0},
                                immortal + childless + "output.working_ages = \"2-3\"\n");
  EXPECT_NEAR(figures(run, "dependency_ratio")[0], 60.0 / 80.0, 1e-12);
  EXPECT_NEAR(figures(run, "old_age_dependency_ratio")[0], 20.0 / 80.0, 1e-12);
  EXPECT_NEAR(figures(run, "share_of_children")[0], 40.0 / 140.0, 1e-12);
  EXPECT_NEAR(figures(run, "share_of_old")[0], 20.0 / 140.0, 1e-12);
  EXPECT_NEAR(figures(run, "mean_age")[0], (5.0 + 45.0 + 100.0 + 140.0 + 110.0) / 140.0, 1e-12);
}

TEST_F(IndicatorsByHand, AreNotANumberWhereNobodyLives) {
  const Projected run = project({10, 30, 40, 40, 0, 20}, {0, 0, 0, 0, 0, 0}, immortal + childless);
  EXPECT_TRUE(std::isnan(figures(run, "mean_age")[1]));
  EXPECT_EQ(figures(run, "mean_age")[2], figures(run, "mean_age")[0]);
  EXPECT_EQ(figures(run, "total_fertility_rate")[1], 0.0);
}

TEST_F(IndicatorsByHand, LifeHasNoExpectancyWhereNobodyDiesInTheOpenAge) {
  const Projected run = project({1, 1, 1, 1, 1, 1}, {1, 1, 1, 1, 1, 1}, immortal + childless);
  EXPECT_TRUE(std::isnan(figures(run, "life_expectancy_female")[0]));
}

// With q = 1/2 for everybody L(a) = 2^-(a+1): 1/2 + ... + 1/32 below the open age, and 1/32 x (1/2)
// / (1/2) in it, which makes 1. Nobody need live in an area for its rates to have an expectancy.
TEST_F(IndicatorsByHand, LifeExpectancyIsTheSumOfPersonYears) {
  const Projected run = project({10, 10, 10, 10, 10, 10}, {0, 0, 0, 0, 0, 0},
                                childless + "population.mortality.rates = 0.5\n");
  for (std::size_t area = 0; area < 3; ++area) {
    EXPECT_NEAR(figures(run, "life_expectancy_female")[area], 1.0, 1e-12);
    EXPECT_NEAR(figures(run, "life_expectancy_male")[area], 1.0, 1e-12);
  }
}

// q is 0.2 in a with 30 at each age and 0.6 in b with 10: together 0.3.
TEST_F(IndicatorsByHand, LifeExpectancyOfSeveralAreasIsByThoseAtRisk) {
  folder.write("q.csv", "area,value\na,0.2\nb,0.6\n");
  const Projected run = project(
      {30, 30, 30, 30, 30, 30}, {10, 10, 10, 10, 10, 10},
      "population.fertility.rates = 0.0\npopulation.mortality.rates = { file = \"q.csv\"" + by_age);
  const auto expectancy = [](double at_birth, double later) {
    double sum = 0.0;
    double lived = 1.0 - at_birth;
    for (int age = 0; age < 5; ++age, lived *= 1.0 - later) sum += lived;
    return sum + lived / later;
  };
  EXPECT_NEAR(figures(run, "life_expectancy_male")[0], expectancy(0.2, 0.2), 1e-12);
  // Nobody is born, so that both areas count alike at birth.
  EXPECT_NEAR(figures(run, "life_expectancy_male")[2], expectancy(0.4, 0.3), 1e-12);
}

// Whichever set of areas it stands in: its own probabilities of dying, weighted by nobody.
TEST_F(IndicatorsByHand, OfOneAreaAreThoseOfAllToTheLastBit) {
  std::string base = "area,sex,age,value\n";
  for (int age = 0; age < 6; ++age) {
    base += fmt::format("a,female,{0},{1}\na,male,{0},{1}\n", age, 7 + 3 * age);
  }
  folder.write("one.csv", base);
  folder.write("q.csv", "age,value\n0,0.01\n1,0.13\n2,0.07\n3,0.3\n4,0.11\n5,0.37\n");
  const Projected run(
      folder.write("one.toml",
                   "format = 1\nprojection = { base_year = 2000, end_year = 2001, open_age = 5 }\n"
                   "areas = { codes = [\"a\"] }\npopulation.base = { file = \"one.csv\"" +
                       by_age +
                       "population.fertility.rates = 0.0\npopulation.mortality.measure = "
                       "\"probability_of_dying\"\npopulation.mortality.rates = { file = \"q.csv\"" +
                       by_age));
  for (const char* name : {"life_expectancy_female", "life_expectancy_male", "mean_age"}) {
    EXPECT_EQ(figures(run, name)[0], figures(run, name)[1]) << name;
  }
}

TEST_F(IndicatorsByHand, FertilityIsTheRatesThatWerePutIn) {
  folder.write("f.csv",
               "area,age,value\na,0,0\na,1,0.1\na,2,0.25\na,3,0.3\na,4,0.05\na,5,0\n"
               "b,0,0\nb,1,0\nb,2,0.5\nb,3,0.5\nb,4,0\nb,5,0\n");
  for (const std::string ages : {"end_of_year", "at_event"}) {
    const Projected run = project(
        {11, 17, 23, 29, 31, 37}, {5, 7, 11, 13, 17, 19},
        "population.mortality.rates = 0.1\npopulation.fertility.rates = { file = \"f.csv\", "
        "basis = \"assumed\", age_definition = \"" +
            ages + "\" }\n");
    EXPECT_NEAR(figures(run, "total_fertility_rate")[0], 0.7, 1e-12);
    EXPECT_NEAR(figures(run, "total_fertility_rate")[1], 1.0, 1e-12);
    EXPECT_GT(figures(run, "total_fertility_rate")[2], 0.7);
    EXPECT_LT(figures(run, "total_fertility_rate")[2], 1.0);
  }
}

TEST_F(IndicatorsByHand, RefuseWorkingAgesThatPartNobody) {
  const auto error = [&](const std::string& ages) {
    return test::error_of(Fault::scenario, [&] {
      project({1, 1, 1, 1, 1, 1}, {1, 1, 1, 1, 1, 1},
              immortal + childless + "output.working_ages = \"" + ages + "\"\n");
    });
  };
  EXPECT_HAS(error("0-3"), "output.working_ages: '0-3' leaves nobody younger, or nobody older");
  EXPECT_HAS(error("2-5"), "write \"2+\"");
  EXPECT_HAS(error("3+"), "leaves nobody younger, or nobody older");
}

TEST(Indicators, OfAnyFormArePlausible) {
  std::mt19937_64 random(5);
  for (const test::Form form : {test::Form::pool, test::Form::linear, test::Form::exponential}) {
    const test::Folder folder(std::to_string(static_cast<int>(form)));
    const Projected run = test::project(any_sketch(form, test::Net::none, random), folder);
    for (const double years : figures(run, "life_expectancy_female")) {
      EXPECT_GT(years, 1.0);
      EXPECT_LT(years, 200.0);
    }
    for (const double births : figures(run, "total_fertility_rate")) EXPECT_GT(births, 0.0);
  }
}

}  // namespace
}  // namespace kohort
