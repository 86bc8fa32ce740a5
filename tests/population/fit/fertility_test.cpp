// Fertility of a country on paper: the nation's schedule, the county's level, the area's factor.
#include <cmath>

#include <gtest/gtest.h>

#include "models/population/fit/fit.hpp"
#include "tests/population/fit/country.hpp"
#include "tests/support/expect_error.hpp"

namespace kohort::population::fit {
namespace {

class FittedFertility : public ::testing::Test {
 protected:
  FittedFertility() { figures.sources = "fertility"; }

  Rates rates() {
    country = std::make_unique<test::LoadedCountry>(figures.load(folder_));
    Rates rates;
    std::vector<Estimate> estimates;
    fit_rates(country->source(), {}, country->base, rates, estimates);
    return rates;
  }
  static double rate(const Rates& fitted, std::size_t age, std::size_t area) {
    return fitted.fertility.at(Interval(0))(Age(age), Group(0), Area(area));
  }

  test::Country figures;
  std::unique_ptr<test::LoadedCountry> country;
  test::Folder folder_;
};

TEST_F(FittedFertility, IsBirthsPerWomanOfTheCohort) {
  // 200 children of women aged 2, half of whom are 3 when the year ends; 100 women at each age.
  const Rates fitted = rates();
  EXPECT_DOUBLE_EQ(rate(fitted, 2, 0), 1.0);
  EXPECT_DOUBLE_EQ(rate(fitted, 3, 0), 1.0);
  EXPECT_EQ(rate(fitted, 4, 0), 0.0);
  EXPECT_EQ(fitted.fertility_ages, AgeDefinition::end_of_year);
}

TEST_F(FittedFertility, CountsWomenAndNotMen) {
  figures.stocks = [](int, const std::string&, const std::string& sex, int) {
    return sex == "female" ? 100.0 : 700.0;
  };
  EXPECT_DOUBLE_EQ(rate(rates(), 2, 0), 1.0);
}

TEST_F(FittedFertility, CountiesHaveTheirOwnLevel) {
  // County 1 has 120 children of each sex, the others 90: 300 of 300 in the nation.
  figures.births = [](int, const std::string& county, const std::string&, int age) {
    if (age != 2) return 0.0;
    return county == "1" ? 120.0 : 90.0;
  };
  const Rates fitted = rates();  // with k = 30, 270 of 230 and 210 of 230
  EXPECT_NEAR(rate(fitted, 2, 0), 270.0 / 230.0, 1e-12);
  EXPECT_NEAR(rate(fitted, 2, 1), 210.0 / 230.0, 1e-12);
}

TEST_F(FittedFertility, TheCountysBirthsOfAllYearsOfTheWindowCountBesideK) {
  figures.births = [](int, const std::string& county, const std::string&, int age) {
    if (age != 2) return 0.0;
    return county == "1" ? 120.0 : 90.0;
  };
  figures.history = "fertility_years = 4\n";
  EXPECT_NEAR(rate(rates(), 2, 0), (4 * 240.0 + 30.0) / (4 * 200.0 + 30.0), 1e-12);
}

TEST_F(FittedFertility, ALatestYearThatIsAllThatCountsIsOneYear) {
  figures.births = [](int, const std::string& county, const std::string&, int age) {
    if (age != 2) return 0.0;
    return county == "1" ? 120.0 : 90.0;
  };
  figures.history =
      "fertility_years = 4\nfertility_weights = \"exponential\"\nfertility_alpha = 1.0\n";
  EXPECT_NEAR(rate(rates(), 2, 0), 270.0 / 230.0, 1e-12);
}

TEST_F(FittedFertility, NaturalChangeMultipliesTheBirthsOfAnArea) {
  figures.give("natural_change");  // 1.25 * 200 - 200 / 1.25 = 90, both areas alike
  figures.natural_change = [](auto&&...) { return 90.0; };
  const Rates fitted = rates();
  EXPECT_NEAR(rate(fitted, 2, 0), 1.25, 1e-12);
  EXPECT_NEAR(rate(fitted, 2, 2), 1.0, 1e-12);
}

TEST_F(FittedFertility, AnAreaWithoutPeopleHasTheMeanFactorOfTheOthers) {
  figures.give("natural_change");
  figures.base = [](const std::string& area, const std::string&, int) {
    return area == "B" ? 0.0 : 100.0;
  };
  figures.totals = [](int, const std::string& area) { return area == "B" ? 0.0 : 1200.0; };
  figures.natural_change = [](int, const std::string& area) { return area == "B" ? 0.0 : 90.0; };
  const Rates fitted = rates();
  EXPECT_NEAR(rate(fitted, 2, 0), 1.25, 1e-12);
  EXPECT_NEAR(rate(fitted, 2, 1), 1.25, 1e-12);
}

TEST_F(FittedFertility, RefusesAnAreaWhosePastPeopleHaveNoKnownAges) {
  figures.give("natural_change");
  figures.base = [](const std::string& area, const std::string&, int) {
    return area == "B" ? 0.0 : 100.0;
  };
  EXPECT_HAS(test::error_of(Fault::input, [&] { rates(); }), "area B has 1200 people in 2009");
}

TEST_F(FittedFertility, RefusesBirthsWhereThereAreNoWomen) {
  figures.stocks = [](int, const std::string&, const std::string& sex, int age) {
    return sex == "female" && (age == 1 || age == 2) ? 0.0 : 100.0;
  };
  EXPECT_HAS(test::error_of(Fault::input, [&] { rates(); }), "births at age 2");
}

TEST_F(FittedFertility, OldYearsDoNotCount) {
  figures.births = [](int year, const std::string&, const std::string&, int age) {
    return age == 2 ? (year == 2010 ? 50.0 : 100.0) : 0.0;
  };
  EXPECT_DOUBLE_EQ(rate(rates(), 2, 0), 0.5);
}

TEST_F(FittedFertility, AGivenNationalTotalIsSpreadByTheScheduleAndTheLevels) {
  figures.births = [](int, const std::string& county, const std::string&, int age) {
    if (age != 2) return 0.0;
    return county == "1" ? 120.0 : 90.0;
  };
  figures.history = "fertility_path = \"given\"\nshrinkage = 0.0\n";
  figures.fertility = "total = 1.5\n";
  const Rates fitted = rates();  // the schedule is one half at each of 2 and 3
  EXPECT_NEAR(rate(fitted, 2, 0), 0.75 * 1.2, 1e-12);
  EXPECT_NEAR(rate(fitted, 3, 1), 0.75 * 0.9, 1e-12);
}

TEST_F(FittedFertility, AGivenTotalMayDifferByYearAndArea) {
  figures.history = "fertility_path = \"given\"\n";
  figures.fertility = "total = { file = \"given.csv\", value = \"total\", basis = \"assumed\" }\n";
  folder_.write("given.csv",
                "year,area,total\n2011,A,1\n2011,B,2\n2011,rest,3\n2012,A,1.2\n2012,B,2\n"
                "2012,rest,3\n");
  const Rates fitted = rates();
  EXPECT_NEAR(rate(fitted, 2, 0), 0.5, 1e-12);
  EXPECT_NEAR(rate(fitted, 2, 1), 1.0, 1e-12);
  EXPECT_NEAR(fitted.fertility.at(Interval(1))(Age(2), Group(0), Area(0)), 0.6, 1e-12);
}

TEST_F(FittedFertility, AnAutoregressiveTotalReturnsToItsMean) {
  // Logarithms 4, 2, 1, 1/2, 1/4 times ln 2 around 0: each year half of the one before.
  figures.births = [](int year, const std::string&, const std::string&, int age) {
    return age == 2 ? 50.0 * std::exp2(4.0 * std::pow(0.5, year - 2006)) : 0.0;
  };
  figures.history = "fertility_path = \"ar1\"\n";
  const Rates fitted = rates();
  const auto total = [&](std::size_t interval) {
    const FertilityTable& table = fitted.fertility.at(Interval(interval));
    return table(Age(2), Group(0), Area(0)) + table(Age(3), Group(0), Area(0));
  };
  EXPECT_NEAR(std::log2(total(0)), 0.125, 1e-9);
  EXPECT_NEAR(std::log2(total(1)), 0.0625, 1e-9);
}

}  // namespace
}  // namespace kohort::population::fit
