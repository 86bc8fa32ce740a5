#include "models/care/calibrate/profile.hpp"

#include <cmath>
#include <stdexcept>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "tests/support/expect_error.hpp"

namespace kohort::care {
namespace {

double logit(double share) { return std::log(share / (1.0 - share)); }

/// Two groups, whose middles 70 and 80 lie ten years apart.
GroupedShares two_groups() { return {{65, 75}, {0.1, 0.5}, 10}; }

TEST(LogitProfile, IsLinearBetweenMiddlesOnPaper) {
  const std::vector<double> profile = logit_profile(two_groups(), 65, 90);
  ASSERT_EQ(profile.size(), 26U);
  const double slope = (logit(0.5) - logit(0.1)) / 10.0;
  // Age 74 has its middle at 74.5, 4.5 years above the first group's.
  EXPECT_NEAR(profile[74 - 65], logit(0.1) + 4.5 * slope, 1e-14);
}

TEST(LogitProfile, GoesOnWithTheSlopeOfTheNearestTwo) {
  const std::vector<double> profile = logit_profile(two_groups(), 65, 90);
  const double slope = (logit(0.5) - logit(0.1)) / 10.0;
  EXPECT_NEAR(profile.front(), logit(0.1) - 4.5 * slope, 1e-14);
  EXPECT_NEAR(profile.back(), logit(0.5) + 10.5 * slope, 1e-14);
}

TEST(LogitProfile, TurnsOnlyAtMiddles) {
  const std::vector<double> profile = logit_profile({{65, 70, 75}, {0.03, 0.07, 0.14}, 5}, 65, 100);
  // Middles at 67.5, 72.5 and 77.5: single ages 67 and 72 have theirs there.
  EXPECT_NEAR(profile[67 - 65], logit(0.03), 1e-14);
  EXPECT_NEAR(profile[72 - 65], logit(0.07), 1e-14);
  EXPECT_NEAR(profile[77 - 65], logit(0.14), 1e-14);
  EXPECT_NEAR(profile[65 - 65] - profile[66 - 65], profile[71 - 65] - profile[72 - 65], 1e-14);
  EXPECT_NEAR(profile[99 - 65] - profile[100 - 65], profile[73 - 65] - profile[74 - 65], 1e-13);
}

TEST(LogitProfile, PutsTheMiddleOfTheOpenGroupByItsWidth) {
  GroupedShares groups = two_groups();
  groups.open_width = 5;  // its middle is 77.5 now, that of age 77
  EXPECT_NEAR(logit_profile(groups, 65, 90)[77 - 65], 0.0, 1e-14);
}

RC_GTEST_PROP(LogitProfile, FindsAStraightLineAgain, ()) {
  const double level = *rc::gen::inRange(-600, -100) / 100.0;
  const double slope = *rc::gen::inRange(1, 20) / 100.0;
  const auto share = [&](double age) {
    return 1.0 / (1.0 + std::exp(-level - slope * (age - 65)));
  };
  GroupedShares groups;
  for (const int first : {65, 70, 75, 85, 90}) {
    groups.first_ages.push_back(first);
    groups.shares.push_back(share(first + (first == 75 ? 5.0 : 2.5)));
  }
  const std::vector<double> profile = logit_profile(groups, 65, 100);
  for (std::size_t at = 0; at < profile.size(); ++at) {
    RC_ASSERT(std::abs(profile[at] - level - slope * (static_cast<double>(at) + 0.5)) < 1e-10);
  }
}

TEST(LogitProfile, RefusesSharesWithoutALogit) {
  for (const double share : {0.0, 1.0, -0.1, 1.5, std::nan("")}) {
    const std::string text = test::error_of(Fault::input, [&] {
      logit_profile({{65, 75}, {0.1, share}}, 65, 90);
    });
    EXPECT_HAS(text, "of the group from age 75 is not between 0 and 1");
  }
}

TEST(LogitProfile, RefusesGroupsThatDoNotRise) {
  EXPECT_HAS(test::error_of(Fault::input,
                            [] {
                              logit_profile({{75, 65}, {0.1, 0.5}}, 65, 90);
                            }),
             "the group from age 65 follows the one from age 75");
  EXPECT_HAS(test::error_of(Fault::input,
                            [] {
                              logit_profile({{65}, {0.1}}, 65, 90);
                            }),
             "two groups");
}

TEST(LogitProfile, RefusesLengthsThatDiffer) {
  EXPECT_THROW(logit_profile({{65, 75}, {0.1}}, 65, 90), std::invalid_argument);
  EXPECT_THROW(logit_profile({{65, 75}, {0.1, 0.2}, 0}, 65, 90), std::invalid_argument);
  EXPECT_THROW(logit_profile(two_groups(), 65, 64), std::invalid_argument);
}

}  // namespace
}  // namespace kohort::care
