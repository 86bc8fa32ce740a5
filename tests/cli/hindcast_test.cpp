// `kohort hindcast` as a user types it, on the file that is shipped.
#include <cmath>
#include <map>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "engine/base/file.hpp"
#include "engine/store/reader.hpp"
#include "tests/support/expect_error.hpp"
#include "tests/support/folder.hpp"
#include "tests/support/program.hpp"

namespace kohort {
namespace {

const std::string shipped = test::project_file("scenarios/orebro/hindcast-2010.toml");

/// The shipped hindcast with a few draws, run once.
class HindcastOfOrebro : public ::testing::Test {
 protected:
  struct Shipped {
    test::Folder folder;
    test::Ran ran = test::kohort({"hindcast", shipped, "--draws", "8", "--format", "json",
                                  "--chart", "chart.svg", "-o", "out.h5"},
                                 folder.path().string());
  };
  static const Shipped& run() {
    static const Shipped once;
    return once;
  }

  void SetUp() override { ASSERT_EQ(run().ran.exit_code, 0) << run().ran.err; }

  static nlohmann::json comparisons() {
    return nlohmann::json::parse(run().ran.out).at("comparisons");
  }

  /// A measure of a method, of what is judged.
  static double measure(const std::string& judged, const std::string& method,
                        const std::string& name) {
    for (const auto& comparison : comparisons()) {
      if (comparison.at("standard") != judged || comparison.at("result") != method) continue;
      for (const auto& one : comparison.at("quantities").at(0).at("measures")) {
        if (one.at("measure") == name) return one.at("value");
      }
    }
    ADD_FAILURE() << "no " << name << " of " << method;
    return 0.0;
  }
};

// Measured apart from the program, from the same published totals.
TEST_F(HindcastOfOrebro, GivesTheErrorsOfNaiveForecastsAsMeasuredElsewhere) {
  for (const auto& [method, mape] : std::map<std::string, double>{{"no_change", 4.95},
                                                                  {"linear_5", 7.14},
                                                                  {"linear_10", 7.48},
                                                                  {"constant_share", 4.45},
                                                                  {"average", 5.76}}) {
    EXPECT_NEAR(measure("all people", method, "mape"), mape, 0.005) << method;
  }
}

TEST_F(HindcastOfOrebro, JudgesStatementsOfGrowth) {
  EXPECT_NEAR(measure("all people", "founding programme (2012)", "brier"), 5.0 / 12.0, 1e-12);
  EXPECT_NEAR(measure("all people", "all_grow", "brier"), 4.0 / 12.0, 1e-12);
}

TEST_F(HindcastOfOrebro, JudgesOurOwnByItsDraws) {
  EXPECT_GT(measure("all people", "kohort", "coverage_95"), 0.0);
  EXPECT_GT(measure("65 and over", "kohort", "skill_no_change"), 0.0);
  EXPECT_GT(measure("80 and over", "kohort", "skill_cohort_ratios"), 0.0);
  EXPECT_GT(measure("all people", "immigrants known (conditional)", "mape"), 1.0);
}

TEST_F(HindcastOfOrebro, PartsTheErrorWithoutARemainder) {
  std::map<std::string, double> rest;
  for (const auto& comparison : comparisons()) {
    for (const auto& decomposition : comparison.at("decompositions")) {
      for (const auto& part : decomposition.at("parts")) {
        const std::string cell = comparison.at("result").get<std::string>() +
                                 part.at("area").get<std::string>() + part.at("year").dump();
        const double value = part.at("value");
        rest[cell] += part.at("part") == "all" ? value : -value;
      }
    }
  }
  EXPECT_EQ(rest.size(), 3U * 12U * 5U);  // runs, municipalities, 2011-2015
  for (const auto& [cell, value] : rest) EXPECT_NEAR(value, 0.0, 1e-9) << cell;
}

TEST_F(HindcastOfOrebro, WritesAWholeFileAndAChart) {
  const store::Reader reader(run().folder.name("out.h5"));
  EXPECT_NO_THROW(reader.verify());
  EXPECT_HAS(*reader.text("inputs"), "history.immigration_forecast");
  EXPECT_GT(reader.values("parts/value").size(), 0U);
  const std::string svg = *read_file(run().folder.name("chart.svg")).text;
  EXPECT_TRUE(svg.starts_with("<!-- Written by kohort hindcast -->"));
  EXPECT_HAS(svg, "constant_share");
  EXPECT_EQ(run().folder.files(), 2U);  // results lie nowhere when they have been judged
}

TEST(HindcastCommand, RefusesATableThatBecameKnownAfterTheLaunch) {
  const test::Folder folder;
  folder.write("later.csv", "year,area,value\n2010,1880,1\n2020,1880,1\n");
  folder.write("later.card.toml", "known_from = 2020\n");
  folder.write("plan.toml", "extends = \"" + shipped + "\"\n[[history]]\nfile = \"later.csv\"\n");
  const test::Ran ran = test::kohort({"hindcast", "plan.toml"}, folder.path().string());
  EXPECT_EQ(ran.exit_code, 2);
  EXPECT_HAS(ran.err, "became known in 2020, after the launch in 2010");
  EXPECT_FALSE(std::filesystem::exists(folder.path() / "plan.h5"));
}

TEST(HindcastCommand, RefusesAScenarioThatStartsLater) {
  const test::Folder folder;
  folder.write("plan.toml", "extends = \"" + shipped + "\"\n[[run]]\nlaunch = 2010\nscenario = \"" +
                                test::project_file("scenarios/sweden/counties-2005.toml") +
                                "\"\nset = [\"projection.launch_year=2005\"]\n");
  const test::Ran ran = test::kohort({"hindcast", "plan.toml"}, folder.path().string());
  EXPECT_EQ(ran.exit_code, 2);
  EXPECT_HAS(ran.err, "starts from 2005 and may know what was known in 2005, not 2010");
}

}  // namespace
}  // namespace kohort
