// Parts of a change: that they add up, and treat causes alike.
#include "engine/evaluate/attribution.hpp"

#include <cmath>
#include <stdexcept>
#include <vector>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace kohort::evaluate {
namespace {

double part(const std::vector<double>& worths, std::size_t components, std::size_t component) {
  const std::vector<double> weights = shapley_weights(components, component);
  double sum = 0.0;
  for (std::size_t at = 0; at < worths.size(); ++at) sum += weights[at] * worths[at];
  return sum;
}

// Width 2 -> 3 and height 10 -> 20, an area of 20 -> 60: width alone adds 10 first and 20 last.
TEST(Shapley, IsTheMeanOverTheOrders) {
  const std::vector<double> areas{20.0, 30.0, 40.0, 60.0};
  EXPECT_DOUBLE_EQ(part(areas, 2, 0), 15.0);
  EXPECT_DOUBLE_EQ(part(areas, 2, 1), 25.0);
}

RC_GTEST_PROP(ShapleyOfAnyWorths, AddsUpToTheDifference, ()) {
  const std::size_t components = *rc::gen::inRange<std::size_t>(1, 7);
  std::vector<double> worths;
  for (std::size_t at = 0; at < (std::size_t{1} << components); ++at) {
    worths.push_back(*rc::gen::inRange(-1000000, 1000000));
  }
  double sum = 0.0;
  for (std::size_t at = 0; at < components; ++at) sum += part(worths, components, at);
  RC_ASSERT(std::abs(sum - (worths.back() - worths.front())) < 1e-6);
}

TEST(Shapley, GivesNothingToWhatChangesNothing) {
  // The worth depends on component 1 alone.
  const std::vector<double> worths{1.0, 1.0, 5.0, 5.0, 1.0, 1.0, 5.0, 5.0};
  EXPECT_NEAR(part(worths, 3, 0), 0.0, 1e-12);
  EXPECT_NEAR(part(worths, 3, 1), 4.0, 1e-12);
  EXPECT_NEAR(part(worths, 3, 2), 0.0, 1e-12);
}

TEST(Shapley, KnowsNoOtherComponent) { EXPECT_THROW(shapley_weights(2, 2), std::invalid_argument); }

}  // namespace
}  // namespace kohort::evaluate
