// `kohort solve` as a user types it: what it prints, which exit code it gives, what it writes.
#include <gtest/gtest.h>

#include "engine/base/file.hpp"
#include "tests/run/closed_population.hpp"
#include "tests/support/expect_error.hpp"
#include "tests/support/program.hpp"

namespace kohort {
namespace {

class SolveCommand : public ::testing::Test {
 protected:
  void SetUp() override {
    test::closed_population(folder,
                            "[[goal]]\nname = \"a hundred left\"\nat_least = 100\nyear = 2002\n");
  }
  test::Ran kohort(const std::vector<std::string>& arguments) {
    return test::kohort(arguments, folder.path().string());
  }
  /// Asks how few may die for the goal to be met.
  test::Ran solve(const std::vector<std::string>& more) {
    std::vector<std::string> arguments{
        "solve", "s.toml", "--lever", "population.mortality.rates", "--goal", "a hundred left"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return kohort(arguments);
  }
  std::string text(const std::string& name) { return read_file(folder.name(name)).text.value(); }

  test::Folder folder;
};

// 0.1548 is where the goal is met: see tests/run/solve_test.cpp.
TEST_F(SolveCommand, PrintsTheAnswerAndWhatWasTried) {
  const test::Ran ran = solve({"--to", "1"});
  EXPECT_EQ(ran.exit_code, 0) << ran.err;
  EXPECT_HAS(ran.out,
             "a hundred left: population/persons (all, all, female) at least 100 in 2002, with a "
             "probability of at least 0.8\n"
             "met with population.mortality.rates = 0.154 instead of 0.2, probability 1\n"
             "0 to 1 in steps of 0.001; 1 draw(s), seed 1\n");
  EXPECT_HAS(ran.out, "           0.154        1.0000           100.2               0  <-\n");
  EXPECT_HAS(ran.out, "             0.2        0.0000            89.6            10.4\n");
  EXPECT_HAS(ran.err, "population.mortality.rates = 0.2: probability 0\n");
  EXPECT_EQ(folder.files(), 2U);
}

TEST_F(SolveCommand, GivesOneWhereTheGoalCannotBeMet) {
  const test::Ran ran = solve({"--from", "0.19", "--to", "0.3", "-o", "answer.toml"});
  EXPECT_EQ(ran.exit_code, 1) << ran.err;
  EXPECT_HAS(ran.out, "not met: with population.mortality.rates neither at 0.19 nor at 0.3\n");
  EXPECT_EQ(folder.files(), 2U);
}

TEST_F(SolveCommand, SaysThatTheGoalIsMetAlready) {
  folder.write("met.toml", "format = 1\nextends = \"s.toml\"\npopulation.mortality.rates = 0.1\n");
  const test::Ran met = kohort({"solve", "met.toml", "--lever", "population.mortality.rates",
                                "--goal", "a hundred left", "--to", "1"});
  EXPECT_EQ(met.exit_code, 0) << met.err;
  EXPECT_HAS(met.out, "met already: population.mortality.rates = 0.1 in the scenario");
}

TEST_F(SolveCommand, IsQuietOnRequest) {
  EXPECT_EQ(solve({"--to", "1", "--progress", "never"}).err, "");
}

TEST_F(SolveCommand, WritesAScenarioThatRuns) {
  const test::Ran ran = solve({"--to", "1", "-o", "answer.toml"});
  EXPECT_EQ(ran.exit_code, 0) << ran.err;
  EXPECT_HAS(text("answer.toml"), "# Written by kohort solve\n# a hundred left: ");
  EXPECT_HAS(text("answer.toml"),
             "\nformat = 1\nextends = \"s.toml\"\npopulation.mortality.rates = 0.154\n");
  ASSERT_EQ(kohort({"run", "answer.toml"}).exit_code, 0);
  EXPECT_HAS(kohort({"info", "answer.h5"}).out,
             "a hundred left                                 >= 100 in 2002    2000    0.0 % "
             "100.0 %          0\n");
}

TEST_F(SolveCommand, GivesTheSameBytesAgainAndOnAnyThreads) {
  const std::vector<std::string> asked{"--to", "1", "--draws", "20", "-o", "answer.toml"};
  folder.write("s.toml", "uncertainty.events = true\n" + text("s.toml"));
  const test::Ran first = solve(asked);
  EXPECT_EQ(first.exit_code, 0) << first.err;
  const std::string answer = text("answer.toml");
  std::vector<std::string> on_two = asked;
  on_two.insert(on_two.end(), {"--threads", "2"});
  EXPECT_EQ(solve(on_two).out, first.out);
  EXPECT_EQ(text("answer.toml"), answer);
  EXPECT_HAS(answer, "# 20 draw(s), seed 1\n");
}

TEST_F(SolveCommand, WritesOverNothingElse) {
  const std::string before = text("s.toml");
  const test::Ran over_scenario = solve({"--to", "1", "-o", "s.toml"});
  EXPECT_EQ(over_scenario.exit_code, 2);
  EXPECT_HAS(over_scenario.err,
             "s.toml: error: the result cannot go there: it is a file that this program has not "
             "written");
  EXPECT_EQ(text("s.toml"), before);
  folder.write("mine.toml", "# Written by kohort solve\nformat = 1\nextends = \"s.toml\"\n");
  const test::Ran over_own = kohort({"solve", "mine.toml", "--lever", "population.mortality.rates",
                                     "--goal", "a hundred left", "--to", "1", "-o", "mine.toml"});
  EXPECT_EQ(over_own.exit_code, 2);
  EXPECT_HAS(over_own.err, "mine.toml: error: the scenario is read from this file");
  EXPECT_EQ(solve({"--to", "1", "-o", "no/such/folder.toml"}).exit_code, 4);
}

TEST_F(SolveCommand, ReportsWhatIsWrongWithTheQuestion) {
  const test::Ran unknown = kohort(
      {"solve", "s.toml", "--lever", "population.mortality.rats", "--goal", "a hundred left"});
  EXPECT_EQ(unknown.exit_code, 2);
  EXPECT_EQ(unknown.err,
            "--lever: error: there is no parameter 'population.mortality.rats'; did you mean "
            "'population.mortality.rates'?\n");
  EXPECT_EQ(kohort({"solve", "s.toml", "--goal", "a hundred left"}).exit_code, 2);
  EXPECT_EQ(kohort({"solve", "no.toml", "--lever", "x", "--goal", "y"}).exit_code, 2);
}

TEST_F(SolveCommand, RunTakesTheFieldOfABlock) {
  const test::Ran ran = kohort({"run", "s.toml", "--set", "goal[a hundred left].at_least=80"});
  EXPECT_EQ(ran.exit_code, 0) << ran.err;
  EXPECT_HAS(kohort({"info", "s.h5"}).out, ">= 80 in 2002");
}

}  // namespace
}  // namespace kohort
