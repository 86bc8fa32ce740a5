#include "engine/demography/life_table.hpp"

#include <cmath>

#include <gtest/gtest.h>

#include "engine/input/csv.hpp"
#include "tests/support/folder.hpp"

namespace kohort {
namespace {

std::vector<double> column(const Csv& csv, const std::string& name) {
  std::vector<double> values;
  for (std::size_t row = 0; row < csv.rows(); ++row) {
    values.push_back(std::stod(std::string(csv.cell(row, *csv.column(name)))));
  }
  return values;
}

void expect_near(const std::vector<double>& ours, const std::vector<double>& published,
                 double tolerance) {
  ASSERT_EQ(ours.size(), published.size());
  for (std::size_t at = 0; at < ours.size(); ++at) {
    EXPECT_NEAR(ours[at], published[at], tolerance * std::abs(published[at])) << "row " << at;
  }
}

// Human Mortality Database, France 2000, females, with the columns of the R package demography;
// not redistributable, read in place.
TEST(LifeTable, EqualsThatOfFrenchWomenIn2000) {
  const Csv csv = Csv::read(test::shared_file("cases/lifetable_single_france2000_female/case.csv"));
  const LifeTable table = life_table(column(csv, "age"), column(csv, "mx"), LifeTableSex::female,
                                     InfantYears::coale_demeny_west);
  constexpr double tolerance = 1e-6;
  expect_near(table.dying, column(csv, "qx"), tolerance);
  expect_near(table.survivors, column(csv, "lx"), tolerance);
  expect_near(table.deaths, column(csv, "dx"), tolerance);
  expect_near(table.person_years, column(csv, "Lx"), tolerance);
  expect_near(table.years_above, column(csv, "Tx"), tolerance);
  expect_near(table.expectancy, column(csv, "ex"), tolerance);
}

// United Nations (1982), Model Life Tables for Developing Countries, p. 34, males.
TEST(LifeTable, GivesThePublishedExpectanciesOfAModelLifeTable) {
  const Csv csv = Csv::read(test::project_file("tests/published/un1982_life_table/case.csv"));
  const LifeTable table = life_table(column(csv, "age"), column(csv, "mx"), LifeTableSex::male,
                                     InfantYears::coale_demeny_west);
  const std::vector<double> published = column(csv, "expected_ex");
  for (std::size_t at = 0; at < published.size(); ++at) {
    EXPECT_NEAR(table.expectancy[at], published[at], 0.05) << "row " << at;
  }
}

// Two ages, on paper: m = 0.5 at age 0 (a = 0.5 by a formula above its range would be 0.31411),
// open m = 0.25.
TEST(LifeTable, CanBeCheckedOnPaper) {
  const std::vector<double> ages{0.0, 1.0};
  const std::vector<double> rates{0.5, 0.25};
  const LifeTable table =
      life_table(ages, rates, LifeTableSex::female, InfantYears::andreev_kingkade);
  const double q = 0.5 / (1.0 + (1.0 - 0.31411) * 0.5);
  EXPECT_DOUBLE_EQ(table.dying[0], q);
  EXPECT_DOUBLE_EQ(table.person_years[0], 1.0 - q + 0.31411 * q);
  EXPECT_DOUBLE_EQ(table.person_years[1], (1.0 - q) / 0.25);
}

// A group of five years with m = 0.5: deaths half-way through it would take 2.5 / 2.25 of all. A
// constant force takes 1 - exp(-2.5), and those who die live d / m years in all, whatever the rule.
TEST(LifeTable, TakesAConstantForceWhereAllWouldDieHalfWay) {
  const std::vector<double> ages{0.0, 5.0, 10.0};
  const std::vector<double> rates{0.0, 0.5, 1.0};
  const LifeTable table =
      life_table(ages, rates, LifeTableSex::female, InfantYears::andreev_kingkade);
  const double q = 1.0 - std::exp(-2.5);
  EXPECT_NEAR(table.dying[1], q, 1e-15);
  EXPECT_NEAR(table.years_dying[1], 1.0 / 0.5 - 5.0 * std::exp(-2.5) / q, 1e-14);
  EXPECT_NEAR(table.person_years[1], q / 0.5, 1e-14);
  EXPECT_NEAR(table.person_years[2], std::exp(-2.5), 1e-14);
}

// With m = 0.4 they would all die: 2 / (1 + 1) = 1. Just below, not quite: 1.95 / 1.975.
TEST(LifeTable, LetsSomeLiveOnHoweverHighTheRate) {
  const std::vector<double> ages{0.0, 5.0, 10.0};
  const auto q = [&](double m) {
    const std::vector<double> rates{0.0, m, 1.0};
    return life_table(ages, rates, LifeTableSex::male, InfantYears::andreev_kingkade).dying[1];
  };
  EXPECT_NEAR(q(0.39), 1.95 / 1.975, 1e-15);
  EXPECT_NEAR(q(0.4), 1.0 - std::exp(-2.0), 1e-15);
  EXPECT_LT(q(5.0), 1.0);
}

TEST(LifeTable, RefusesWhatCannotBeOne) {
  const std::vector<double> ages{0.0, 1.0};
  const std::vector<double> no_deaths{0.5, 0.0};
  EXPECT_THROW(life_table(ages, no_deaths, LifeTableSex::male, InfantYears::andreev_kingkade),
               std::invalid_argument);
  const std::vector<double> one{0.5};
  EXPECT_THROW(life_table(ages, one, LifeTableSex::male, InfantYears::andreev_kingkade),
               std::invalid_argument);
}

// Andreev & Kingkade (2015), table 3, on both sides of the first limit.
TEST(InfantYears, FollowTheFormulaOfTheirRange) {
  const auto a0 = [](double m, LifeTableSex sex) {
    return infant_years(CentralRate::per_person_year(m), sex, InfantYears::andreev_kingkade)
        .years();
  };
  EXPECT_DOUBLE_EQ(a0(0.01, LifeTableSex::male), 0.14929 - 1.99545 * 0.01);
  EXPECT_DOUBLE_EQ(a0(0.03, LifeTableSex::male), 0.02832 + 3.26021 * 0.03);
  EXPECT_DOUBLE_EQ(a0(0.20, LifeTableSex::male), 0.29915);
  EXPECT_DOUBLE_EQ(a0(0.01, LifeTableSex::female), 0.14903 - 2.05527 * 0.01);
  EXPECT_DOUBLE_EQ(a0(0.02, LifeTableSex::female), 0.04667 + 3.88089 * 0.02);
}

// Coale & Demeny (1983), model West, as in Preston et al. (2001), table 3.3.
TEST(EarlyChildhoodYears, FollowTheInfantRate) {
  const auto a1 = [](double m, LifeTableSex sex) {
    return early_childhood_years(CentralRate::per_person_year(m), sex).years();
  };
  EXPECT_DOUBLE_EQ(a1(0.02, LifeTableSex::male), 1.651 - 2.816 * 0.02);
  EXPECT_DOUBLE_EQ(a1(0.02, LifeTableSex::female), 1.522 - 1.518 * 0.02);
  EXPECT_DOUBLE_EQ(a1(0.2, LifeTableSex::male), 1.352);
  EXPECT_DOUBLE_EQ(a1(0.2, LifeTableSex::female), 1.361);
}

TEST(CohortDying, EndsWithTheRuleForTheOpenGroup) {
  const std::vector<double> ages{0.0, 1.0, 2.0};
  const std::vector<double> rates{0.1, 0.2, 0.5};
  const LifeTable table =
      life_table(ages, rates, LifeTableSex::male, InfantYears::andreev_kingkade);
  const auto& L = table.person_years;
  const auto pooled = cohort_dying(table, 1, OpenGroup::pooled);
  ASSERT_EQ(pooled.size(), 4U);
  EXPECT_DOUBLE_EQ(pooled[0], 1.0 - L[0]);
  EXPECT_DOUBLE_EQ(pooled[1], 1.0 - L[1] / L[0]);
  EXPECT_DOUBLE_EQ(pooled[2], 1.0 - L[2] / (L[1] + L[2]));
  EXPECT_DOUBLE_EQ(pooled[3], pooled[2]);
  const auto renewed = cohort_dying(table, 1, OpenGroup::renewed);
  EXPECT_DOUBLE_EQ(renewed[2], 1.0 - L[2] / L[1]);
  EXPECT_DOUBLE_EQ(renewed[3], 1.0);
}

}  // namespace
}  // namespace kohort
