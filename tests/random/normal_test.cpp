#include "engine/random/normal.hpp"

#include <cmath>
#include <utility>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "tests/random/sample.hpp"

namespace kohort {
namespace {

// Computed with 40 digits (inverse error function of mpmath) for the double nearest to each share.
TEST(NormalQuantile, EqualsTheKnownQuantiles) {
  const std::vector<std::pair<double, double>> known{
      {1e-15, -7.94134532617099677}, {1e-10, -6.3613409024040562},  {0.0001, -3.71901648545568055},
      {0.001, -3.09023230616781354}, {0.025, -1.95996398454005421}, {0.075, -1.43953147093845593},
      {0.25, -0.674489750196081743}, {0.4, -0.253347103135799741},  {0.6, 0.253347103135799741},
      {0.95, 1.64485362695147228},   {0.975, 1.95996398454005386},  {0.999, 3.09023230616781328}};
  for (const auto& [share, quantile] : known) {
    EXPECT_NEAR(normal_quantile(share), quantile, 1e-14 * std::abs(quantile)) << "share " << share;
  }
}

// Wichura (1988), the check of the third region.
TEST(NormalQuantile, EqualsThePublishedCheckInTheFarTail) {
  EXPECT_NEAR(normal_quantile(1e-20), -9.262340089798408, 1e-13);
}

TEST(NormalQuantile, IsInfiniteAtTheEnds) {
  EXPECT_EQ(normal_quantile(0.5), 0.0);
  EXPECT_EQ(normal_quantile(0.0), -std::numeric_limits<double>::infinity());
  EXPECT_EQ(normal_quantile(1.0), std::numeric_limits<double>::infinity());
}

RC_GTEST_PROP(NormalQuantile, UndoesTheDistributionFunction, ()) {
  const double share = *rc::gen::inRange(1, 1'000'000) / 1e6;
  const double back = 0.5 * std::erfc(-normal_quantile(share) / std::sqrt(2.0));
  RC_ASSERT(std::abs(back - share) <= 1e-13 * share);
}

TEST(Normal, IsTheQuantileOfOneUniform) {
  Stream used = test::stream_of_draw(7);
  Stream fresh = test::stream_of_draw(7);
  EXPECT_EQ(sample_normal(used), normal_quantile(fresh.uniform()));
  EXPECT_EQ(used.next64(), fresh.next64());
}

TEST(Normal, HasMeanZeroAndVarianceOne) {
  constexpr std::size_t draws = 1'000'000;
  double sum = 0.0;
  double squares = 0.0;
  for (std::size_t draw = 0; draw < draws; ++draw) {
    Stream stream = test::stream_of_draw(draw);
    const double normal = sample_normal(stream);
    sum += normal;
    squares += normal * normal;
  }
  EXPECT_NEAR(sum / draws, 0.0, 5.0 / std::sqrt(draws));
  EXPECT_NEAR(squares / draws, 1.0, 5.0 * std::sqrt(2.0 / draws));
}

}  // namespace
}  // namespace kohort
