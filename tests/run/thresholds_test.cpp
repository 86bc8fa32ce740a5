// The probability that a quantity passes a threshold.
#include "engine/run/thresholds.hpp"

#include <cmath>

#include <gtest/gtest.h>

#include "tests/run/closed_population.hpp"
#include "tests/support/expect_error.hpp"
#include "tests/support/projected.hpp"

namespace kohort {
namespace {

using test::Projected;

class Thresholds : public ::testing::Test {
 protected:
  std::string block(const std::string& fields) {
    return "[[output.threshold]]\nname = \"x\"\n" + fields + "\n";
  }
  ThresholdOutcome outcome(const std::string& fields, const std::string& more = "") {
    return Projected(test::closed_population(folder, more + block(fields)))
        .outcome()
        .thresholds.at(0);
  }
  std::string error(const std::string& fields) {
    return test::error_of(Fault::scenario, [&] { outcome(fields); });
  }
  test::Folder folder;
};

using Shares = std::vector<double>;

// 140, 112 and 89.6 persons.
TEST_F(Thresholds, ArePassedByWhatIsExpected) {
  EXPECT_EQ(outcome("above = 111").passed, (Shares{1.0, 1.0, 0.0}));
  EXPECT_EQ(outcome("above = 111").ever, (Shares{1.0, 1.0, 1.0}));
  EXPECT_EQ(outcome("below = 112.5").passed, (Shares{0.0, 1.0, 1.0}));
  EXPECT_EQ(outcome("above = 140").passed, (Shares{0.0, 0.0, 0.0}));
}

// Of the 40 in b 32 live on, those of age 1 then being 2; of 16 of them 3 die.
TEST_F(Thresholds, AreOfAreasGroupsAndAges) {
  EXPECT_EQ(outcome("area = \"west\"\nbelow = 33").passed, (Shares{0.0, 1.0, 1.0}));
  EXPECT_EQ(outcome("area = \"b\"\nages = \"3+\"\nabove = 15").passed, (Shares{0.0, 1.0, 1.0}));
  EXPECT_EQ(outcome("area = \"b\"\nages = \"2\"\nsex = \"female\"\nbelow = 17").passed,
            (Shares{0.0, 1.0, 1.0}));
}

TEST_F(Thresholds, OfFlowsHaveNoneAtTheBaseYear) {
  const ThresholdOutcome deaths = outcome("of = \"population/deaths\"\nabove = 25");
  EXPECT_TRUE(std::isnan(deaths.passed[0]));
  EXPECT_TRUE(std::isnan(deaths.ever[0]));
  EXPECT_EQ(deaths.passed[1], 1.0);
  EXPECT_EQ(deaths.passed[2], 0.0);
  EXPECT_EQ(deaths.ever[2], 1.0);
}

// A year older each: 2.0, 3.0, 4.0 with half a year more than the ages attained 1.5, 2.5, 3.5.
TEST_F(Thresholds, MayBeOfIndicators) {
  EXPECT_EQ(outcome("of = \"indicators/mean_age\"\nabove = 3.9").passed, (Shares{0.0, 0.0, 1.0}));
}

// 140 live on with a probability of 0.8 each: 112 are expected, the normal approximation of
// P(n > 112.5) is 0.458. Of 1000 draws the standard error is 0.016; five are allowed.
TEST_F(Thresholds, CountTheDraws) {
  const ThresholdOutcome one = outcome("above = 112", "draws = 1000\nuncertainty.events = true\n");
  EXPECT_NEAR(one.passed[1], 0.458, 0.08);
  EXPECT_GE(one.ever[2], one.passed[2]);
  EXPECT_GT(one.passed[1], 0.0);
}

TEST_F(Thresholds, AreRefusedWhereTheyMeanNothing) {
  EXPECT_HAS(error("of = \"population/person\"\nabove = 1"), "did you mean 'population/persons'?");
  EXPECT_HAS(error("area = \"c\"\nabove = 1"),
             "there is no area or group 'c'; there is a, b, west");
  EXPECT_HAS(error("ages = \"80+\"\nabove = 1"), "'80+' reaches into the open age group 5+");
  EXPECT_HAS(error("sex = \"male\"\nabove = 1"), "'male' is not projected");
  EXPECT_HAS(error(""), "neither it nor below is given");
  EXPECT_HAS(error("above = 1\nbelow = 1"), "below is given too");
  EXPECT_HAS(error("of = \"indicators/mean_age\"\nages = \"0-2\"\nabove = 1"),
             "an indicator is of all ages and sexes");
  EXPECT_HAS(error("above = 1\n" + block("above = 2")), "a second 'x'");
}

}  // namespace
}  // namespace kohort
