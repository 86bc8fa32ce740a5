#include "engine/random/hypergeometric.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <numeric>
#include <random>
#include <stdexcept>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "tests/random/sample.hpp"
#include "tests/support/expect_error.hpp"

namespace kohort {
namespace {

using Numbers = std::vector<double>;

/// One draw of Fisher's distribution.
struct Urn {
  std::int64_t drawn = 0;
  std::int64_t first = 0;
  std::int64_t second = 0;
  double odds = 1.0;

  std::int64_t sample(Stream& stream) const {
    return sample_noncentral_hypergeometric(stream, drawn, first, second, odds);
  }
};

double log_choices(double n, double k) {
  return std::lgamma(n + 1.0) - std::lgamma(k + 1.0) - std::lgamma(n - k + 1.0);
}

/// The probabilities of 0, 1, ..., `drawn`, by adding up all of them.
Numbers fisher(const Urn& urn) {
  const auto drawn = static_cast<double>(urn.drawn);
  const auto first = static_cast<double>(urn.first);
  const auto second = static_cast<double>(urn.second);
  Numbers logs;
  for (std::int64_t count = 0; count <= urn.drawn; ++count) {
    const auto x = static_cast<double>(count);
    logs.push_back(x > first || drawn - x > second
                       ? -std::numeric_limits<double>::infinity()
                       : log_choices(first, x) + log_choices(second, drawn - x) +
                             x * std::log(urn.odds));
  }
  const double largest = *std::max_element(logs.begin(), logs.end());
  double sum = 0.0;
  for (double& each : logs) sum += each = std::exp(each - largest);
  for (double& each : logs) each /= sum;
  return logs;
}

void expect_fisher(const Urn& urn, std::size_t draws) {
  SCOPED_TRACE(testing::Message() << urn.drawn << " of " << urn.first << " and " << urn.second
                                  << ", odds " << urn.odds);
  const Numbers exact = fisher(urn);
  const test::Frequencies found(draws, [&](Stream& stream) { return urn.sample(stream); });
  test::expect_distribution(found, [&](double x) {
    return x < static_cast<double>(exact.size()) ? exact[static_cast<std::size_t>(x)] : 0.0;
  });
}

// C(2,x) C(2,2-x) 3^x is 1, 12, 9.
TEST(NoncentralHypergeometric, CanBeCheckedOnPaper) {
  const Urn urn{2, 2, 2, 3.0};
  const test::Frequencies found(400'000, [&](Stream& stream) { return urn.sample(stream); });
  EXPECT_NEAR(found.share_up_to(0), 1.0 / 22.0, 5.0 * std::sqrt(1.0 / 22.0 / 400'000));
  EXPECT_NEAR(found.share_up_to(1), 13.0 / 22.0, 5.0 * std::sqrt(0.25 / 400'000));
}

TEST(NoncentralHypergeometric, HasItsExactProbabilities) {
  for (const Urn& urn : {Urn{10, 12, 30, 1.0}, Urn{10, 12, 30, 0.2}, Urn{10, 12, 30, 6.0},
                         Urn{35, 12, 30, 2.5}, Urn{5, 100, 3, 1.7}, Urn{40, 41, 40, 40.0},
                         Urn{300, 500, 700, 1.3}, Urn{20, 2000, 3000, 2.0}, Urn{3, 1000, 20, 1.0},
                         Urn{300, 20, 5000, 1.0}, Urn{12, 7, 9, 1.0}, Urn{40, 9000, 300, 1.0}}) {
    expect_fisher(urn, 200'000);
  }
}

// The mean and the variance of the ordinary distribution: n m / N and n m (N-m) (N-n) / N^2 (N-1).
TEST(NoncentralHypergeometric, OfEqualOddsIsOrdinaryHypergeometricForManyPersons) {
  const Urn urn{400'000, 700'000, 1'300'000, 1.0};
  const test::Frequencies found(20'000,
                                [&](Stream& stream) { return urn.sample(stream) - 138'000; });
  const double variance = 4e5 * 0.35 * 0.65 * 1.6e6 / (2e6 - 1.0);
  test::expect_moments(found, {2000.0, variance, 0.0});
}

TEST(NoncentralHypergeometric, TakesAllItCanAtTheBounds) {
  constexpr double infinity = std::numeric_limits<double>::infinity();
  const auto drawn = [](const Urn& urn) {
    Stream stream = test::stream_of_draw(1);
    return urn.sample(stream);
  };
  EXPECT_EQ(drawn({0, 5, 7, 2.0}), 0);
  EXPECT_EQ(drawn({12, 5, 7, 2.0}), 5);
  EXPECT_EQ(drawn({4, 0, 7, 2.0}), 0);
  EXPECT_EQ(drawn({4, 7, 0, 2.0}), 4);
  EXPECT_EQ(drawn({6, 5, 7, 0.0}), 0);
  EXPECT_EQ(drawn({9, 5, 7, 0.0}), 2);
  EXPECT_EQ(drawn({9, 5, 7, infinity}), 5);
  EXPECT_EQ(drawn({3, 5, 7, infinity}), 3);
}

TEST(NoncentralHypergeometric, NearsItsBoundsAsTheOddsGrowExtreme) {
  for (std::size_t draw = 0; draw < 1000; ++draw) {
    Stream stream = test::stream_of_draw(draw);
    EXPECT_EQ((Urn{9, 5, 7, 1e-300}).sample(stream), 2);
    EXPECT_EQ((Urn{9, 5, 7, 1e300}).sample(stream), 5);
    EXPECT_EQ((Urn{900'000, 500'000, 700'000, 1e-300}).sample(stream), 200'000);
  }
}

TEST(NoncentralHypergeometric, TakesOneUniformOrNone) {
  Stream used = test::stream_of_draw(3);
  (Urn{30, 50, 60, 2.0}).sample(used);
  Stream fresh = test::stream_of_draw(3);
  fresh.uniform();
  EXPECT_EQ(used.next64(), fresh.next64());
  (Urn{30, 30, 0, 2.0}).sample(used);
  EXPECT_EQ(used.next64(), fresh.next64());
}

Urn any_urn() {
  const auto first = *rc::gen::inRange<std::int64_t>(0, 60);
  const auto second = *rc::gen::inRange<std::int64_t>(0, 60);
  const auto drawn = *rc::gen::inRange<std::int64_t>(0, first + second + 1);
  return {drawn, first, second, *rc::gen::inRange(1, 400) / 100.0};
}

RC_GTEST_PROP(NoncentralHypergeometric, GrowsWithTheOdds, ()) {
  const Urn urn = any_urn();
  Urn higher = urn;
  higher.odds *= 1.0 + *rc::gen::inRange(1, 300) / 100.0;
  const auto draw = *rc::gen::inRange<std::size_t>(0, 1'000'000);
  Stream one = test::stream_of_draw(draw);
  Stream other = test::stream_of_draw(draw);
  RC_ASSERT(urn.sample(one) <= higher.sample(other));
}

RC_GTEST_PROP(NoncentralHypergeometric, LiesWithinItsBounds, ()) {
  const Urn urn = any_urn();
  Stream stream = test::stream_of_draw(*rc::gen::inRange<std::size_t>(0, 1'000'000));
  const std::int64_t count = urn.sample(stream);
  RC_ASSERT(count >= std::max<std::int64_t>(0, urn.drawn - urn.second));
  RC_ASSERT(count <= std::min(urn.drawn, urn.first));
}

TEST(NoncentralHypergeometric, RefusesWhatIsNoDistribution) {
  const auto refused = [](const Urn& urn) {
    Stream stream = test::stream_of_draw(0);
    return test::error_of(Fault::model, [&] { urn.sample(stream); });
  };
  EXPECT_HAS(refused({13, 5, 7, 1.0}), "in excess, found 1");
  EXPECT_HAS(refused({3, -5, 7, 1.0}), "-5");
  EXPECT_HAS(refused({3, 5, 7, -0.5}), "-0.5");
  EXPECT_HAS(refused({3, 5, 7, std::numeric_limits<double>::quiet_NaN()}), "nan");
}

Numbers shared(double taken, const Numbers& persons, const Numbers& odds, std::size_t draw = 0) {
  Numbers from(persons.size(), -1.0);
  share_out(test::stream_of_draw(draw), taken, persons, odds, from);
  return from;
}

Numbers expected(double taken, const Numbers& persons, const Numbers& odds) {
  Numbers from(persons.size(), -1.0);
  share_out_expected(taken, persons, odds, from);
  return from;
}

double sum(const Numbers& numbers) { return std::accumulate(numbers.begin(), numbers.end(), 0.0); }

// So near to all that a step that rounding spoils would begin the search for the factor anew.
RC_GTEST_PROP(ShareOutExpected, EndsWhereNearlyAllAreTaken, ()) {
  std::mt19937_64 random(*rc::gen::arbitrary<unsigned>());
  std::uniform_real_distribution<double> any(0.1, 5.0);
  Numbers persons(3);
  Numbers odds(3);
  for (std::size_t at = 0; at < 3; ++at) {
    persons[at] = any(random);
    odds[at] = any(random);
  }
  const double all = sum(persons);
  const double gap = *rc::gen::element(1.0, 2.0, 64.0, 1e3, 1e6, 1e7, 1e9, 1e12);
  const double taken = all * (1.0 - gap * std::numeric_limits<double>::epsilon() / 2.0);
  const Numbers from = expected(taken, persons, odds);
  RC_ASSERT(std::abs(sum(from) - taken) <= 1e-12 * all);
  for (std::size_t at = 0; at < 3; ++at) RC_ASSERT(from[at] <= persons[at]);
}

TEST(ShareOutExpected, EndsOneBitBeforeAll) {
  const Numbers from = expected(std::nextafter(2.0, 0.0), {1.5, 0.3, 0.2}, {1.0, 2.0, 3.0});
  EXPECT_NEAR(sum(from), 2.0, 1e-12);
}

/// Three or four categories, few enough to enumerate.
struct Case {
  Numbers persons;
  Numbers odds;
  double taken = 0.0;
};

/// The means of the multivariate Fisher distribution, by enumeration of everything.
Numbers exact_means(const Case& at) {
  Numbers means(at.persons.size(), 0.0);
  Numbers x(at.persons.size(), 0.0);
  double all = 0.0;
  for (bool more = true; more;) {
    if (sum(x) == at.taken) {
      double weight = 1.0;
      for (std::size_t i = 0; i < x.size(); ++i) {
        weight *= std::exp(log_choices(at.persons[i], x[i]) + x[i] * std::log(at.odds[i]));
      }
      all += weight;
      for (std::size_t i = 0; i < x.size(); ++i) means[i] += weight * x[i];
    }
    more = false;
    for (std::size_t i = 0; i < x.size() && !more; ++i) {
      more = x[i] < at.persons[i];
      x[i] = more ? x[i] + 1.0 : 0.0;
    }
  }
  for (double& mean : means) mean /= all;
  return means;
}

constexpr std::size_t enumerated_draws = 200'000;

/// The largest error of a mean among the categories, in persons; the simulation itself errs by
/// about 0.003.
double largest_error(const Case& at) {
  Numbers means(at.persons.size(), 0.0);
  for (std::size_t draw = 0; draw < enumerated_draws; ++draw) {
    const Numbers from = shared(at.taken, at.persons, at.odds, draw);
    for (std::size_t i = 0; i < from.size(); ++i) means[i] += from[i] / enumerated_draws;
  }
  const Numbers exact = exact_means(at);
  double error = 0.0;
  for (std::size_t i = 0; i < exact.size(); ++i) {
    error = std::max(error, std::abs(means[i] - exact[i]));
  }
  return error;
}

// The rest's odds by the conditional method leave 0.0018 persons at most here; five standard errors
// of the simulation are 0.018.
TEST(ShareOut, HasNearlyTheMeansOfFishersDistribution) {
  for (const double taken : {2.0, 5.0, 11.0, 17.0}) {
    EXPECT_LT(largest_error({{10.0, 6.0, 4.0, 3.0}, {1.0, 1.5, 2.5, 4.0}, taken}), 0.02) << taken;
    EXPECT_LT(largest_error({{3.0, 4.0, 6.0, 10.0}, {4.0, 2.5, 1.5, 1.0}, taken}), 0.02) << taken;
  }
}

// Four persons and odds of 1 : 16: as far off as it gets, 0.0213 persons too few or too many.
TEST(ShareOut, ErrsByTwoHundredthsOfAPersonWhereItErrsMost) {
  const double error = largest_error({{2.0, 1.0, 1.0}, {1.0, 4.0, 16.0}, 2.0});
  EXPECT_NEAR(error, 0.0213, 5.0 * 0.5 / std::sqrt(enumerated_draws));
}

TEST(ShareOut, IsExactForOnePersonTakenAndForOneLeft) {
  for (const double taken : {1.0, 14.0}) {
    EXPECT_LT(largest_error({{5.0, 5.0, 5.0}, {1.0, 3.0, 9.0}, taken}),
              5.0 * 0.5 / std::sqrt(enumerated_draws));
  }
}

TEST(ShareOut, OfTwoCategoriesIsFishersDistribution) {
  const Numbers exact = fisher({20, 12, 30, 3.0});
  const test::Frequencies found(200'000, [&](const Stream& stream) {
    Numbers from(4);
    share_out(stream, 20.0, Numbers{0.0, 12.0, 0.0, 30.0}, Numbers{7.0, 1.5, 2.0, 0.5}, from);
    return from[1];
  });
  test::expect_distribution(found, [&](double x) {
    return x < static_cast<double>(exact.size()) ? exact[static_cast<std::size_t>(x)] : 0.0;
  });
}

// C(4,x) C(5,y) C(6,z) / C(15,6), for x and y as one number.
TEST(ShareOut, OfEqualOddsIsTheMultivariateHypergeometric) {
  const test::Frequencies pairs(200'000, [](const Stream& stream) {
    Numbers from(3);
    share_out(stream, 6.0, Numbers{4.0, 5.0, 6.0}, Numbers{1.3, 1.3, 1.3}, from);
    return 7.0 * from[0] + from[1];
  });
  test::expect_distribution(pairs, [](double pair) {
    const double x = std::floor(pair / 7.0);
    const double y = pair - 7.0 * x;
    if (x > 4.0 || y > 5.0 || x + y > 6.0) return 0.0;
    return std::exp(log_choices(4.0, x) + log_choices(5.0, y) + log_choices(6.0, 6.0 - x - y) -
                    log_choices(15.0, 6.0));
  });
}

Numbers any_numbers(std::size_t size, int most, double divisor) {
  return *rc::gen::container<Numbers>(
      size, rc::gen::map(rc::gen::inRange(0, most), [=](int each) { return each / divisor; }));
}

RC_GTEST_PROP(ShareOut, LosesNobodyAndTakesNoMoreThanThereAre, ()) {
  const Numbers persons = any_numbers(5, *rc::gen::element(3, 50, 100'000), 1.0);
  const Numbers odds = any_numbers(5, 20, 4.0);
  const double taken = *rc::gen::inRange(0, static_cast<int>(sum(persons)) + 1);
  const Numbers from = shared(taken, persons, odds, *rc::gen::inRange<std::size_t>(0, 1000));
  RC_ASSERT(sum(from) == taken);
  for (std::size_t i = 0; i < 5; ++i) {
    RC_ASSERT(from[i] >= 0.0 && from[i] <= persons[i] && from[i] == std::floor(from[i]));
  }
}

RC_GTEST_PROP(ShareOut, DoesNotDependOnTheScaleOfTheOdds, ()) {
  const Numbers persons = any_numbers(4, 50, 1.0);
  Numbers odds = any_numbers(4, 20, 4.0);
  const double taken = std::floor(sum(persons) / 3.0);
  const Numbers from = shared(taken, persons, odds, 5);
  for (double& each : odds) each *= 1024.0;
  RC_ASSERT(shared(taken, persons, odds, 5) == from);
}

TEST(ShareOut, DrawsOnOddsOfZeroOnlyWhenTheOthersAreExhausted) {
  for (std::size_t draw = 0; draw < 1000; ++draw) {
    EXPECT_EQ(shared(4.0, {5.0, 2.0, 3.0}, {0.0, 1.0, 9.0}, draw)[0], 0.0);
    const Numbers from = shared(6.0, {5.0, 2.0, 3.0}, {0.0, 1.0, 0.0}, draw);
    EXPECT_EQ(from[1], 2.0);
    EXPECT_EQ(from[0] + from[2], 4.0);
  }
}

TEST(ShareOut, FindsNobodyInAnEmptyCell) {
  EXPECT_EQ(shared(0.0, {0.0, 0.0}, {1.0, 2.0}), Numbers({0.0, 0.0}));
  EXPECT_EQ(expected(0.0, {0.0, 0.0}, {1.0, 2.0}), Numbers({0.0, 0.0}));
}

// The first category takes from nobody or from one person; the second is drawn alike.
TEST(ShareOut, KeepsTheUniformsOfItsCategoriesApart) {
  for (std::size_t draw = 0; draw < 1000; ++draw) {
    const Numbers without = shared(9.0, {0.0, 20.0, 30.0}, {1.0, 1.0, 2.0}, draw);
    EXPECT_EQ(shared(9.0, {1.0, 20.0, 30.0}, {1e-90, 1.0, 2.0}, draw), without);
  }
}

TEST(ShareOut, RefusesWhatCannotBeShared) {
  const auto refused = [](double taken, const Numbers& persons, const Numbers& odds) {
    return test::error_of(Fault::model, [&] { shared(taken, persons, odds); });
  };
  EXPECT_HAS(refused(6.0, {2.0, 3.0}, {1.0, 1.0}), "in excess, found 1");
  EXPECT_HAS(refused(2.5, {2.0, 3.0}, {1.0, 1.0}), "2.5");
  EXPECT_HAS(refused(2.0, {2.0, 3.25}, {1.0, 1.0}), "3.25");
  EXPECT_HAS(refused(2.0, {2.0, 3.0}, {1.0, -1.0}), "-1");
  EXPECT_HAS(refused(2.0, {2.0, 3.0}, {1.0, 1e200}), "1e+200");
  EXPECT_THROW(shared(2.0, {2.0, 3.0}, {1.0}), std::invalid_argument);
}

// 3 of 2 and 4 persons: p = 1/4 and 5/8 have odds 1/3 and 5/3.
TEST(ShareOutExpected, CanBeCheckedOnPaper) {
  const Numbers from = expected(3.0, {2.0, 4.0}, {1.0, 5.0});
  EXPECT_NEAR(from[0], 0.5, 1e-14);
  EXPECT_NEAR(from[1], 2.5, 1e-14);
}

RC_GTEST_PROP(ShareOutExpected, SumsToTheTakenWithOddsInProportion, ()) {
  const Numbers persons = any_numbers(5, 100'000, 7.0);
  Numbers odds = any_numbers(5, 2000, 4.0);
  for (double& each : odds) each += 0.01;
  const double taken = sum(persons) * *rc::gen::inRange(1, 10'000) / 10'000.0;
  RC_PRE(taken > 0.0);
  const Numbers from = expected(taken, persons, odds);
  RC_ASSERT(std::abs(sum(from) - taken) <= 1e-12 * taken);
  double kappa = 0.0;
  for (std::size_t i = 0; i < 5; ++i) {
    RC_ASSERT(from[i] >= 0.0 && from[i] <= persons[i]);
    if (persons[i] == 0.0) continue;
    const double here = from[i] / (persons[i] - from[i]) / odds[i];
    if (kappa == 0.0) kappa = here;
    RC_ASSERT(std::abs(here - kappa) <= 1e-6 * kappa);
  }
}

TEST(ShareOutExpected, OfEqualOddsTakesTheSameShare) {
  const Numbers from = expected(2.5, {2.0, 3.0, 5.0}, {7.0, 7.0, 7.0});
  EXPECT_NEAR(from[0], 0.5, 1e-15);
  EXPECT_NEAR(from[2], 1.25, 1e-15);
}

TEST(ShareOutExpected, TakesEverybodyAndOddsOfZeroLast) {
  EXPECT_EQ(expected(10.0, {2.0, 3.0, 5.0}, {1.0, 0.0, 9.0}), Numbers({2.0, 3.0, 5.0}));
  EXPECT_EQ(expected(8.5, {2.0, 3.0, 5.0}, {1.0, 0.0, 9.0}), Numbers({2.0, 1.5, 5.0}));
  EXPECT_EQ(expected(10.0 + 1e-12, {5.0, 5.0}, {1.0, 2.0}), Numbers({5.0, 5.0}));
}

TEST(ShareOutExpected, HoldsAtExtremeOdds) {
  const Numbers from = expected(2.5, {2.0, 3.0}, {1e100, 1e-100});
  EXPECT_NEAR(from[0], 2.0, 1e-14);
  EXPECT_NEAR(from[1], 0.5, 1e-14);
}

// Means of the exact distribution at 23 persons lie within a tenth of a person.
TEST(ShareOutExpected, NearsTheMeansOfFishersDistribution) {
  const Case at{{10.0, 6.0, 4.0, 3.0}, {1.0, 1.5, 2.5, 4.0}, 11.0};
  const Numbers means = exact_means(at);
  const Numbers from = expected(at.taken, at.persons, at.odds);
  for (std::size_t i = 0; i < means.size(); ++i) EXPECT_NEAR(from[i], means[i], 0.1);
}

TEST(ShareOutExpected, RefusesMoreThanThereAre) {
  EXPECT_HAS(test::error_of(Fault::model,
                            [] {
                              expected(5.1, {2.0, 3.0}, {1.0, 1.0});
                            }),
             "in excess");
  EXPECT_HAS(test::error_of(Fault::model, [] { expected(1.0, {2.0, -3.0}, {1.0, 1.0}); }), "-3");
}

}  // namespace
}  // namespace kohort
