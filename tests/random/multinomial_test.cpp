#include "engine/random/multinomial.hpp"

#include <cmath>
#include <numeric>
#include <stdexcept>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "engine/random/binomial.hpp"
#include "tests/random/published.hpp"
#include "tests/support/expect_error.hpp"

namespace kohort {
namespace {

using Counts = std::vector<std::int64_t>;
using Weights = std::vector<double>;

Counts parts_of(std::int64_t total, const Weights& weights, std::size_t draw = 0) {
  Counts parts(weights.size(), -1);
  split<std::int64_t>(test::stream_of_draw(draw), total, weights, parts);
  return parts;
}

/// Stayers, then leavers.
Counts leavers_of(std::int64_t persons, const Weights& probabilities, std::size_t draw = 0) {
  Counts leavers(probabilities.size(), -1);
  const std::int64_t stay =
      sample_leavers<std::int64_t>(test::stream_of_draw(draw), persons, probabilities, leavers);
  leavers.insert(leavers.begin(), stay);
  return leavers;
}

/// Holds means and covariances to the published ones, within five standard errors. That of
/// a covariance is that of a bivariate normal: sqrt((v_i v_j + c^2) / N).
template <class Draw>
void expect_published_moments(const Draw& sample) {
  const test::Figures figures("multinomial.csv");
  ASSERT_EQ(figures.rows(), 6U);
  const Weights means{figures(0, "mean"), figures(3, "mean"), figures(5, "mean")};
  const Weights variances{figures(0, "covariance"), figures(3, "covariance"),
                          figures(5, "covariance")};
  std::array<double, 3> sums{};
  std::array<std::array<double, 3>, 3> products{};
  constexpr auto n = static_cast<double>(test::published_draws);
  for (std::size_t draw = 0; draw < test::published_draws; ++draw) {
    const Counts parts = sample(draw);
    for (std::size_t i = 0; i < 3; ++i) {
      sums[i] += static_cast<double>(parts[i]);
      for (std::size_t j = i; j < 3; ++j) {
        products[i][j] +=
            (static_cast<double>(parts[i]) - means[i]) * (static_cast<double>(parts[j]) - means[j]);
      }
    }
  }
  for (std::size_t row = 0; row < figures.rows(); ++row) {
    const auto i = static_cast<std::size_t>(figures(row, "category"));
    const auto j = static_cast<std::size_t>(figures(row, "other"));
    const double covariance = figures(row, "covariance");
    EXPECT_NEAR(sums[i] / n, means[i], 5.0 * std::sqrt(variances[i] / n));
    EXPECT_NEAR(products[i][j] / n, covariance,
                5.0 * std::sqrt((variances[i] * variances[j] + covariance * covariance) / n));
  }
}

TEST(Split, HasThePublishedMoments) {
  expect_published_moments([](std::size_t draw) { return parts_of(100, {0.7, 0.2, 0.1}, draw); });
}

TEST(Leavers, HaveTheMomentsOfOneMultinomial) {
  expect_published_moments([](std::size_t draw) { return leavers_of(100, {0.2, 0.1}, draw); });
}

/// Chi-square over the first two of three categories; the third is what is left.
void expect_joint_distribution(std::int64_t total) {
  const std::int64_t base = total + 1;
  const test::Frequencies pairs(400'000, [=](const Stream& stream) {
    Counts parts(3);
    split<std::int64_t>(stream, total, Weights{5.0, 3.0, 2.0}, parts);
    return parts[0] * base + parts[1];
  });
  test::expect_distribution(pairs, [=](double pair) {
    const auto n = static_cast<double>(total);
    const double first = std::floor(pair / (n + 1.0));
    const double second = pair - (n + 1.0) * first;
    return test::binomial_probability(n, 0.5, first) *
           test::binomial_probability(n - first, 0.6, second);
  });
}

TEST(Split, HasItsExactJointProbabilitiesOneByOne) {
  expect_joint_distribution(8);
  expect_joint_distribution(split_one_by_one);
}

TEST(Split, HasItsExactJointProbabilitiesByCategory) {
  expect_joint_distribution(split_one_by_one + 1);
}

RC_GTEST_PROP(Split, LosesNobody, ()) {
  const auto total = *rc::gen::oneOf(rc::gen::inRange<std::int64_t>(0, split_one_by_one + 1),
                                     rc::gen::inRange<std::int64_t>(65, 1'000'000));
  auto weights = *rc::gen::container<Weights>(
      20, rc::gen::map(rc::gen::inRange(0, 1000), [](int w) { return w / 7.0; }));
  weights.push_back(1.0);
  const Counts parts = parts_of(total, weights, *rc::gen::inRange<std::size_t>(0, 1000));
  RC_ASSERT(std::accumulate(parts.begin(), parts.end(), std::int64_t{0}) == total);
  for (std::size_t at = 0; at < parts.size(); ++at) {
    RC_ASSERT(parts[at] >= 0);
    RC_ASSERT(weights[at] > 0.0 || parts[at] == 0);
  }
}

RC_GTEST_PROP(Split, IsTheSameForWholeDoubles, ()) {
  const auto persons = *rc::gen::inRange<std::int64_t>(0, 100'000);
  const Weights probabilities{0.01, 0.0, 0.2, 0.003};
  const Counts integers = leavers_of(persons, probabilities, 5);
  Weights doubles(4);
  const double stay = sample_leavers<double>(test::stream_of_draw(5), static_cast<double>(persons),
                                             probabilities, doubles);
  RC_ASSERT(stay == static_cast<double>(integers[0]));
  for (std::size_t at = 0; at < 4; ++at) {
    RC_ASSERT(doubles[at] == static_cast<double>(integers[at + 1]));
  }
}

TEST(Split, FindsNobodyInCategoriesOfWeightZeroAtTheEnd) {
  for (std::size_t draw = 0; draw < 10'000; ++draw) {
    const Counts parts = parts_of(1'000'000, {0.7, 0.2, 0.1, 0.0}, draw);
    EXPECT_EQ(parts[3], 0);
  }
}

// 1 - 0.9999 - 0.0000999 loses five digits of what is left; the two halves must still be equal.
TEST(Split, KeepsTheProportionsOfItsSmallestCategories) {
  double first = 0.0;
  double both = 0.0;
  for (std::size_t draw = 0; draw < 1000; ++draw) {
    const Counts parts = parts_of(1'000'000'000'000, {1.0, 1e-9, 1e-12, 1e-12}, draw);
    first += static_cast<double>(parts[2]);
    both += static_cast<double>(parts[2] + parts[3]);
  }
  EXPECT_NEAR(both, 2000.0, 5.0 * std::sqrt(2000.0));
  EXPECT_NEAR(first, both / 2.0, 5.0 * std::sqrt(both / 4.0));
}

// What the first category uses up does not shift the second: here it draws from nothing or a
// uniform.
TEST(Split, KeepsTheUniformsOfItsCategoriesApart) {
  for (std::size_t draw = 0; draw < 1000; ++draw) {
    EXPECT_EQ(parts_of(500, {0.0, 1.0, 1.0}, draw), parts_of(500, {1e-14, 1.0, 1.0}, draw));
  }
}

RC_GTEST_PROP(Split, OfOnePersonMoreAddsOnePerson, ()) {
  const auto fewer = *rc::gen::inRange<std::int64_t>(0, split_one_by_one);
  const auto draw = *rc::gen::inRange<std::size_t>(0, 1000);
  const Weights weights{3.0, 0.0, 1.0, 0.2, 5.0};
  const Counts before = parts_of(fewer, weights, draw);
  const Counts after = parts_of(fewer + 1, weights, draw);
  for (std::size_t at = 0; at < weights.size(); ++at) RC_ASSERT(after[at] >= before[at]);
}

// 100 of the 10 000 uniforms lie, on average, between the bounds 0.50 and 0.51.
TEST(Split, OfSlightlyOtherWeightsMovesFew) {
  std::int64_t moved = 0;
  for (std::size_t draw = 0; draw < 200; ++draw) {
    moved += parts_of(50, {0.51, 0.49}, draw)[0] - parts_of(50, {0.50, 0.50}, draw)[0];
  }
  EXPECT_NEAR(static_cast<double>(moved), 100.0, 5.0 * std::sqrt(100.0));
}

TEST(Leavers, AreMoreWhereTheProbabilityIsHigher) {
  for (std::size_t draw = 0; draw < 1000; ++draw) {
    EXPECT_GE(leavers_of(150, {0.02, 0.01}, draw)[0], leavers_of(150, {0.03, 0.01}, draw)[0]);
  }
}

TEST(Leavers, AreEverybodyAtProbabilityOne) { EXPECT_EQ(leavers_of(1000, {0.7, 0.2, 0.1})[0], 0); }

TEST(Split, RefusesWhatCannotBeParted) {
  const double infinite = std::numeric_limits<double>::infinity();
  const auto refused = [](std::int64_t total, const Weights& weights) {
    return test::error_of(Fault::model, [&] { parts_of(total, weights); });
  };
  EXPECT_HAS(refused(3, {1.0, -0.5}), "-0.5");
  EXPECT_HAS(refused(3, {1.0, infinite}), "inf");
  EXPECT_HAS(refused(3, {0.0, 0.0}), "need a category");
  EXPECT_HAS(refused(-3, {1.0, 1.0}), "found -3");
  EXPECT_HAS(test::error_of(Fault::model, [] { leavers_of(9, {0.7, 0.4}); }), "at most 1");
}

TEST(Split, RefusesPartsOfPersons) {
  Weights parts(2);
  EXPECT_HAS(test::error_of(Fault::model,
                            [&] {
                              split<double>(test::stream_of_draw(0), 2.5, Weights{1.0, 1.0}, parts);
                            }),
             "found 2.5");
}

TEST(Split, NeedsAWeightForEachPart) {
  Counts parts(3);
  EXPECT_THROW(split<std::int64_t>(test::stream_of_draw(0), 2, Weights{1.0, 1.0}, parts),
               std::invalid_argument);
}

TEST(Split, GivesNobodyNothingToDo) { EXPECT_EQ(parts_of(0, {0.0, 0.0}), Counts({0, 0})); }

}  // namespace
}  // namespace kohort
