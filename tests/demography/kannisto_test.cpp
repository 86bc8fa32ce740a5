#include "engine/demography/kannisto.hpp"

#include <cmath>
#include <random>
#include <stdexcept>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "tests/support/expect_error.hpp"

namespace kohort {
namespace {

/// Deaths and exposures at ages 80 to 98 that follow a law exactly, ever fewer exposed.
struct Counts {
  std::vector<double> deaths;
  std::vector<double> exposure;
};
Counts following(const Kannisto& law) {
  Counts result;
  for (int age = 80; age <= 98; ++age) {
    result.exposure.push_back(10000.0 * std::exp(-0.2 * (age - 80)));
    result.deaths.push_back(result.exposure.back() * law.rate(age));
  }
  return result;
}

// logit 1/2 = 0 where ln alpha + beta x = 0: with beta 0.1 and ln alpha -10.05 at age 100 + 1/2.
TEST(Kannisto, IsOneHalfWhereItsLineIsZero) {
  const Kannisto law{-10.05, 0.1};
  EXPECT_NEAR(law.rate(100.0), 0.5, 1e-14);
  EXPECT_NEAR(law.rate(90.0), 1.0 / (1.0 + std::exp(1.0)), 1e-14);
}

TEST(FitKannisto, FindsTheLawThatTheRatesFollow) {
  const Kannisto truth{-11.5, 0.11};
  const Counts counts = following(truth);
  const Kannisto law = fit_kannisto({80.0, counts.deaths, counts.exposure});
  EXPECT_NEAR(law.log_alpha, truth.log_alpha, 1e-8);
  EXPECT_NEAR(law.beta, truth.beta, 1e-10);
}

// Two ages and two parameters: the fitted rates are the observed ones, 0.1 and 0.2.
TEST(FitKannisto, GoesThroughTwoAges) {
  const std::vector<double> deaths{10.0, 10.0};
  const std::vector<double> exposure{100.0, 50.0};
  const Kannisto law = fit_kannisto({80.0, deaths, exposure});
  EXPECT_NEAR(law.rate(80.0), 0.1, 1e-12);
  EXPECT_NEAR(law.rate(81.0), 0.2, 1e-12);
}

TEST(FitKannisto, DoesNotCountAgesWithoutExposure) {
  const Kannisto truth{-11.5, 0.11};
  Counts counts = following(truth);
  counts.deaths[7] = 0.0;
  counts.exposure[7] = 0.0;
  EXPECT_NEAR(fit_kannisto({80.0, counts.deaths, counts.exposure}).beta, truth.beta, 1e-10);
}

TEST(FitKannisto, NamesImpossibleCounts) {
  const std::vector<double> deaths{1.0, 2.0};
  const std::vector<double> nobody{10.0, 0.0};
  EXPECT_HAS(test::error_of(Fault::input,
                            [&] {
                              fit_kannisto({80.0, deaths, nobody});
                            }),
             "2 deaths in 0 person-years at age 81");
  const std::vector<double> one_age{1.0, 0.0};
  const std::vector<double> exposure{10.0, 10.0};
  EXPECT_HAS(test::error_of(Fault::input,
                            [&] {
                              fit_kannisto({80.0, one_age, exposure});
                            }),
             "deaths at two ages or more");
  EXPECT_THROW(fit_kannisto({80.0, deaths, {}}), std::invalid_argument);
}

// At the greatest likelihood the fitted deaths weighted by 1 - m equal the observed ones.
RC_GTEST_PROP(FitKannisto, MeetsTheScoreEquationsOfPoissonDeaths, ()) {
  std::mt19937 random(*rc::gen::arbitrary<unsigned>());
  std::vector<double> deaths;
  std::vector<double> exposure;
  for (int age = 80; age <= 98; ++age) {
    exposure.push_back(static_cast<double>(50 + random() % 200));
    deaths.push_back(static_cast<double>(1 + random() % 30));
  }
  const Kannisto law = fit_kannisto({80.0, deaths, exposure});
  double level = 0.0;
  double slope = 0.0;
  for (std::size_t at = 0; at < deaths.size(); ++at) {
    const double m = law.rate(80.0 + static_cast<double>(at));
    const double off = (deaths[at] - exposure[at] * m) * (1.0 - m);
    level += off;
    slope += off * static_cast<double>(at);
  }
  RC_ASSERT(std::abs(level) < 1e-6);
  RC_ASSERT(std::abs(slope) < 1e-5);
}

TEST(OldAgeRates, FollowTheLawUpToTheOpenGroup) {
  const Kannisto law{-11.5, 0.11};
  const std::vector<double> rates = old_age_rates(law, {95, 100, 120});
  ASSERT_EQ(rates.size(), 6U);
  for (int age = 95; age < 100; ++age) {
    EXPECT_DOUBLE_EQ(rates[static_cast<std::size_t>(age - 95)], law.rate(age));
  }
  EXPECT_GT(rates[5], law.rate(99.0));
  EXPECT_LT(rates[5], law.rate(120.0));
}

// Where the rate does not rise with age, the open group has it too: l / T = m.
TEST(OldAgeRates, OfALevelLawAreAllTheSame) {
  for (const double rate : old_age_rates({-1.0, 0.0}, {95, 100, 120})) {
    EXPECT_NEAR(rate, 1.0 / (1.0 + std::exp(1.0)), 1e-14);
  }
}

// On paper: open at 119, last 120; q = m / (1 + m/2), L = 1 - q/2, then (1 - q) / m'.
TEST(OldAgeRates, OfTwoYearsCanBeCheckedOnPaper) {
  const Kannisto law{-11.95, 0.1};  // rate 1/2 at age 119
  const double q = 0.5 / 1.25;
  const double years = 1.0 - q / 2.0 + (1.0 - q) / law.rate(120.0);
  EXPECT_NEAR(old_age_rates(law, {119, 119, 120})[0], 1.0 / years, 1e-12);
}

TEST(OldAgeRates, RefuseAgesOutOfOrder) {
  EXPECT_THROW(old_age_rates({-11.5, 0.11}, {101, 100, 120}), std::invalid_argument);
  EXPECT_THROW(old_age_rates({-11.5, 0.11}, {95, 121, 120}), std::invalid_argument);
}

}  // namespace
}  // namespace kohort
