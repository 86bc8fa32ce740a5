#include "engine/demography/graduation.hpp"

#include <cmath>
#include <numeric>
#include <random>
#include <stdexcept>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "engine/input/csv.hpp"
#include "tests/support/expect_error.hpp"
#include "tests/support/folder.hpp"

namespace kohort {
namespace {

std::vector<double> persons(const char* name) {
  const Csv csv =
      Csv::read(test::project_file(std::string("tests/published/beers_johnson/") + name));
  std::vector<double> values;
  for (std::size_t row = 0; row < csv.rows(); ++row) {
    values.push_back(std::stod(std::string(csv.cell(row, 1))));
  }
  return values;
}

double sum(const std::vector<double>& ages, std::size_t from, std::size_t count) {
  const auto begin = ages.begin() + static_cast<std::ptrdiff_t>(from);
  return std::accumulate(begin, begin + static_cast<std::ptrdiff_t>(count), 0.0);
}

// The worksheet BEERSP of the United States Census Bureau (P. Johnson, 2016), males.
TEST(BeersWithInfants, EqualsTheWorksheetOfJohnson) {
  const std::vector<double> groups = persons("groups.csv");
  const std::vector<double> expected = persons("expected.csv");
  const Graduated ages = beers_with_infants(groups, LastGroup::open);
  ASSERT_EQ(expected.size(), 13U);
  for (std::size_t age = 0; age < expected.size(); ++age) {
    EXPECT_NEAR(ages.persons[age], expected[age], 1.0) << "age " << age;
  }
}

TEST(BeersWithInfants, KeepsEveryGroupOfTheWorksheet) {
  const std::vector<double> groups = persons("groups.csv");
  const Graduated ages = beers_with_infants(groups, LastGroup::open);
  ASSERT_EQ(ages.persons.size(), 81U);
  EXPECT_EQ(ages.persons[0], groups[0]);
  EXPECT_NEAR(sum(ages.persons, 1, 4), groups[1], 1e-6);
  for (std::size_t group = 2; group + 1 < groups.size(); ++group) {
    EXPECT_NEAR(sum(ages.persons, 5 * (group - 1), 5), groups[group], 1e-6) << "group " << group;
  }
  EXPECT_EQ(ages.persons[80], groups.back());
  EXPECT_TRUE(ages.mended.empty());
}

/// Groups of a density: its integral over each five years.
template <class Integral>
std::vector<double> integrated(Integral&& integral, int groups) {
  std::vector<double> result;
  for (int group = 0; group < groups; ++group) {
    result.push_back(integral(5.0 * (group + 1)) - integral(5.0 * group));
  }
  return result;
}

TEST(BeersOrdinary, IsExactForALine) {
  const auto integral = [](double x) { return 50.0 * x - 0.25 * x * x; };
  const Graduated ages = beers_ordinary(integrated(integral, 8), LastGroup::closed);
  ASSERT_EQ(ages.persons.size(), 40U);
  for (std::size_t age = 0; age < 40; ++age) {
    const double x = static_cast<double>(age);
    EXPECT_NEAR(ages.persons[age], integral(x + 1.0) - integral(x), 1e-9) << "age " << age;
  }
}

// The coefficients have four digits, so a curve of groups near 1000 comes back to about 0.1.
TEST(BeersOrdinary, IsExactForACubicButForItsFourDigits) {
  const auto integral = [](double x) {
    const double u = (x - 20.0) / 10.0;
    return 200.0 * x + 20.0 * u * u * u - 15.0 * u * u * u * u;
  };
  const Graduated ages = beers_ordinary(integrated(integral, 8), LastGroup::closed);
  for (std::size_t age = 0; age < 40; ++age) {
    const double x = static_cast<double>(age);
    EXPECT_NEAR(ages.persons[age], integral(x + 1.0) - integral(x), 0.1) << "age " << age;
  }
}

TEST(BeersOrdinary, MendsNegativeAgesWithinTheirGroup) {
  const std::vector<double> groups{0.0, 0.0, 1000.0, 0.0, 0.0, 0.0};
  const Graduated ages = beers_ordinary(groups, LastGroup::closed);
  EXPECT_EQ(ages.mended, (std::vector<std::size_t>{0, 1, 3, 4, 5}));
  EXPECT_EQ(sum(ages.persons, 0, 10), 0.0);
  EXPECT_NEAR(sum(ages.persons, 10, 5), 1000.0, 1e-9);
}

TEST(BeersOrdinary, KeepsTheOpenGroup) {
  const std::vector<double> groups{10.0, 10.0, 10.0, 10.0, 10.0, 7.0};
  const Graduated ages = beers_ordinary(groups, LastGroup::open);
  ASSERT_EQ(ages.persons.size(), 26U);
  for (std::size_t age = 0; age < 25; ++age) EXPECT_NEAR(ages.persons[age], 2.0, 1e-12);
  EXPECT_EQ(ages.persons[25], 7.0);
}

TEST(BeersOrdinary, RefusesTooFewOrNegativeGroups) {
  const std::vector<double> four(5, 1.0);
  EXPECT_THROW(beers_ordinary(four, LastGroup::open), std::invalid_argument);
  EXPECT_THROW(beers_ordinary({}, LastGroup::open), std::invalid_argument);
  EXPECT_THROW(beers_with_infants(four, LastGroup::closed), std::invalid_argument);
  const std::vector<double> negative{1.0, 1.0, -1.0, 1.0, 1.0};
  EXPECT_HAS(test::error_of(Fault::input, [&] { beers_ordinary(negative, LastGroup::closed); }),
             "age group number 2 is -1");
}

RC_GTEST_PROP(BeersOrdinary, KeepsEveryGroupAndHasNoNegativeAges, ()) {
  std::mt19937 random(*rc::gen::arbitrary<unsigned>());
  std::vector<double> groups(*rc::gen::inRange<std::size_t>(6, 25));
  for (double& group : groups) group = static_cast<double>(random() % 3 * (1 + random() % 1000));
  const Graduated plain = beers_ordinary(groups, LastGroup::closed);
  for (std::size_t group = 0; group < groups.size(); ++group) {
    RC_ASSERT(std::abs(sum(plain.persons, 5 * group, 5) - groups[group]) < 1e-8);
  }
  const Graduated young = beers_with_infants(groups, LastGroup::closed);
  RC_ASSERT(young.persons[0] == groups[0]);
  RC_ASSERT(std::abs(sum(young.persons, 1, 4) - groups[1]) < 1e-8);
  for (std::size_t group = 2; group < groups.size(); ++group) {
    RC_ASSERT(std::abs(sum(young.persons, 5 * (group - 1), 5) - groups[group]) < 1e-8);
  }
  for (const double age : plain.persons) RC_ASSERT(age >= 0.0);
  for (const double age : young.persons) RC_ASSERT(age >= 0.0);
}

// On paper: 12 by 1:2:3, 10 by 1:1.
TEST(SplitGroups, CanBeCheckedOnPaper) {
  const std::vector<double> groups{12.0, 10.0};
  const std::vector<std::size_t> first{0, 3};
  const std::vector<double> pattern{1.0, 2.0, 3.0, 7.0, 7.0};
  EXPECT_EQ(split_groups(groups, first, pattern), (std::vector<double>{2.0, 4.0, 6.0, 5.0, 5.0}));
}

TEST(SplitGroups, LeavesAnEmptyGroupEmptyWhateverItsPattern) {
  const std::vector<double> groups{0.0, 10.0};
  const std::vector<std::size_t> first{0, 2};
  const std::vector<double> pattern{0.0, 0.0, 1.0};
  EXPECT_EQ(split_groups(groups, first, pattern), (std::vector<double>{0.0, 0.0, 10.0}));
}

TEST(SplitGroups, NamesAGroupWithoutPattern) {
  const std::vector<double> groups{1.0, 10.0};
  const std::vector<double> pattern{1.0, 0.0, 0.0};
  const std::vector<std::size_t> first{0, 1};
  EXPECT_HAS(test::error_of(Fault::input, [&] { split_groups(groups, first, pattern); }),
             "group number 1 holds 10 but its pattern is all 0");
}

TEST(SplitGroups, RefusesPlacesOutOfOrder) {
  const std::vector<double> groups{1.0, 10.0};
  const std::vector<double> pattern{1.0, 1.0, 1.0};
  for (const auto& first : std::vector<std::vector<std::size_t>>{{0, 0}, {1, 2}, {0, 3}, {0}}) {
    EXPECT_THROW(split_groups(groups, first, pattern), std::invalid_argument);
  }
}

}  // namespace
}  // namespace kohort
