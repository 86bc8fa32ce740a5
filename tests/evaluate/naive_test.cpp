// Naive forecasts, reckoned by hand.
#include "engine/evaluate/naive.hpp"

#include <cmath>
#include <numeric>
#include <stdexcept>

#include <gtest/gtest.h>

namespace kohort::evaluate {
namespace {

constexpr std::size_t ages = 101;

PeopleByAge everywhere_of(double people) {
  return {std::vector<double>(ages, people), std::vector<double>(ages, people)};
}

TEST(NaiveForecasts, GoOnAlongALine) {
  // From 100 to 110 in five years is 2 a year.
  const Line line{100.0, 110.0, 5.0};
  EXPECT_DOUBLE_EQ(line.ahead(10.0), 130.0);
  EXPECT_DOUBLE_EQ(line.ahead(0.0), 110.0);
}

TEST(NaiveForecasts, KeepAShare) {
  // A quarter of 40 is 10, of 60 it is 15.
  EXPECT_DOUBLE_EQ(constant_share(10.0, 40.0, 60.0), 15.0);
  EXPECT_THROW(constant_share(10.0, 0.0, 60.0), std::invalid_argument);
}

TEST(CohortRatios, AreThoseOfTheCohortBefore) {
  PeopleByAge before = everywhere_of(10.0);
  PeopleByAge now = everywhere_of(10.0);
  // Of 8 women of 30, ten years later 6 are 40; of the 12 who are 30 now, 9 will be.
  before.female[30] = 8.0;
  now.female[40] = 6.0;
  now.female[30] = 12.0;
  const PeopleByAge later = cohort_ratios(before, now, 10);
  EXPECT_DOUBLE_EQ(later.female[40], 9.0);
  EXPECT_DOUBLE_EQ(later.male[40], 10.0);
}

TEST(CohortRatios, TakeTheOldestTogether) {
  PeopleByAge before = everywhere_of(0.0);
  PeopleByAge now = everywhere_of(0.0);
  // Of the 100 of 80 and over, 20 are 90 and over ten years later; of the 150 now, 30 will be. They
  // keep their structure: 15 of 20 are 92.
  before.male[85] = 100.0;
  now.male[85] = 130.0;
  now.male[90] = 5.0;
  now.male[92] = 15.0;
  const PeopleByAge later = cohort_ratios(before, now, 10);
  EXPECT_DOUBLE_EQ(later.male[90], 7.5);
  EXPECT_DOUBLE_EQ(later.male[92], 22.5);
}

TEST(CohortRatios, GiveChildrenByTheWomenWhoMayBearThem) {
  PeopleByAge before = everywhere_of(10.0);
  PeopleByAge now = everywhere_of(10.0);
  // Nobody dies or moves, but 40 girls of 10 now stand where there were 10: in ten years there are
  // 330 women of 15-44 instead of 300 and as many of 20-49.
  now.female[10] = 40.0;
  before.female[0] = 40.0;
  const PeopleByAge later = cohort_ratios(before, now, 10);
  EXPECT_DOUBLE_EQ(later.female[20], 40.0);
  EXPECT_DOUBLE_EQ(later.female[4], 10.0 * 330.0 / 300.0);
  EXPECT_DOUBLE_EQ(later.male[9], 10.0 * 330.0 / 300.0);
}

TEST(CohortRatios, SayNothingOfACohortThatHadNobody) {
  PeopleByAge before = everywhere_of(10.0);
  before.male[50] = 0.0;
  const PeopleByAge later = cohort_ratios(before, everywhere_of(10.0), 5);
  EXPECT_TRUE(std::isnan(later.male[55]));
  EXPECT_DOUBLE_EQ(later.male[56], 10.0);
}

TEST(CohortRatios, RefuseWhatCannotBeFollowed) {
  const PeopleByAge people = everywhere_of(10.0);
  EXPECT_THROW(cohort_ratios(people, people, 0), std::invalid_argument);
  EXPECT_THROW(cohort_ratios(people, people, most_cohort_years + 1), std::invalid_argument);
  PeopleByAge fewer = people;
  fewer.male.pop_back();
  EXPECT_THROW(cohort_ratios(fewer, people, 5), std::invalid_argument);
}

}  // namespace
}  // namespace kohort::evaluate
