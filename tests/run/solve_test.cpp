// What change of a scenario meets a goal, where the answer can be reckoned.
#include "engine/run/solve.hpp"

#include <cmath>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "tests/care/village.hpp"
#include "tests/run/closed_population.hpp"
#include "tests/support/expect_error.hpp"

namespace kohort {
namespace {

const std::string hundred_left =
    "[[goal]]\nname = \"a hundred left\"\nat_least = 100\nyear = 2002\n";

class Solve : public ::testing::Test {
 protected:
  Question question(const std::string& lever, const std::string& more = "") {
    return {test::closed_population(folder, more + hundred_left), lever, "a hundred left"};
  }
  SearchResult solve(const Question& asked, std::size_t threads = 0) {
    Solver solver(asked);
    solver.use_threads(threads);
    return solver.solve({});
  }
  std::string error(const Question& asked) {
    return test::error_of(Fault::scenario, [&] { Solver solver(asked); });
  }
  test::Folder folder;
};

// 140 (1 - q)^2 >= 100 up to q = 1 - sqrt(5/7) = 0.15485.
TEST_F(Solve, FindsAProbabilityOfDying) {
  Question asked = question("population.mortality.rates");
  asked.to = 1.0;
  const SearchResult found = solve(asked);
  EXPECT_EQ(found.end, SearchEnd::found);
  EXPECT_EQ(found.answer->lever, 0.154);
  EXPECT_NEAR(found.answer->figure, 140 * 0.846 * 0.846, 1e-9);
  EXPECT_EQ(found.answer->shortfall, 0.0);
  EXPECT_TRUE(found.monotone);
}

// A factor f on the force of mortality leaves 140 0.8^2f: f = ln(5/7) / (2 ln 0.8) = 0.7539.
TEST_F(Solve, FindsTheFactorOfABlockByItsNameOrNumber) {
  const std::string blocks =
      "[[population.multiplier]]\ncomponent = \"fertility\"\nfactor = 2.0\n"
      "[[population.multiplier]]\nname = \"health\"\ncomponent = \"mortality\"\nfactor = 1.0\n";
  for (const std::string name : {"health", "1"}) {
    Question asked = question("population.multiplier[" + name + "].factor", blocks);
    asked.to = 2.0;
    asked.tolerance = 0.01;
    EXPECT_EQ(solve(asked).answer->lever, 0.75);
  }
}

/// The probability that at least `least` of `people` live on.
double surviving(int people, int least, double dying) {
  double sum = 0.0;
  for (int n = least; n <= people; ++n) {
    sum +=
        std::exp(std::lgamma(people + 1.0) - std::lgamma(n + 1.0) - std::lgamma(people - n + 1.0) +
                 n * std::log1p(-dying) + (people - n) * std::log(dying));
  }
  return sum;
}

// Of 500 draws the standard error of the probability is 0.018 and it changes by 6 or more for each
// unit of the probability of dying: five of them are 0.015 of that.
TEST_F(Solve, FindsWhatMeetsTheGoalWithAProbability) {
  Question asked =
      question("population.mortality.rates", "draws = 500\nuncertainty.events = true\n");
  asked.to = 1.0;
  const SearchResult found = solve(asked);
  ASSERT_EQ(found.end, SearchEnd::found);
  double low = 0.0;
  double high = 0.2;
  while (high - low > 1e-9) {
    const double middle = (low + high) / 2;
    const double two_years = 1.0 - (1.0 - middle) * (1.0 - middle);
    (surviving(140, 100, two_years) >= 0.8 ? low : high) = middle;
  }
  EXPECT_NEAR(found.answer->lever, low, 0.015);
  EXPECT_GE(found.answer->probability, 0.8);
}

TEST_F(Solve, GivesTheSameOnAnyThreads) {
  Question asked =
      question("population.mortality.rates", "draws = 40\nuncertainty.events = true\n");
  asked.to = 1.0;
  const SearchResult one = solve(asked, 1);
  const SearchResult three = solve(asked, 3);
  ASSERT_EQ(one.tried.size(), three.tried.size());
  for (std::size_t at = 0; at < one.tried.size(); ++at) {
    EXPECT_EQ(one.tried[at].lever, three.tried[at].lever);
    EXPECT_EQ(one.tried[at].probability, three.tried[at].probability);
    EXPECT_EQ(one.tried[at].figure, three.tried[at].figure);
  }
}

TEST_F(Solve, SaysWhenNothingNeedsToChangeAndWhenNothingHelps) {
  Question asked = question("population.mortality.rates");
  asked.from = 0.19;
  asked.to = 0.3;
  EXPECT_EQ(solve(asked).end, SearchEnd::out_of_reach);
  Question met{test::closed_population(folder,
                                       "[[goal]]\nname = \"few\"\nat_most = 90\n"
                                       "year = 2002\n"),
               "population.mortality.rates", "few"};
  met.to = 1.0;
  EXPECT_EQ(solve(met).end, SearchEnd::met_already);
}

TEST_F(Solve, WritesAScenarioThatMeetsTheGoal) {
  Question asked = question("population.mortality.rates");
  asked.to = 1.0;
  const Solver solver(asked);
  const std::string text = solver.delta(0.154, folder.path());
  EXPECT_EQ(text, "format = 1\nextends = \"s.toml\"\npopulation.mortality.rates = 0.154\n");
  const ScenarioRun run(folder.write("answer.toml", text), {});
  EXPECT_EQ(run.judge_goals().at(0).probability, 1.0);
}

TEST_F(Solve, WritesAllBlocksOfAListWithTheOneThatIsChanged) {
  const std::string blocks =
      "[[population.multiplier]]\ncomponent = \"fertility\"\nfactor = 2.0\nareas = [\"west\"]\n"
      "[[population.multiplier]]\nname = \"health\"\ncomponent = \"mortality\"\nfactor = 1.0\n";
  const Solver solver(question("population.multiplier[health].factor", blocks));
  EXPECT_EQ(solver.delta(0.75, folder.path() / "sub"),
            "format = 1\nextends = \"../s.toml\"\n\n"
            "[[population.multiplier]]\ncomponent = \"fertility\"\nfactor = 2.0\n"
            "areas = [\"west\"]\n\n"
            "[[population.multiplier]]\nname = \"health\"\ncomponent = \"mortality\"\n"
            "factor = 0.75\n");
  folder.write("sub/answer.toml", solver.delta(0.75, folder.path() / "sub"));
  const ScenarioRun run(folder.name("sub/answer.toml"), {});
  EXPECT_EQ(run.judge_goals().at(0).probability, 1.0);
}

TEST_F(Solve, RefusesQuestionsThatMeanNothing) {
  Question wrong = question("population.mortality.rate");
  EXPECT_HAS(error(wrong),
             "--lever: error: there is no parameter 'population.mortality.rate'; did "
             "you mean 'population.mortality.rates'?");
  wrong = question("population.base");
  EXPECT_HAS(error(wrong), "population.base is a table in this scenario");
  wrong = question("population.mortality.measure");
  EXPECT_HAS(error(wrong), "population.mortality.measure is no number");
  wrong = question("projection.launch_year");
  EXPECT_HAS(error(wrong), "projection.launch_year has no value in this scenario");
  wrong = question("population.multiplier[0].factor");
  EXPECT_HAS(error(wrong), "there is no block [[population.multiplier]] '0'");
  wrong = question("population.mortality.rates");
  wrong.goal = "a hundred gone";
  EXPECT_HAS(error(wrong),
             "--goal: error: the scenario has no goal 'a hundred gone'; did you mean");
  wrong = question("population.mortality.rates");
  wrong.from = 0.3;
  EXPECT_HAS(error(wrong), "--from: error: the scenario's own value 0.2 is not between the bounds");
  wrong.from = -1;
  EXPECT_HAS(error(wrong), "-1 is out of the range of population.mortality.rates");
  wrong = question("population.mortality.rates");
  wrong.tolerance = 0;
  EXPECT_HAS(error(wrong), "--tolerance: error: found 0");
  wrong = question("population.mortality.rates");
  wrong.probability = 1.2;
  EXPECT_HAS(error(wrong), "--probability: error: found 1.2");
}

// The rates reach to 10, and what is no probability is refused when it is tried.
TEST_F(Solve, NamesTheValueAtWhichTheScenarioCannotBeRun) {
  const Solver solver(question("population.mortality.rates"));
  const std::string text = test::error_of(Fault::input, [&] { solver.solve({}); });
  EXPECT_HAS(text, "the scenario cannot be run with population.mortality.rates = 10");
  EXPECT_HAS(text, "write narrower bounds");
}

// Fewer come to need care, so that fewer have it.
TEST(SolveOfCare, FindsHowMuchPreventionIsNeeded) {
  test::Village village;
  village.add(
      "[[care.lever]]\nname = \"prevention\"\non = \"onset\"\nfactor = 1.0\n"
      "[[goal]]\nname = \"fewer in housing\"\nof = \"care/persons\"\nkind = \"housing\"\n"
      "ages = \"65+\"\nyear = 2004\nrelative_to = 2000\nat_most = 0.9\n");
  Question asked{village.file(), "care.lever[prevention].factor", "fewer in housing"};
  asked.tolerance = 0.05;
  asked.to = 1.0;
  const Solver solver(asked);
  const SearchResult found = solver.solve({});
  ASSERT_EQ(found.end, SearchEnd::found);
  EXPECT_TRUE(found.monotone);
  const auto ratio = [&](double factor) {
    const ScenarioRun run(village.file(), {fmt::format("care.lever[0].factor={}", factor)});
    return run.judge_goals().at(0).figure.back();
  };
  EXPECT_LE(ratio(found.answer->lever), 0.9);
  EXPECT_GT(ratio(found.answer->lever + 0.05), 0.9);
}

}  // namespace
}  // namespace kohort
