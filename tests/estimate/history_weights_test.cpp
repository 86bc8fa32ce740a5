#include "engine/estimate/history_weights.hpp"

#include <cmath>
#include <numeric>
#include <stdexcept>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace kohort {
namespace {

TEST(HistoryWeights, CanBeCheckedOnPaper) {
  EXPECT_EQ(uniform_weights(4), (std::vector<double>{0.25, 0.25, 0.25, 0.25}));
  EXPECT_EQ(linear_weights(3), (std::vector<double>{1.0 / 6.0, 2.0 / 6.0, 3.0 / 6.0}));
  // 1/4, 1/2, 1 over 7/4.
  EXPECT_EQ(exponential_weights(3, 0.5),
            (std::vector<double>{0.25 / 1.75, 0.5 / 1.75, 1.0 / 1.75}));
}

TEST(HistoryWeights, ReachFromAllYearsAlikeToTheLatestAlone) {
  EXPECT_EQ(exponential_weights(5, 0.0), uniform_weights(5));
  EXPECT_EQ(exponential_weights(3, 1.0), (std::vector<double>{0.0, 0.0, 1.0}));
}

TEST(HistoryWeights, RefuseNoYearsAndAlphasOutsideZeroToOne) {
  EXPECT_THROW(uniform_weights(0), std::invalid_argument);
  EXPECT_THROW(exponential_weights(3, 1.1), std::invalid_argument);
  EXPECT_THROW(exponential_weights(3, std::nan("")), std::invalid_argument);
}

RC_GTEST_PROP(HistoryWeights, SumToOneAndNeverFall, ()) {
  const auto years = *rc::gen::inRange<std::size_t>(1, 60);
  const double alpha = *rc::gen::inRange(0, 101) / 100.0;
  for (const auto& weights : {linear_weights(years), exponential_weights(years, alpha)}) {
    RC_ASSERT(std::abs(std::accumulate(weights.begin(), weights.end(), 0.0) - 1.0) < 1e-12);
    RC_ASSERT(std::is_sorted(weights.begin(), weights.end()));
  }
}

}  // namespace
}  // namespace kohort
