#include "engine/estimate/log_trend.hpp"

#include <cmath>
#include <stdexcept>
#include <vector>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "tests/support/expect_error.hpp"

namespace kohort {
namespace {

TEST(LogTrend, FindsAConstantYearlyChangeOverYearsWithGaps) {
  std::vector<YearlyShare> shares;
  for (const int year : {2007, 2010, 2011, 2014, 2019}) {
    shares.push_back({Year(year), 0.17 * std::exp(-0.03 * (year - 2007))});
  }
  const LogTrend trend = fit_log_trend(shares);
  EXPECT_NEAR(trend.slope, -0.03, 1e-14);
  EXPECT_NEAR(trend.slope_sd.value(), 0.0, 1e-14);
}

// On paper: logs 0, -1, 0 in three years: slope 0, residuals 1/3, -2/3, 1/3, their squares 2/3 over
// one degree of freedom, and years' squares 2: a standard error of sqrt(1/3).
TEST(LogTrend, HasTheStandardErrorOfRegression) {
  const double base = 0.5;
  const std::vector<YearlyShare> shares{
      {Year(2010), base}, {Year(2011), base * std::exp(-1.0)}, {Year(2012), base}};
  const LogTrend trend = fit_log_trend(shares);
  EXPECT_NEAR(trend.slope, 0.0, 1e-15);
  EXPECT_NEAR(trend.slope_sd.value(), std::sqrt(1.0 / 3.0), 1e-14);
  EXPECT_NEAR(trend.log_sd(1.0, 6).value(), 6.0 * std::sqrt(1.0 / 3.0), 1e-13);
}

TEST(LogTrend, KnowsNoErrorOfTwoYears) {
  const std::vector<YearlyShare> shares{{Year(2010), 0.2}, {Year(2012), 0.1}};
  const LogTrend trend = fit_log_trend(shares);
  EXPECT_NEAR(trend.slope, std::log(0.5) / 2.0, 1e-15);
  EXPECT_FALSE(trend.slope_sd);
  EXPECT_FALSE(trend.log_sd(0.9, 5));
}

// Gardner & McKenzie (1985): the sum of the powers of the damping.
TEST(DampedYears, IsTheSumOfPowers) {
  EXPECT_DOUBLE_EQ(damped_years(0.5, 3), 0.875);
  EXPECT_NEAR(damped_years(0.9, 200), 9.0, 1e-7);  // phi / (1 - phi) in the end
}

TEST(DampedYears, CountsAllYearsUndampedAndNoneFullyDamped) {
  EXPECT_EQ(damped_years(1.0, 25), 25.0);
  EXPECT_EQ(damped_years(0.0, 25), 0.0);
  EXPECT_EQ(damped_years(0.9, 0), 0.0);
}

TEST(DampedYears, RefusesWhatIsNoDamping) {
  EXPECT_THROW(damped_years(1.01, 2), std::invalid_argument);
  EXPECT_THROW(damped_years(-0.1, 2), std::invalid_argument);
  EXPECT_THROW(damped_years(0.9, -1), std::invalid_argument);
}

RC_GTEST_PROP(LogTrend, BendsTowardsALevelTheMoreItIsDamped, ()) {
  const LogTrend trend{-*rc::gen::inRange(1, 100) / 1000.0, 0.01};
  const int years = *rc::gen::inRange(1, 40);
  const double damping = *rc::gen::inRange(0, 100) / 100.0;
  RC_ASSERT(trend.factor(damping, years) >= trend.factor(damping + 0.01, years));
  RC_ASSERT(trend.factor(damping, years) >= trend.factor(damping, years + 1));
  RC_ASSERT(trend.log_sd(damping, years).value() <= trend.log_sd(damping + 0.01, years).value());
}

TEST(LogTrend, RefusesWhatHasNoTrend) {
  const auto text = [](const std::vector<YearlyShare>& shares) {
    return test::error_of(Fault::input, [&] { fit_log_trend(shares); });
  };
  EXPECT_HAS(text({{Year(2010), 0.1}}), "needs two years or more, and there are 1");
  EXPECT_HAS(text({{Year(2010), 0.1}, {Year(2011), 0.0}}), "the share 0 of the year 2011");
  EXPECT_HAS(text({{Year(2010), 0.1}, {Year(2010), 0.2}}), "the year 2010 has two shares");
  EXPECT_HAS(text({{Year(2010), 12.7}, {Year(2011), 12.1}}), "the share 12.7");
}

}  // namespace
}  // namespace kohort
