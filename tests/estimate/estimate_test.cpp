#include <cmath>
#include <random>

#include <gtest/gtest.h>

#include "engine/estimate/plus_minus.hpp"
#include "engine/estimate/schedule_fit.hpp"
#include "engine/estimate/shrinkage.hpp"

namespace kohort {
namespace {

TEST(PlusMinusFactor, BringsTwoFlowsToTheNet) {
  for (const double net : {-50.0, 0.0, 30.0}) {
    const double f = plus_minus_factor(100.0, 80.0, net);
    EXPECT_GT(f, 0.0);
    EXPECT_NEAR(100.0 * f - 80.0 / f, net, 1e-12);
  }
}

TEST(PlusMinusFactor, IsOneWhereNothingHasToChange) {
  EXPECT_DOUBLE_EQ(plus_minus_factor(100.0, 80.0, 20.0), 1.0);
}

TEST(PlusMinusFactor, RefusesEmptyFlows) {
  EXPECT_THROW(plus_minus_factor(0.0, 1.0, 1.0), std::invalid_argument);
}

// On paper: effects 1 and 3, variances 1 and 1. Mean 2, Q = 2, weights 2, squares 2:
// tau^2 = (2 - 1) / (2 - 1) = 1, weight 1/2.
TEST(Shrink, CanBeCheckedOnPaper) {
  const std::vector<double> effects{1.0, 3.0};
  const std::vector<double> variances{1.0, 1.0};
  const Shrunk shrunk = shrink(effects, variances);
  EXPECT_DOUBLE_EQ(shrunk.variance, 1.0);
  EXPECT_DOUBLE_EQ(shrunk.mean, 2.0);
  EXPECT_DOUBLE_EQ(shrunk.effects[0], 1.5);
  EXPECT_DOUBLE_EQ(shrunk.effects[1], 2.5);
}

TEST(Shrink, LeavesTheMeanAloneWhereChanceExplainsAll) {
  const std::vector<double> effects{0.9, 1.0, 1.1};
  const std::vector<double> variances{1.0, 1.0, 1.0};
  const Shrunk shrunk = shrink(effects, variances);
  EXPECT_EQ(shrunk.variance, 0.0);
  for (const double effect : shrunk.effects) EXPECT_DOUBLE_EQ(effect, 1.0);
}

TEST(Shrink, DrawsTheNoisyOneFurther) {
  const std::vector<double> effects{-1.0, 1.0, 1.0, -1.0};
  const std::vector<double> variances{0.01, 0.01, 0.5, 0.5};
  const Shrunk shrunk = shrink(effects, variances);
  EXPECT_GT(shrunk.effects[1], shrunk.effects[2]);
  EXPECT_LT(shrunk.effects[0], shrunk.effects[3]);
}

TEST(ShrinkTowards, LearnsFromOneEffectHowMuchAreasDiffer) {
  const Shrunk shrunk = shrink_towards(0.0, std::vector{2.0}, std::vector{1.0});
  EXPECT_DOUBLE_EQ(shrunk.variance, 3.0);  // 2^2 less the 1 that chance explains
  EXPECT_DOUBLE_EQ(shrunk.effects[0], 1.5);
}

TEST(ShrinkTowards, ArrivesAtTheKnownMeanWhereChanceExplainsAll) {
  const Shrunk shrunk = shrink_towards(1.0, std::vector{1.5, 0.5}, std::vector{1.0, 1.0});
  EXPECT_EQ(shrunk.variance, 0.0);
  EXPECT_EQ(shrunk.effects, (std::vector{1.0, 1.0}));
}

TEST(ShrinkTowards, CanBeCheckedOnPaperWithUnequalVariances) {
  // Q = 4/1 + 16/4 = 8 with 2 degrees of freedom, weights 1 + 1/4: (8 - 2) / 1.25.
  const Shrunk shrunk = shrink_towards(0.0, std::vector{2.0, 4.0}, std::vector{1.0, 4.0});
  EXPECT_DOUBLE_EQ(shrunk.variance, 4.8);
  EXPECT_DOUBLE_EQ(shrunk.effects[0], 2.0 * 4.8 / 5.8);
  EXPECT_DOUBLE_EQ(shrunk.effects[1], 4.0 * 4.8 / 8.8);
}

TEST(ShrinkTowards, NeedsAVarianceForEachEffect) {
  EXPECT_THROW(shrink_towards(0.0, std::vector{2.0}, {}), std::invalid_argument);
}

TEST(FitSchedule, FindsTheScheduleThatMadeTheCounts) {
  MigrationSchedule truth;
  truth.childhood_height = 0.03;
  truth.childhood_descent = 0.12;
  truth.constant = 0.004;
  truth.labour = {0.10, 24.0, 0.5, 0.12};
  truth.student = {0.20, 19.0, 2.0, 0.4};
  std::vector<double> migrants;
  std::vector<double> exposure(100, 50000.0);
  for (int age = 0; age < 100; ++age) {
    migrants.push_back(exposure[0] * truth.at(age));
  }
  const ScheduleFit fit = fit_schedule({migrants, exposure}, {.student = true});
  EXPECT_LT(fit.dispersion, 0.05);  // counts without noise are far nearer than Poisson ones
  for (int age = 0; age < 100; ++age) {
    EXPECT_NEAR(fit.schedule.at(age), truth.at(age), 0.03 * truth.at(age)) << "age " << age;
  }
}

TEST(FitSchedule, HasADispersionNearOneForPoissonCounts) {
  MigrationSchedule truth;
  truth.childhood_height = 0.02;
  truth.constant = 0.003;
  truth.labour = {0.06, 20.0, 0.4, 0.1};
  std::mt19937_64 random(1);
  std::vector<double> migrants;
  std::vector<double> exposure(100, 20000.0);
  for (int age = 0; age < 100; ++age) {
    std::poisson_distribution<int> poisson(exposure[0] * truth.at(age));
    migrants.push_back(poisson(random));
  }
  const ScheduleFit fit = fit_schedule({migrants, exposure}, {});
  EXPECT_GT(fit.dispersion, 0.5);
  EXPECT_LT(fit.dispersion, 1.5);
}

TEST(FitSchedule, RefusesTooFewAges) {
  const std::vector<double> few(10, 1.0);
  EXPECT_THROW(fit_schedule({few, few}, {}), std::invalid_argument);
}

}  // namespace
}  // namespace kohort
