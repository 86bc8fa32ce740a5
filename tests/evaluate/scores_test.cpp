// Scores of distributions: the published cases, by hand, and beside each other.
#include "engine/evaluate/scores.hpp"

#include <algorithm>
#include <cmath>
#include <fstream>
#include <numeric>
#include <random>
#include <stdexcept>
#include <vector>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>
#include <rapidcheck/gtest.h>

#include "engine/evaluate/quantile.hpp"
#include "engine/evaluate/resample.hpp"
#include "tests/support/folder.hpp"

namespace kohort::evaluate {
namespace {

using Numbers = std::vector<double>;

/// The cases of ../shared/cases/forecast_metrics; nothing where they are missing.
nlohmann::json published(const std::string& kind) {
  std::ifstream stream(test::shared_file("cases/forecast_metrics/cases.json"));
  return stream ? nlohmann::json::parse(stream).at(kind) : nlohmann::json::array();
}

// scoringRules, tests: crps(N(0, 1), -3) and the same shifted and scaled.
TEST(ForecastMetrics, HaveTheCrpsOfTheNormalDistribution) {
  const nlohmann::json cases = published("crps_normal");
  EXPECT_EQ(cases.size(), 3U);
  for (const auto& one : cases) {
    EXPECT_NEAR(crps_normal(one.at("y"), one.at("mean"), one.at("sd")), one.at("expected"),
                one.at("tol"));
  }
}

// scoringutils, tests.
TEST(ForecastMetrics, HaveTheWeightedIntervalScore) {
  const nlohmann::json cases = published("interval_score_weighted");
  EXPECT_EQ(cases.size(), 1U);
  for (const auto& one : cases) {
    const double level = 1.0 - one.at("alpha").get<double>();
    ASSERT_EQ(one.at("y").size(), 3U);
    for (std::size_t at = 0; at < one.at("y").size(); ++at) {
      const Interval interval{one.at("lower")[at], one.at("upper")[at], level};
      EXPECT_NEAR(weighted_interval_score(interval, one.at("y")[at]), one.at("expected")[at], 1e-8);
    }
  }
}

// Gneiting & Raftery (2007), by definition.
TEST(ForecastMetrics, HaveTheCrpsOfASample) {
  const nlohmann::json cases = published("crps_sample");
  EXPECT_EQ(cases.size(), 2U);
  for (const auto& one : cases) {
    const auto sample = one.at("sample").get<Numbers>();
    EXPECT_NEAR(crps_of_draws(sample, one.at("y")), one.at("expected"), 1e-12);
  }
}

/// Some draws, sorted; some of them may be equal.
Numbers any_draws() {
  Numbers draws;
  for (const int number : *rc::gen::nonEmpty<std::vector<int>>()) draws.push_back(number % 50);
  std::sort(draws.begin(), draws.end());
  return draws;
}

RC_GTEST_PROP(CrpsOfDraws, IsTheMeanOverAllPairs, ()) {
  const Numbers draws = any_draws();
  const double outturn = *rc::gen::inRange(-60, 60);
  double off = 0.0;
  double apart = 0.0;
  for (const double one : draws) {
    off += std::abs(one - outturn);
    for (const double other : draws) apart += std::abs(one - other);
  }
  const auto count = static_cast<double>(draws.size());
  RC_ASSERT(std::abs(crps_of_draws(draws, outturn) -
                     (off / count - apart / (2.0 * count * count))) < 1e-9);
}

/// All draws as quantiles at equal distances.
struct AsQuantiles {
  explicit AsQuantiles(const Numbers& draws) : values(draws) {
    for (std::size_t at = 0; at < draws.size(); ++at) {
      shares.push_back(draws.size() == 1
                           ? 0.5
                           : static_cast<double>(at) / static_cast<double>(draws.size() - 1));
    }
  }
  QuantileForecast forecast() const { return {shares, values}; }
  Numbers shares;
  Numbers values;
};

double normal_share(double limit) { return 0.5 * std::erfc(-limit / std::sqrt(2.0)); }

/// A quantile of the standard normal distribution, found by halving.
double normal_quantile(double share) {
  double low = -9.0;
  double high = 9.0;
  for (int halving = 0; halving < 60; ++halving) {
    const double middle = 0.5 * (low + high);
    (normal_share(middle) < share ? low : high) = middle;
  }
  return low;
}

AsQuantiles normal_quantiles(const Numbers& shares) {
  AsQuantiles quantiles(shares);
  quantiles.shares = shares;
  for (double& value : quantiles.values) value = normal_quantile(value);
  return quantiles;
}

Numbers thousandths() {
  Numbers shares;
  for (int at = 1; at < 1000; ++at) shares.push_back(at / 1000.0);
  return shares;
}

// The tails beyond 0.001 hold a thousandth of the spread; inside, straight lines are exact to 1e-6.
// On the way to an outturn beyond them the squared share is off by 2 x 0.001 at most.
TEST(CrpsOfQuantiles, ComesNearTheNormalDistribution) {
  const AsQuantiles normal = normal_quantiles(thousandths());
  for (const double outturn : {-3.5, -1.0, 0.0, 0.3, 2.0}) {
    const double beyond = std::max(normal.values.front() - outturn, 0.0);
    EXPECT_NEAR(crps_of_quantiles(normal.forecast(), outturn), crps_normal(outturn, 0.0, 1.0),
                1e-4 + 2.0 * 0.001 * beyond);
    EXPECT_NEAR(probability_up_to(normal.forecast(), outturn), normal_share(outturn), 1e-3);
  }
}

// What engine/evaluate/README.md says of the quantiles that a result has by default.
TEST(CrpsOfQuantiles, IsNearEnoughOfFiveOfThem) {
  const AsQuantiles normal = normal_quantiles({0.025, 0.1, 0.5, 0.9, 0.975});
  const auto ratio = [&](double outturn) {
    return crps_of_quantiles(normal.forecast(), outturn) / crps_normal(outturn, 0.0, 1.0);
  };
  EXPECT_NEAR(ratio(0.0), 1.159, 0.0005);
  EXPECT_NEAR(ratio(1.0), 0.968, 0.0005);
  double approximate = 0.0;
  double exact = 0.0;
  for (const double share : thousandths()) {
    approximate += crps_of_quantiles(normal.forecast(), normal_quantile(share));
    exact += crps_normal(normal_quantile(share), 0.0, 1.0);
  }
  EXPECT_NEAR(approximate / exact, 1.004, 0.0005);
}

TEST(CrpsOfQuantiles, IsTheAbsoluteErrorOfOneQuantile) {
  const Numbers share{0.5};
  const Numbers value{10.0};
  EXPECT_DOUBLE_EQ(crps_of_quantiles({share, value}, 7.0), 3.0);
  EXPECT_DOUBLE_EQ(crps_of_quantiles({share, value}, 14.0), 4.0);
}

// Uniform over 0 to 1 and an outturn of 1/4: x^2 up to 1/4, (1 - x)^2 beyond: (1/64 + 27/64) / 3.
TEST(CrpsOfQuantiles, IsExactWhereTheDistributionIsLinear) {
  const Numbers ends{0.0, 1.0};
  EXPECT_DOUBLE_EQ(crps_of_quantiles({ends, ends}, 0.25), 28.0 / 192.0);
}

TEST(IntervalScore, PunishesWhatLiesOutside) {
  const Interval interval{10.0, 20.0, 0.8};
  EXPECT_DOUBLE_EQ(interval_score(interval, 12.0), 10.0);
  EXPECT_DOUBLE_EQ(interval_score(interval, 7.0), 10.0 + 10.0 * 3.0);
  EXPECT_DOUBLE_EQ(interval_score(interval, 21.0), 10.0 + 10.0);
  EXPECT_THROW(interval_score({0.0, 1.0, 1.0}, 0.0), std::invalid_argument);
}

TEST(BinomialError, IsThatOfACountedShare) {
  EXPECT_DOUBLE_EQ(binomial_error(0.8, 16), 0.1);
  EXPECT_THROW(binomial_error(0.8, 0), std::invalid_argument);
}

TEST(Pit, OfDrawsIsTheShareBelow) {
  const Numbers draws{1.0, 2.0, 2.0, 4.0};
  EXPECT_EQ(pit_of_draws(draws, 0.0).to, 0.0);
  EXPECT_EQ(pit_of_draws(draws, 2.0).from, 0.25);
  EXPECT_EQ(pit_of_draws(draws, 2.0).to, 0.75);
  EXPECT_EQ(pit_of_draws(draws, 3.0).from, 0.75);
  EXPECT_EQ(pit_of_draws(draws, 9.0).from, 1.0);
}

TEST(Pit, OfQuantilesIsARangeBeyondThem) {
  const Numbers shares{0.1, 0.5, 0.9};
  const Numbers values{10.0, 20.0, 40.0};
  EXPECT_EQ(pit_of_quantiles({shares, values}, 3.0).to, 0.1);
  EXPECT_EQ(pit_of_quantiles({shares, values}, 50.0).from, 0.9);
  EXPECT_DOUBLE_EQ(pit_of_quantiles({shares, values}, 30.0).from, 0.7);
  EXPECT_DOUBLE_EQ(pit_of_quantiles({shares, values}, 20.0).to, 0.5);
}

TEST(PitHistogram, SpreadsARangeEvenly) {
  Numbers parts(4, 0.0);
  add_to_histogram({0.125, 0.625}, parts);
  EXPECT_EQ(parts, (Numbers{0.25, 0.5, 0.25, 0.0}));
  add_to_histogram({1.0, 1.0}, parts);
  EXPECT_EQ(parts[3], 1.0);
}

RC_GTEST_PROP(PitHistogramOfAny, TakesEachOutturnOnce, ()) {
  Numbers parts(10, 0.0);
  const Numbers draws = any_draws();
  const auto outturns = *rc::gen::container<std::vector<int>>(7, rc::gen::inRange(-60, 60));
  for (const int outturn : outturns) add_to_histogram(pit_of_draws(draws, outturn), parts);
  RC_ASSERT(std::abs(std::accumulate(parts.begin(), parts.end(), 0.0) - 7.0) < 1e-9);
}

// Outturns that come from the distribution itself lie in an interval as often as it says. Of 4000
// the binomial error is 0.8 %; five of them are allowed, and the draws' own quantiles are off by
// little, as there are 4001.
TEST(Coverage, IsWhatAnIntervalSays) {
  std::mt19937_64 random(7);
  std::normal_distribution<double> normal;
  Numbers draws(4001);
  for (double& draw : draws) draw = normal(random);
  std::sort(draws.begin(), draws.end());
  const Interval interval = interval_of_sorted(draws, 0.5);
  int covered = 0;
  for (int at = 0; at < 4000; ++at) covered += interval.covers(normal(random)) ? 1 : 0;
  EXPECT_NEAR(covered / 4000.0, 0.5, 5.0 * std::sqrt(2.0) * binomial_error(0.5, 4000));
}

// The jackknife of a mean over groups of one is its standard error.
TEST(Jackknife, OfAMeanIsItsStandardError) {
  const Numbers values{3.0, 5.0, 10.0, 2.0};
  const double sum = std::accumulate(values.begin(), values.end(), 0.0);
  Numbers without;
  double squares = 0.0;
  for (const double value : values) {
    without.push_back((sum - value) / 3.0);
    squares += (value - sum / 4.0) * (value - sum / 4.0);
  }
  EXPECT_DOUBLE_EQ(jackknife_error(without), std::sqrt(squares / 3.0 / 4.0));
  EXPECT_THROW(jackknife_error(Numbers{1.0}), std::invalid_argument);
}

}  // namespace
}  // namespace kohort::evaluate
