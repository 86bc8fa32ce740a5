// Error measures of single figures: by hand, and what must hold of any.
#include "engine/evaluate/measures.hpp"

#include <cmath>
#include <limits>
#include <stdexcept>
#include <vector>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace kohort::evaluate {
namespace {

// Errors of +10, -20, 0 and +2 on outturns of 100, 400, 50 and 40: +10 %, -5 %, 0 %, +5 %.
const std::vector<Pair> four{{110.0, 100.0}, {380.0, 400.0}, {50.0, 50.0}, {42.0, 40.0}};

TEST(Errors, AreAsReckonedByHand) {
  const Errors errors = errors_of(four);
  EXPECT_EQ(errors.count, 4U);
  EXPECT_EQ(errors.relative, 4U);
  EXPECT_DOUBLE_EQ(errors.mae, 8.0);
  EXPECT_DOUBLE_EQ(errors.rmse * errors.rmse, 126.0);
  EXPECT_DOUBLE_EQ(*errors.mape, 5.0);
  EXPECT_DOUBLE_EQ(*errors.mdape, 5.0);
  EXPECT_DOUBLE_EQ(*errors.malpe, 2.5);
  EXPECT_DOUBLE_EQ(*errors.wape, 100.0 * 32.0 / 590.0);
  EXPECT_DOUBLE_EQ(*errors.within_5, 75.0);
  EXPECT_DOUBLE_EQ(*errors.within_10, 100.0);
}

TEST(Errors, LeaveOutturnsOfZeroOutOfWhatIsInPerCent) {
  const Errors errors = errors_of(std::vector<Pair>{{3.0, 0.0}, {11.0, 10.0}});
  EXPECT_EQ(errors.count, 2U);
  EXPECT_EQ(errors.relative, 1U);
  EXPECT_DOUBLE_EQ(*errors.mape, 10.0);
  EXPECT_DOUBLE_EQ(errors.mae, 2.0);
  EXPECT_DOUBLE_EQ(*errors.wape, 40.0);
}

TEST(Errors, HaveNoPerCentWhereNothingCameAbout) {
  const Errors errors = errors_of(std::vector<Pair>{{3.0, 0.0}});
  EXPECT_FALSE(errors.mape || errors.mdape || errors.malpe || errors.wape || errors.within_5);
  EXPECT_DOUBLE_EQ(errors.rmse, 3.0);
}

TEST(Errors, AreNotThereOfNothing) {
  EXPECT_THROW(errors_of({}), std::invalid_argument);
  EXPECT_THROW(errors_of(std::vector<Pair>{{std::numeric_limits<double>::quiet_NaN(), 1.0}}),
               std::invalid_argument);
}

RC_GTEST_PROP(ErrorsOfAny, KeepTheirOrder, ()) {
  std::vector<Pair> pairs;
  for (const int number : *rc::gen::nonEmpty<std::vector<int>>()) {
    pairs.push_back({static_cast<double>(number % 1000), *rc::gen::inRange(1, 1000) * 1.0});
  }
  const Errors errors = errors_of(pairs);
  RC_ASSERT(errors.rmse >= errors.mae - 1e-9);
  RC_ASSERT(*errors.mape >= std::abs(*errors.malpe) - 1e-9);
  RC_ASSERT(*errors.within_5 <= *errors.within_10);
}

// No change from 90, 390, 50 and 42 is wrong by 10, 10, 0 and 2, on average by 5.5.
TEST(ScaledError, IsBesideTheNaiveForecast) {
  const std::vector<Pair> naive{{90.0, 100.0}, {390.0, 400.0}, {50.0, 50.0}, {42.0, 40.0}};
  EXPECT_DOUBLE_EQ(*scaled_error(four, naive), 8.0 / 5.5);
  EXPECT_DOUBLE_EQ(*scaled_error(naive, naive), 1.0);
}

TEST(ScaledError, IsNotThereWhereTheNaiveForecastIsPerfect) {
  EXPECT_FALSE(scaled_error(std::vector<Pair>{{2.0, 1.0}}, std::vector<Pair>{{1.0, 1.0}}));
}

TEST(ScaledError, WantsTheSameOutturns) {
  EXPECT_THROW(scaled_error(std::vector<Pair>{{2.0, 1.0}}, std::vector<Pair>{{1.0, 2.0}}),
               std::invalid_argument);
}

TEST(DirectionHitRate, CountsGrowthFallAndStandstill) {
  EXPECT_DOUBLE_EQ(
      direction_hit_rate(std::vector<Course>{
          {10.0, 12.0, 11.0}, {10.0, 9.0, 11.0}, {10.0, 10.0, 10.0}, {10.0, 8.0, 9.0}}),
      0.75);
  EXPECT_THROW(direction_hit_rate({}), std::invalid_argument);
}

TEST(BrierScore, IsAsReckonedByHand) {
  EXPECT_DOUBLE_EQ(brier_score(std::vector<Chance>{{1.0, true}, {0.0, true}, {0.5, false}}),
                   1.25 / 3.0);
  EXPECT_THROW(brier_score(std::vector<Chance>{{1.5, true}}), std::invalid_argument);
}

// Shares 0.2, 0.3, 0.5 against 0.4, 0.4, 0.2: three in ten stand elsewhere.
TEST(Dissimilarity, IsTheShareThatStandsElsewhere) {
  EXPECT_DOUBLE_EQ(
      dissimilarity(std::vector<double>{2.0, 3.0, 5.0}, std::vector<double>{8.0, 8.0, 4.0}), 0.3);
  EXPECT_DOUBLE_EQ(dissimilarity(std::vector<double>{1.0, 0.0}, std::vector<double>{0.0, 7.0}),
                   1.0);
  EXPECT_THROW(dissimilarity(std::vector<double>{1.0}, std::vector<double>{0.0}),
               std::invalid_argument);
}

}  // namespace
}  // namespace kohort::evaluate
