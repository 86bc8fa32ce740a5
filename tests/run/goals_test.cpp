// Goals: when they are reached, how probable it is that they are met, by how much they are missed.
#include "engine/run/goals.hpp"

#include <cmath>
#include <limits>

#include <gtest/gtest.h>

#include "engine/store/reader.hpp"
#include "tests/care/village.hpp"
#include "tests/run/closed_population.hpp"
#include "tests/support/expect_error.hpp"
#include "tests/support/projected.hpp"

namespace kohort {
namespace {

using test::Projected;
using Figures = std::vector<double>;

constexpr double nan = std::numeric_limits<double>::quiet_NaN();

/// The same figures, where NaN is the same as NaN.
void expect_same(const Figures& found, const Figures& expected) {
  ASSERT_EQ(found.size(), expected.size());
  for (std::size_t at = 0; at < found.size(); ++at) {
    if (std::isnan(expected[at])) {
      EXPECT_TRUE(std::isnan(found[at])) << at << ": " << found[at];
    } else {
      EXPECT_DOUBLE_EQ(found[at], expected[at]) << at;
    }
  }
}

Goal goal(bool at_least, double bound, std::size_t year, Holds holds = Holds::in_year) {
  Goal goal;
  goal.at_least = at_least;
  goal.bound = bound;
  goal.year = year;
  goal.holds = holds;
  return goal;
}

/// Four draws, the columns, over the base year and three more.
const DrawFigures four{4,
                       {10, 10, 10, 10,  //
                        12, 9, 10, 8,    //
                        13, 12, 11, 7,   //
                        9, 13, 12, 6}};

// Draws reach 12 in years 1, 2, 3 and never; in year 2 they miss it by 0, 0, 1 and 5.
TEST(GoalArithmetic, OfAGoalInItsYear) {
  const Figures quantiles{0.0, 0.25, 0.5, 0.75, 0.9};
  const GoalOutcome outcome = judge(goal(true, 12, 2), four, quantiles);
  expect_same(outcome.figure, {10, 9.75, 10.75, 10});
  expect_same(outcome.holds, {0, 0.25, 0.5, 0.5});
  expect_same(outcome.reached, {0, 0.25, 0.5, 0.75});
  EXPECT_EQ(outcome.probability, 0.5);
  EXPECT_EQ(outcome.never, 0.25);
  EXPECT_EQ(outcome.first_year, 2.0);
  expect_same(outcome.first_year_quantiles, {1, 1, 2, 3, nan});
  EXPECT_EQ(outcome.shortfall, 1.5);
  expect_same(outcome.shortfall_quantiles, {0, 0, 0.5, 2, 3.8});
}

// From year 2 on only the second draw holds 12; the third from year 3 on. The first falls short by
// 3 at the end, the last by 6.
TEST(GoalArithmetic, OfAGoalFromItsYearOn) {
  const GoalOutcome outcome = judge(goal(true, 12, 2, Holds::from_year), four, Figures{0.5, 1.0});
  expect_same(outcome.holds, {0, 0.25, 0.5, 0.5});
  expect_same(outcome.reached, {0, 0, 0.25, 0.5});
  EXPECT_EQ(outcome.probability, 0.25);
  EXPECT_EQ(outcome.never, 0.5);
  expect_same(outcome.first_year_quantiles, {3, nan});
  EXPECT_EQ(outcome.shortfall, (3.0 + 0.0 + 1.0 + 6.0) / 4.0);
  expect_same(outcome.shortfall_quantiles, {2, 6});
}

// Year 3 has 9, 13, 12 and 6: two hold 9, the others are above it by 4 and 3.
TEST(GoalArithmetic, OfAnUpperBound) {
  const GoalOutcome outcome = judge(goal(false, 9, 3), four, {});
  EXPECT_EQ(outcome.probability, 0.5);
  expect_same(outcome.reached, {0, 0.5, 0.5, 0.75});
  EXPECT_EQ(outcome.shortfall, 1.75);
  EXPECT_TRUE(outcome.shortfall_quantiles.empty());
}

TEST(GoalArithmetic, ABoundThatIsJustReachedHolds) {
  EXPECT_EQ(judge(goal(true, 10, 0), four, {}).probability, 1.0);
  EXPECT_EQ(judge(goal(false, 10, 0), four, {}).probability, 1.0);
}

TEST(GoalArithmetic, WhatCannotBeToldHoldsNoBoundAndIsLeftOutOfMeans) {
  const GoalOutcome outcome = judge(goal(true, 3, 1), {2, {nan, nan, nan, 2}}, Figures{0.5});
  expect_same(outcome.figure, {nan, 2});
  expect_same(outcome.holds, {0, 0});
  EXPECT_EQ(outcome.shortfall, 1.0);
  expect_same(outcome.shortfall_quantiles, {1});
  EXPECT_TRUE(std::isnan(judge(goal(true, 3, 0), {1, {nan}}, {}).shortfall));
}

TEST(GoalArithmetic, OfFlowsNothingIsToldOfTheBaseYear) {
  Goal of_flow = goal(true, 12, 2);
  of_flow.measure.variable.moment = Moment::flow;
  const GoalOutcome outcome = judge(of_flow, four, {});
  expect_same(outcome.holds, {nan, 0.25, 0.5, 0.5});
  expect_same(outcome.reached, {nan, 0.25, 0.5, 0.75});
}

// Beside year 1: 13/12, 12/9, 11/10, 7/8; only later years count.
TEST(GoalArithmetic, DividesByTheSameFigureOfAnotherYear) {
  Goal relative = goal(true, 1.1, 2);
  relative.reference = 1;
  const DrawFigures held = divided(relative, four, four);
  expect_same({held.of(2).begin(), held.of(2).end()}, {13.0 / 12, 12.0 / 9, 1.1, 0.875});
  const GoalOutcome outcome = judge(relative, held, {});
  expect_same(outcome.holds, {nan, nan, 0.5, 0.5});
  EXPECT_TRUE(std::isnan(outcome.figure[1]));
}

TEST(GoalArithmetic, DividesByHeadsOfWhomThereMayBeNone) {
  Goal per_head = goal(true, 0.5, 0);
  per_head.heads.emplace();
  const DrawFigures held = divided(per_head, {2, {10, 10}}, {2, {20, 0}});
  expect_same(held.values, {0.5, nan});
}

class Goals : public ::testing::Test {
 protected:
  std::string block(const std::string& fields) {
    return "[[goal]]\nname = \"x\"\nyear = 2002\n" + fields + "\n";
  }
  std::string scenario(const std::string& fields, const std::string& more = "") {
    return test::closed_population(folder, more + block(fields));
  }
  GoalOutcome outcome(const std::string& fields, const std::string& more = "") {
    return Projected(scenario(fields, more)).outcome().goals.at(0);
  }
  std::string error(const std::string& fields) {
    return test::error_of(Fault::scenario, [&] { outcome(fields); });
  }
  test::Folder folder;
};

// 140, 112 and 89.6 persons.
TEST_F(Goals, AreHeldAgainstWhatIsExpected) {
  const GoalOutcome missed = outcome("at_least = 100");
  expect_same(missed.figure, {140, 112, 89.6});
  EXPECT_EQ(missed.probability, 0.0);
  EXPECT_EQ(missed.first_year, 0.0);
  EXPECT_NEAR(missed.shortfall, 10.4, 1e-12);
  const GoalOutcome met = outcome("at_most = 100");
  EXPECT_EQ(met.probability, 1.0);
  EXPECT_EQ(met.first_year, 2.0);
  EXPECT_EQ(met.shortfall, 0.0);
}

// Of b 40, 32 and 25.6; the deaths are 28 and 22.4.
TEST_F(Goals, AreOfAreasAgesRatiosAndHeads) {
  expect_same(outcome("area = \"west\"\nages = \"2+\"\nat_least = 1").figure, {20, 32, 25.6});
  expect_same(outcome("relative_to = 2001\nat_most = 0.8").figure, {nan, nan, 0.8});
  expect_same(outcome("of = \"population/deaths\"\nper_head_of = \"all\"\nat_most = 1").figure,
              {nan, 28.0 / 112, 22.4 / 89.6});
  expect_same(outcome("ages = \"3+\"\nper_head_of = \"2+\"\nat_most = 1").figure, {0, 0.5, 1});
}

// At least 112 whole people is more than 111.5.
TEST_F(Goals, AgreeWithThresholdsDrawByDraw) {
  const Projected projected(scenario("at_least = 112",
                                     "draws = 50\nuncertainty.events = true\n"
                                     "[[output.threshold]]\nname = \"x\"\nabove = 111.5\n"));
  const GoalOutcome& one = projected.outcome().goals.at(0);
  expect_same(one.holds, projected.outcome().thresholds.at(0).passed);
  expect_same(one.reached, projected.outcome().thresholds.at(0).ever);
  EXPECT_GT(one.holds[1], 0.0);
  EXPECT_LT(one.holds[1], 1.0);
  EXPECT_EQ(one.shortfall_quantiles.size(), 5U);
}

TEST_F(Goals, AreJudgedAlikeOnAnyThreadsAndWithoutTheRest) {
  ScenarioRun run(scenario("at_most = 90", "draws = 40\nuncertainty.events = true\n"), {});
  const GoalOutcome whole = run.project().goals.at(0);
  for (const std::size_t threads : {1, 3}) {
    run.use_threads(threads);
    const GoalOutcome alone = run.judge_goals().at(0);
    expect_same(alone.figure, whole.figure);
    expect_same(alone.reached, whole.reached);
    EXPECT_EQ(alone.shortfall, whole.shortfall);
  }
}

TEST_F(Goals, AreRefusedWhereTheyMeanNothing) {
  EXPECT_HAS(error("of = \"population/person\"\nat_least = 1"),
             "goal.of: there is no 'population/person'; did you mean 'population/persons'?");
  EXPECT_HAS(error("of = \"population/person\"\nat_least = 1"), "s.toml:11:6: error: ");
  EXPECT_HAS(error("area = \"c\"\nat_least = 1"), "there is no area or group 'c'; there is a, b");
  EXPECT_HAS(error("kind = \"nurse\"\nat_least = 1"), "it is of one kind alone");
  EXPECT_HAS(error(""), "neither it nor at_most is given");
  EXPECT_HAS(error("at_least = 1\nat_most = 2"), "at_most is given too");
  EXPECT_HAS(error("at_least = 1\nrelative_to = 2002"),
             "it is not before 2002, the year that is asked for");
  EXPECT_HAS(error("at_least = 1\nrelative_to = 1999"),
             "there is no figure of 1999; the years are 2000 to 2002");
  EXPECT_HAS(error("of = \"population/deaths\"\nat_least = 1\nrelative_to = 2000"),
             "the years are 2001 to 2002");
  EXPECT_HAS(error("of = \"indicators/mean_age\"\nper_head_of = \"all\"\nat_least = 1"),
             "an indicator is of no heads");
  EXPECT_HAS(error("per_head_of = \"80+\"\nat_least = 1"), "reaches into the open age group 5+");
  EXPECT_HAS(error("at_least = 1\n" + block("at_least = 2")), "a second 'x'");
  EXPECT_HAS(error("at_least = 1\nby = 2002"), "a block has no key 'by'");
}

TEST_F(Goals, StandInTheResult) {
  const ScenarioRun run(
      scenario("at_most = 90\nholds = \"from_year\"", "draws = 10\nuncertainty.events = true\n"),
      {});
  const Outcome outcome = run.project();
  run.write(outcome, folder.name("r.h5"));
  const store::Reader reader(folder.name("r.h5"));
  const auto text = [&](const std::string& name) {
    return std::get<std::vector<std::string>>(reader.labels(name)).at(0);
  };
  EXPECT_EQ(text("goal"), "x");
  EXPECT_EQ(text("goal_of"), "population/persons");
  EXPECT_EQ(text("goal_area"), "all");
  EXPECT_EQ(text("goal_side"), "at_most");
  EXPECT_EQ(text("goal_holds"), "from_year");
  EXPECT_EQ(text("goal_relative_to"), "");
  EXPECT_EQ(std::get<std::vector<std::int32_t>>(reader.labels("goal_year")).at(0), 2002);
  const GoalOutcome& goal = outcome.goals.at(0);
  expect_same(reader.values("goals/reached"), goal.reached);
  expect_same(reader.values("goals/probability"), {goal.probability});
  expect_same(reader.values("goals/shortfall_quantiles"), goal.shortfall_quantiles);
  for (std::size_t at = 0; at < goal.first_year_quantiles.size(); ++at) {
    const double year = reader.values("goals/first_year_quantiles")[at];
    const double position = goal.first_year_quantiles[at];
    EXPECT_TRUE(std::isnan(position) ? std::isnan(year) : year == 2000 + position);
  }
}

class GoalsOfCare : public ::testing::Test {
 protected:
  GoalOutcome outcome(const std::string& fields) {
    test::Village village;
    village.add("[[goal]]\nname = \"x\"\nyear = 2004\n" + fields + "\n");
    return ScenarioRun(village.file(), {}).project().goals.at(0);
  }
};

// Those in some state of care, and those in none, are all.
TEST_F(GoalsOfCare, AreOfOneKindOrOfAllTogether) {
  const auto of = [&](const std::string& kind) {
    return outcome("of = \"care/persons\"\nkind = \"" + kind + "\"\nages = \"65+\"\nat_most = 1")
        .figure.back();
  };
  const double persons = outcome("ages = \"65+\"\nat_most = 1").figure.back();
  EXPECT_NEAR(of("all"), persons, 1e-9 * persons);
  EXPECT_NEAR(of("none") + of("light") + of("heavy") + of("housing"), persons, 1e-9 * persons);
  EXPECT_GT(of("housing"), 0.0);
}

TEST_F(GoalsOfCare, NameTheKindsThatThereAre) {
  EXPECT_HAS(
      test::error_of(Fault::scenario,
                     [&] { outcome("of = \"care/persons\"\nkind = \"housin\"\nat_most = 1"); }),
      "there is no kind 'housin'; did you mean 'housing'?");
  EXPECT_HAS(
      test::error_of(Fault::scenario, [&] { outcome("of = \"care/persons\"\nat_most = 1"); }),
      "it is of several kinds; there is none, light, heavy, housing, all");
}

}  // namespace
}  // namespace kohort
