#include "engine/estimate/time_series.hpp"

#include <cmath>
#include <limits>
#include <random>
#include <vector>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace kohort {
namespace {

// On paper: steps 1, 3; drift 2, variance (1 + 1) / (2 - 1) = 2, of the drift 2 / 2 = 1.
TEST(RandomWalk, CanBeCheckedOnPaper) {
  const RandomWalk walk = fit_random_walk(std::vector<double>{0.0, 1.0, 4.0});
  EXPECT_DOUBLE_EQ(walk.drift, 2.0);
  EXPECT_DOUBLE_EQ(walk.variance, 2.0);
  EXPECT_DOUBLE_EQ(walk.drift_variance, 1.0);
  EXPECT_DOUBLE_EQ(walk.ahead(3).mean, 10.0);
  EXPECT_DOUBLE_EQ(walk.ahead(3).variance, 3.0 * 2.0 + 9.0 * 1.0);
  EXPECT_DOUBLE_EQ(walk.ahead(0).variance, 0.0);
}

TEST(RandomWalk, RefusesTooFewYearsAndNumbersThatAreNone) {
  EXPECT_THROW(fit_random_walk(std::vector<double>{1.0, 2.0}), std::invalid_argument);
  const double none = std::numeric_limits<double>::quiet_NaN();
  EXPECT_THROW(fit_random_walk(std::vector<double>{1.0, none, 2.0}), std::invalid_argument);
  EXPECT_THROW(fit_random_walk(std::vector<double>{1.0, 2.0, 3.0}).ahead(-1),
               std::invalid_argument);
}

// On paper: pairs (0,2) (2,0) (0,2) (2,4): means 1 and 2, x -1 1 -1 1, y 0 -2 0 2; coefficient 0.
TEST(Autoregression, CanBeCheckedOnPaper) {
  const std::vector<double> series{0.0, 2.0, 0.0, 2.0, 4.0};
  const Autoregression fit = fit_autoregression(series, SeriesMean::estimated);
  EXPECT_DOUBLE_EQ(fit.coefficient, 0.0);
  EXPECT_DOUBLE_EQ(fit.mean, 2.0);
  EXPECT_DOUBLE_EQ(fit.variance, 8.0 / 2.0);
}

// On paper: around 0, pairs (4,2) (2,1) (1,1): coefficient (8 + 2 + 1) / 21.
TEST(Autoregression, AroundZeroCanBeCheckedOnPaper) {
  const std::vector<double> series{4.0, 2.0, 1.0, 1.0};
  const Autoregression fit = fit_autoregression(series, SeriesMean::zero);
  const double c = 11.0 / 21.0;
  EXPECT_DOUBLE_EQ(fit.coefficient, c);
  EXPECT_EQ(fit.mean, 0.0);
  EXPECT_NEAR(fit.variance, (6.0 - 11.0 * c) / 2.0, 1e-12);  // sum y^2 - c sum xy, two pairs free
}

TEST(Autoregression, ReturnsToItsMean) {
  Autoregression model;
  model.last = 3.0;
  model.mean = 1.0;
  model.coefficient = 0.5;
  model.variance = 2.0;
  EXPECT_DOUBLE_EQ(model.ahead(0).mean, 3.0);
  EXPECT_DOUBLE_EQ(model.ahead(2).mean, 1.5);
  EXPECT_DOUBLE_EQ(model.ahead(1).variance, 2.0);
  EXPECT_DOUBLE_EQ(model.ahead(2).variance, 2.0 * (1.0 + 0.25));
  EXPECT_NEAR(model.ahead(100).variance, model.stationary_variance(), 1e-12);
}

TEST(Autoregression, SaysWhereItWasBounded) {
  const std::vector<double> growing{1.0, 2.0, 4.0, 8.0, 16.0};
  const Autoregression fit = fit_autoregression(growing, SeriesMean::zero);
  EXPECT_TRUE(fit.bounded);
  EXPECT_DOUBLE_EQ(fit.coefficient, largest_coefficient);
  EXPECT_GT(fit.variance, 0.0);
}

TEST(Autoregression, OfASeriesThatNeverMovesIsStill) {
  const std::vector<double> still(7, 0.1);
  const Autoregression fit = fit_autoregression(still, SeriesMean::estimated);
  EXPECT_EQ(fit.coefficient, 0.0);
  EXPECT_DOUBLE_EQ(fit.mean, 0.1);
  EXPECT_NEAR(fit.variance, 0.0, 1e-30);
}

RC_GTEST_PROP(Autoregression, MovesWithTheOriginAndTheUnitOfItsSeries, ()) {
  std::mt19937 random(*rc::gen::arbitrary<unsigned>());
  std::vector<double> series(12);
  for (double& value : series) value = static_cast<double>(random() % 1000) / 100.0;
  std::vector<double> moved;
  for (const double value : series) moved.push_back(3.0 * value + 50.0);
  const Autoregression one = fit_autoregression(series, SeriesMean::estimated);
  const Autoregression other = fit_autoregression(moved, SeriesMean::estimated);
  RC_ASSERT(std::abs(one.coefficient - other.coefficient) < 1e-9);
  RC_ASSERT(std::abs(9.0 * one.variance - other.variance) < 1e-7);
  RC_ASSERT(std::abs(one.coefficient) < 1.0);
}

}  // namespace
}  // namespace kohort
