#include "engine/random/binomial.hpp"

#include <limits>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "tests/random/published.hpp"
#include "tests/support/expect_error.hpp"

namespace kohort {
namespace {

test::Frequencies binomials(std::size_t draws, std::int64_t n, double p) {
  return {draws, [=](Stream& stream) { return sample_binomial(stream, n, p); }};
}

TEST(Binomial, HasThePublishedDistribution) {
  const test::Figures figures("binomial.csv");
  ASSERT_EQ(figures.rows(), 25U);
  std::optional<test::Frequencies> found;
  for (std::size_t row = 0; row < figures.rows(); ++row) {
    const double n = figures(row, "n");
    const double p = figures(row, "p");
    if (row == 0 || n != figures(row - 1, "n")) {
      found = binomials(test::published_draws, static_cast<std::int64_t>(n), p);
    }
    test::expect_published(*found, figures, row, test::binomial_moments(n, p));
  }
}

TEST(Binomial, HasItsExactProbabilitiesOnBothSidesOfTheSwitchOver) {
  const std::vector<std::pair<std::int64_t, double>> cases{
      {20, 0.5},    {40, 0.7},    {127, 0.5},    {128, 0.499}, {128, 0.5}, {129, 0.5},
      {200, 0.685}, {200, 0.675}, {1000, 0.064}, {2000, 0.03}, {5000, 0.3}};
  for (const auto& [n, p] : cases) {
    SCOPED_TRACE(testing::Message() << "n " << n << ", p " << p);
    const auto trials = static_cast<double>(n);
    const double chance = p;
    test::expect_distribution(binomials(400'000, n, p), [=](double k) {
      return test::binomial_probability(trials, chance, k);
    });
  }
}

TEST(Binomial, HasNoChoiceAtTheEdges) {
  const test::Figures figures("edge.csv");
  for (std::size_t row = 0; row < figures.rows(); ++row) {
    if (figures.text(row, "kind") != "binomial") continue;
    Stream stream = test::stream_of_draw(row);
    const auto n = static_cast<std::int64_t>(figures(row, "n"));
    EXPECT_EQ(sample_binomial(stream, n, figures(row, "p_or_lambda")), figures(row, "always"));
  }
}

// A billion persons and one chance in 10^12: one thousandth is expected in each draw.
TEST(Binomial, CountsTheRarestEventsInTheLargestStock) {
  test::expect_moments(binomials(1'000'000, 1'000'000'000, 1e-12),
                       test::binomial_moments(1e9, 1e-12));
}

TEST(Binomial, MirrorsACertaintyThatIsOnlyJustMissed) {
  const test::Frequencies missing(1'000'000, [](Stream& stream) {
    return 1'000'000'000 - sample_binomial(stream, 1'000'000'000, 1.0 - 1e-9);
  });
  test::expect_moments(missing, test::binomial_moments(1e9, 1e-9));
}

// Large counts as their distance from the mean in standard deviations, by thirds of the normal.
TEST(Binomial, IsNormalInTheLimit) {
  for (const double p : {0.01, 0.3, 0.5, 0.999}) {
    constexpr std::int64_t n = 1'000'000'000;
    const double mean = 1e9 * p;
    const double deviation = std::sqrt(mean * (1.0 - p));
    const test::Frequencies bands(100'000, [=](Stream& stream) {
      const double z = (static_cast<double>(sample_binomial(stream, n, p)) - mean) / deviation;
      return z < -1.0 ? 0 : z < 0.0 ? 1 : z < 1.0 ? 2 : 3;
    });
    EXPECT_NEAR(bands.share_up_to(0), 0.158655, 5e-3);
    EXPECT_NEAR(bands.share_up_to(1), 0.5, 7e-3);
    EXPECT_NEAR(bands.share_up_to(2), 0.841345, 5e-3);
  }
}

RC_GTEST_PROP(Binomial, ByInversionGrowsWithTheProbability, ()) {
  const auto n = *rc::gen::inRange<std::int64_t>(1, 20);
  const double lower = *rc::gen::inRange(0, 1000) / 1000.0;
  const double higher = lower + *rc::gen::inRange(0, 1000) / 1000.0 * (1.0 - lower);
  const auto draw = *rc::gen::inRange<std::size_t>(0, 1'000'000);
  Stream one = test::stream_of_draw(draw);
  Stream other = test::stream_of_draw(draw);
  RC_ASSERT(sample_binomial(one, n, lower) <= sample_binomial(other, n, higher));
}

RC_GTEST_PROP(Binomial, LiesWithinItsTrials, ()) {
  const auto n = *rc::gen::inRange<std::int64_t>(0, 100'000);
  const double p = *rc::gen::inRange(0, 100'001) / 100'000.0;
  Stream stream = test::stream_of_draw(*rc::gen::inRange<std::size_t>(0, 1'000'000));
  const std::int64_t count = sample_binomial(stream, n, p);
  RC_ASSERT(count >= 0 && count <= n);
}

TEST(Binomial, TakesOneUniformByInversion) {
  Stream used = test::stream_of_draw(3);
  sample_binomial(used, 30, 0.9);
  Stream fresh = test::stream_of_draw(3);
  fresh.uniform();
  EXPECT_EQ(used.next64(), fresh.next64());
}

TEST(Binomial, TakesNoUniformWhereThereIsNoChoice) {
  Stream used = test::stream_of_draw(3);
  sample_binomial(used, 0, 0.5);
  sample_binomial(used, 9, 0.0);
  sample_binomial(used, 9, 1.0);
  EXPECT_EQ(used.next64(), test::stream_of_draw(3).next64());
}

// A hat that is too wide would still be right, but slow.
TEST(Binomial, RejectsFewTrials) {
  double words = 0.0;
  for (std::size_t draw = 0; draw < 20'000; ++draw) {
    Stream used = test::stream_of_draw(draw);
    sample_binomial(used, 1000, 0.3);
    const std::uint64_t next = used.next64();
    for (Stream fresh = test::stream_of_draw(draw); fresh.next64() != next;) words += 1.0;
  }
  EXPECT_LT(words / 20'000 / 2.0, 1.25);
}

/// The correlation of two binomial numbers of a thousand trials over common random numbers.
double common_correlation(double p, double other_p) {
  constexpr double n = 1000.0;
  constexpr std::size_t draws = 20'000;
  double sum = 0.0;
  for (std::size_t draw = 0; draw < draws; ++draw) {
    Stream one = test::stream_of_draw(draw);
    Stream other = test::stream_of_draw(draw);
    sum += (static_cast<double>(sample_binomial(one, 1000, p)) - n * p) *
           (static_cast<double>(sample_binomial(other, 1000, other_p)) - n * other_p);
  }
  return sum / draws / n / std::sqrt(p * (1.0 - p) * other_p * (1.0 - other_p));
}

TEST(Binomial, KeepsScenariosTogetherByRejection) {
  EXPECT_GT(common_correlation(0.30, 0.31), 0.95);
  EXPECT_GT(common_correlation(0.49, 0.51), 0.95);  // across the mirror at one half
}

TEST(Binomial, RefusesWhatIsNoDistribution) {
  Stream stream = test::stream_of_draw(0);
  const double nan = std::numeric_limits<double>::quiet_NaN();
  EXPECT_HAS(test::error_of(Fault::model, [&] { sample_binomial(stream, 5, -0.1); }), "-0.1");
  EXPECT_HAS(test::error_of(Fault::model, [&] { sample_binomial(stream, 5, 1.5); }), "1.5");
  EXPECT_HAS(test::error_of(Fault::model, [&] { sample_binomial(stream, 5, nan); }), "nan");
  EXPECT_HAS(test::error_of(Fault::model, [&] { sample_binomial(stream, -5, 0.5); }), "-5");
}

}  // namespace
}  // namespace kohort
