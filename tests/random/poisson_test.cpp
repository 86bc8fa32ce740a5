#include "engine/random/poisson.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "engine/random/factorial.hpp"
#include "tests/random/published.hpp"
#include "tests/support/expect_error.hpp"

namespace kohort {
namespace {

test::Frequencies poissons(std::size_t draws, double mean) {
  return {draws, [=](Stream& stream) { return sample_poisson(stream, mean); }};
}

TEST(Poisson, HasThePublishedDistribution) {
  const test::Figures figures("poisson.csv");
  ASSERT_EQ(figures.rows(), 33U);
  std::optional<test::Frequencies> found;
  for (std::size_t row = 0; row < figures.rows(); ++row) {
    const double mean = figures(row, "lambda");
    if (row == 0 || mean != figures(row - 1, "lambda")) {
      found = poissons(test::published_draws, mean);
    }
    test::expect_published(*found, figures, row, test::poisson_moments(mean));
  }
}

TEST(Poisson, HasItsExactProbabilitiesOnBothSidesOfTheSwitchOver) {
  for (const double mean : {9.0, 63.0, 63.99, 64.0, 65.0, 80.0, 2000.0}) {
    SCOPED_TRACE(mean);
    test::expect_distribution(poissons(400'000, mean),
                              [=](double k) { return test::poisson_probability(mean, k); });
  }
}

TEST(Poisson, KnowsTheChanceOfNothing) {
  for (const double mean : {0.0, 1e-9, 0.3, 1.0, 7.5, 63.9}) {
    EXPECT_NEAR(probability_of_none(mean), std::exp(-mean), 1e-13 * std::exp(-mean)) << mean;
  }
}

TEST(Poisson, HasNoChoiceAtMeanZero) {
  Stream stream = test::stream_of_draw(0);
  EXPECT_EQ(sample_poisson(stream, 0.0), 0);
  EXPECT_EQ(stream.next64(), test::stream_of_draw(0).next64());
}

TEST(Poisson, KeepsItsSpreadAtABillion) {
  constexpr double mean = 1e9;
  double squares = 0.0;
  for (std::size_t draw = 0; draw < 100'000; ++draw) {
    Stream stream = test::stream_of_draw(draw);
    const double apart = static_cast<double>(sample_poisson(stream, mean)) - mean;
    squares += apart * apart / mean;
  }
  EXPECT_NEAR(squares / 100'000, 1.0, 5.0 * std::sqrt(2.0 / 100'000));
}

RC_GTEST_PROP(Poisson, ByInversionGrowsWithTheMean, ()) {
  const double lower = *rc::gen::inRange(0, 9000) / 1000.0;
  const double higher = lower + *rc::gen::inRange(0, 999) / 1000.0;
  const auto draw = *rc::gen::inRange<std::size_t>(0, 1'000'000);
  Stream one = test::stream_of_draw(draw);
  Stream other = test::stream_of_draw(draw);
  RC_ASSERT(sample_poisson(one, lower) <= sample_poisson(other, higher));
}

TEST(Poisson, RefusesWhatIsNoDistribution) {
  Stream stream = test::stream_of_draw(0);
  EXPECT_HAS(test::error_of(Fault::model, [&] { sample_poisson(stream, -1.0); }), "found -1");
  EXPECT_HAS(test::error_of(Fault::model, [&] { sample_poisson(stream, 1e16); }), "1e+16");
}

TEST(StirlingCorrection, MakesTheLogarithmOfTheFactorial) {
  for (const std::int64_t k : {0, 1, 5, 9, 10, 11, 40, 160}) {
    const auto x = static_cast<double>(k);
    const double found =
        half_log_two_pi + (x + 0.5) * std::log(x + 1.0) - (x + 1.0) + stirling_correction(k);
    EXPECT_NEAR(found, std::lgamma(x + 1.0), 1e-12 * (1.0 + std::lgamma(x + 1.0))) << "k " << k;
  }
}

// Mean and variance of a gamma number with scale 1 are both its shape; the kurtosis is 3 + 6 /
// shape.
TEST(Gamma, HasItsMoments) {
  constexpr std::size_t draws = 400'000;
  for (const double shape : {0.3, 1.0, 4.5, 60.0}) {
    double sum = 0.0;
    double squares = 0.0;
    for (std::size_t draw = 0; draw < draws; ++draw) {
      Stream stream = test::stream_of_draw(draw);
      const double gamma = sample_gamma(stream, shape);
      sum += gamma;
      squares += (gamma - shape) * (gamma - shape);
    }
    EXPECT_NEAR(sum / draws, shape, 5.0 * std::sqrt(shape / draws));
    EXPECT_NEAR(squares / draws, shape, 5.0 * shape * std::sqrt((2.0 + 6.0 / shape) / draws));
  }
}

// P(k) = G(k + r) / (k! G(r)) D^-r (1 - 1/D)^k with r = mean / (D - 1).
TEST(NegativeBinomial, HasItsExactProbabilities) {
  for (const double dispersion : {1.2, 2.0, 5.0}) {
    for (const double mean : {0.4, 7.0, 60.0}) {
      SCOPED_TRACE(testing::Message() << "mean " << mean << ", overdispersion " << dispersion);
      const double r = mean / (dispersion - 1.0);
      const test::Frequencies found(300'000, [=](const Stream& stream) {
        return sample_negative_binomial(stream, mean, dispersion);
      });
      test::expect_distribution(found, [=](double k) {
        return std::exp(std::lgamma(k + r) - std::lgamma(k + 1.0) - std::lgamma(r) -
                        r * std::log(dispersion) + k * std::log1p(-1.0 / dispersion));
      });
      EXPECT_NEAR(found.variance_about(mean) / mean, dispersion, 0.1 * dispersion);
    }
  }
}

TEST(NegativeBinomial, IsPoissonWithoutOverdispersion) {
  for (std::size_t draw = 0; draw < 1000; ++draw) {
    Stream stream = test::stream_of_draw(draw);
    EXPECT_EQ(sample_negative_binomial(stream, 6.0, 1.0), sample_poisson(stream, 6.0));
  }
}

TEST(NegativeBinomial, IsNobodyAtMeanZero) {
  EXPECT_EQ(sample_negative_binomial(test::stream_of_draw(0), 0.0, 3.0), 0);
}

TEST(NegativeBinomial, RefusesUnderdispersion) {
  const Stream stream = test::stream_of_draw(0);
  EXPECT_HAS(test::error_of(Fault::model, [&] { sample_negative_binomial(stream, 5.0, 0.9); }),
             "0.9");
}

}  // namespace
}  // namespace kohort
