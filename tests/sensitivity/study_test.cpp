// By which numbers a figure is moved, where the answer can be reckoned.
#include "engine/sensitivity/study.hpp"

#include <cmath>
#include <set>

#include <gtest/gtest.h>

#include "engine/base/interrupted.hpp"
#include "engine/sensitivity/rows.hpp"
#include "tests/sensitivity/two_multipliers.hpp"
#include "tests/support/expect_error.hpp"

namespace kohort {
namespace {

class SensitivityStudy : public ::testing::Test {
 protected:
  Study study(const std::string& indicators, const std::string& more = "") {
    return Study(read_plan(test::two_multipliers(folder, indicators, more)).samples.at(0), {});
  }
  std::string error(const std::string& sample) {
    test::two_multipliers(folder, "");
    const std::string plan =
        folder.write("wrong.toml",
                     "format = 1\nkind = \"plan\"\n[[sample]]\nname = \"x\"\nfile = \"s.toml\"\n"
                     "size = 4\n" +
                         sample);
    return test::error_of(Fault::scenario, [&] { Study(read_plan(plan).samples.at(0), {}); });
  }
  test::Folder folder;
};

/// Mean and variance of 0.8^f, f uniform from 0 to `most`.
struct Moments {
  explicit Moments(double most) {
    const double force = -std::log(0.8);
    mean = (1.0 - std::exp(-force * most)) / (force * most);
    variance = (1.0 - std::exp(-2.0 * force * most)) / (2.0 * force * most) - mean * mean;
  }
  double mean;
  double variance;
};

// Of a product X Y of independent numbers: V = (VX + EX^2) (VY + EY^2) - EX^2 EY^2, the first-order
// index of X is VX EY^2 / V and its total index VX (VY + EY^2) / V.
TEST_F(SensitivityStudy, FindsTheIndicesOfAProduct) {
  const Sensitivity found = study(test::all_left).examine(2);
  ASSERT_EQ(found.indicators.size(), 1U);
  const IndicatorSensitivity& left = found.indicators[0];
  const Moments f(4.0);
  const Moments g(8.0);
  const auto second = [](const Moments& x) { return x.variance + x.mean * x.mean; };
  const double variance = second(f) * second(g) - f.mean * f.mean * g.mean * g.mean;
  const auto expect_near = [&](const InputIndices& indices, const Moments& x, const Moments& y) {
    EXPECT_NEAR(indices.first.value, x.variance * y.mean * y.mean / variance, 0.02);
    EXPECT_NEAR(indices.total.value, x.variance * second(y) / variance, 0.02);
  };
  EXPECT_NEAR(left.indices.mean, 140.0 * f.mean * g.mean, 0.5);
  EXPECT_NEAR(left.indices.variance / (140.0 * 140.0 * variance), 1.0, 0.02);
  expect_near(left.indices.inputs[0], f, g);
  expect_near(left.indices.inputs[1], g, f);
  EXPECT_EQ(left.indices.rows, 128U);
  EXPECT_TRUE(found.failed.empty());
}

// 140 x 0.8 x 0.8 = 89.6; without deaths in one of the years 112; with f = 4 140 x 0.8^5, with
// g = 8 140 x 0.8^9: the wider of the two stands first.
TEST_F(SensitivityStudy, FindsWhatEachRangeDoesAlone) {
  const IndicatorSensitivity left = study(test::all_left).examine(1).indicators.at(0);
  EXPECT_NEAR(left.own, 89.6, 1e-9);
  EXPECT_TRUE(std::isnan(left.own_error));
  ASSERT_EQ(left.tornado.size(), 2U);
  EXPECT_EQ(left.tornado[0].number, 1U);
  EXPECT_NEAR(left.tornado[0].at_from, 112.0, 1e-9);
  EXPECT_NEAR(left.tornado[0].at_to, 140.0 * std::pow(0.8, 9), 1e-9);
  EXPECT_EQ(left.tornado[1].number, 0U);
  EXPECT_NEAR(left.tornado[1].at_to, 140.0 * std::pow(0.8, 5), 1e-9);
}

// 0.8^g alone is left of those of 2001; the deaths per head are 0.8^-g - 1.
TEST_F(SensitivityStudy, IsOfRatiosAndFlowsPerHeadToo) {
  const Sensitivity found =
      study(
          "[[sample.indicator]]\nname = \"of 2001\"\nrelative_to = 2001\nyear = 2002\n"
          "[[sample.indicator]]\nname = \"deaths\"\nof = \"population/deaths\"\n"
          "per_head_of = \"all\"\nyear = 2002\n")
          .examine(2);
  EXPECT_NEAR(found.indicators.at(0).own, 0.8, 1e-12);
  EXPECT_NEAR(found.indicators.at(1).own, 0.25, 1e-12);
  EXPECT_EQ(found.indicators[0].figure, "population/persons (all, all, female) relative to 2001");
  for (const IndicatorSensitivity& one : found.indicators) {
    EXPECT_NEAR(one.indices.inputs[0].first.value, 0.0, 1e-9);
    EXPECT_NEAR(one.indices.inputs[0].total.value, 0.0, 1e-9);
    EXPECT_NEAR(one.indices.inputs[1].first.value, 1.0, 0.05);
    EXPECT_NEAR(one.tornado[1].size(), 0.0, 1e-9);
  }
}

TEST_F(SensitivityStudy, GivesTheSameOnAnyThreadsAndSharesTheLuckOfItsRuns) {
  const Study by_chance = study(test::all_left, "draws = 8\nuncertainty.events = true\n");
  const Sensitivity one = by_chance.examine(1);
  EXPECT_EQ(to_json(by_chance, one), to_json(by_chance, by_chance.examine(3)));
  const IndicatorSensitivity& left = one.indicators.at(0);
  // 140 people by chance: a standard deviation of sqrt(140 x 0.64 x 0.36) = 5.7 in a draw.
  EXPECT_GT(left.own_error, 0.5);
  EXPECT_LT(left.own_error, 5.0);
  const Sensitivity expected = study(test::all_left).examine(2);
  for (std::size_t at = 0; at < 2; ++at) {
    EXPECT_NEAR(left.indices.inputs[at].total.value,
                expected.indicators[0].indices.inputs[at].total.value, 0.1);
  }
}

// Above 1 the probability of dying is none; a row of one number needs two that are.
TEST_F(SensitivityStudy, LeavesOutRowsOfRunsThatFail) {
  test::two_multipliers(folder, "");
  const std::string plan = folder.write(
      "plan.toml",
      "format = 1\nkind = \"plan\"\n[[sample]]\nname = \"x\"\nfile = \"s.toml\"\nsize = 32\n"
      "[[sample.axis]]\nparameter = \"population.mortality.rates\"\nfrom = 0.5\nto = 1.5\n" +
          test::all_left);
  const Study risky(read_plan(plan).samples.at(0), {});
  const Sensitivity found = risky.examine(2);
  const IndicatorSensitivity& left = found.indicators.at(0);
  EXPECT_GE(left.indices.rows, 4U);
  EXPECT_LE(left.indices.rows, 12U);
  EXPECT_TRUE(std::isnan(left.tornado.at(0).at_to));
  ASSERT_FALSE(found.failed.empty());
  EXPECT_FALSE(found.failed[0].row);
  EXPECT_EQ(found.failed[0].overrides, std::vector<std::string>{"population.mortality.rates=1.5"});
  ASSERT_TRUE(found.failed.back().row);
  // Each row that is left out has a run that failed.
  std::set<std::size_t> rows;
  for (const FailedRun& failed : found.failed) {
    if (failed.row) rows.insert(*failed.row);
  }
  EXPECT_EQ(rows.size() + left.indices.rows, 32U);
}

TEST_F(SensitivityStudy, EndsWhenAsked) {
  std::stop_source source;
  const Study asked = study(test::all_left);
  EXPECT_THROW(asked.examine(2, {[&](std::size_t done, std::size_t) {
                                   if (done == 5) source.request_stop();
                                 },
                                 source.get_token()}),
               Interrupted);
}

TEST_F(SensitivityStudy, RefusesWhatMeansNothing) {
  const std::string axis = "[[sample.axis]]\nparameter = \"population.multiplier[f].factor\"\n";
  EXPECT_HAS(error(axis + "from = 0\nto = 1\n"), "the sample 'x' has no indicator");
  EXPECT_HAS(error(axis + "from = -1\nto = 1\n" + test::all_left), "-1 is out of its range");
  EXPECT_HAS(
      error("[[sample.axis]]\nparameter = \"projection.end_year\"\nfrom = 2001\nto = 2002\n" +
            test::all_left),
      "projection.end_year is a whole number");
  EXPECT_HAS(error("[[sample.axis]]\nparameter = \"population.base\"\nfrom = 0\nto = 1\n" +
                   test::all_left),
             "population.base is a table in this scenario");
  EXPECT_HAS(error(axis + "from = 0\nto = 1\n[[sample.indicator]]\nname = \"x\"\nyear = 2009\n"),
             "sample.indicator.year: there is no figure of 2009; the years are 2000 to 2002");
  EXPECT_HAS(error(axis + "from = 0\nto = 1\n[[sample.indicator]]\nname = \"x\"\nyear = 2002\n"
                          "of = \"population/person\"\n"),
             "did you mean 'population/persons'?");
}

}  // namespace
}  // namespace kohort
