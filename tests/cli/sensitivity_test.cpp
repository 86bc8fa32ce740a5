// `kohort sensitivity` as a user types it: what it prints, which exit code it gives, what it
// writes.
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "engine/base/file.hpp"
#include "tests/sensitivity/two_multipliers.hpp"
#include "tests/support/expect_error.hpp"
#include "tests/support/program.hpp"

namespace kohort {
namespace {

class SensitivityCommand : public ::testing::Test {
 protected:
  void SetUp() override { test::two_multipliers(folder, test::all_left); }
  test::Ran sensitivity(const std::vector<std::string>& more) {
    std::vector<std::string> arguments{"sensitivity", "plan.toml"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return test::kohort(arguments, folder.path().string());
  }
  std::string text(const std::string& name) { return read_file(folder.name(name)).text.value(); }

  test::Folder folder;
};

// The figures are reckoned in tests/sensitivity/study_test.cpp.
TEST_F(SensitivityCommand, PrintsIndicesAndATornado) {
  const test::Ran ran = sensitivity({});
  EXPECT_EQ(ran.exit_code, 0) << ran.err;
  EXPECT_HAS(ran.out,
             "deaths: untitled\n128 rows by Sobol sequence, seed 1: 517 runs in all, each of 1 "
             "draw(s) with seed 1\n\nall left: population/persons (all, all, female) in 2002\n"
             "in the scenario 89.6; over the ranges mean ");
  EXPECT_HAS(ran.out, "; 128 complete rows\n");
  EXPECT_HAS(ran.out,
             "one by one                       scenario         at from           at to           "
             "swing\n"
             "population.multiplier[g].factor         1             112            18.8           "
             "-93.2\n"
             "population.multiplier[f].factor         1             112            45.9           "
             "-66.1\n");
}

TEST_F(SensitivityCommand, WritesTheSameAsCsvAndJson) {
  const test::Ran csv = sensitivity({"--format", "csv", "-o", "t.csv", "--threads", "1"});
  EXPECT_EQ(csv.exit_code, 0) << csv.err;
  EXPECT_EQ(csv.out, "t.csv: 1 indicator(s) of 517 runs\n");
  EXPECT_HAS(text("t.csv"), "indicator,figure,unit,year,parameter,");
  EXPECT_HAS(text("t.csv"),
             "\nall left,\"population/persons (all, all, female)\",1,2002,"
             "population.multiplier[f].factor,1,1,0,4,");
  EXPECT_EQ(sensitivity({"--format", "csv", "--threads", "3"}).out, text("t.csv"));
  const auto json = nlohmann::json::parse(sensitivity({"--format", "json"}).out);
  EXPECT_EQ(json["runs"], 517);
  EXPECT_EQ(json["indicators"][0]["tornado"][0]["parameter"], "population.multiplier[g].factor");
  EXPECT_TRUE(json["indicators"][0]["monte_carlo_error"].is_null());
  const double first = json["indicators"][0]["indices"][1]["first_order"]["value"];
  EXPECT_HAS(text("t.csv"), std::to_string(first).substr(0, 6));
}

TEST_F(SensitivityCommand, WarnsWhereRowsAreTooFew) {
  const test::Ran ran = sensitivity({"--rows", "8"});
  EXPECT_EQ(ran.exit_code, 0) << ran.err;
  EXPECT_HAS(ran.err, "intervals of 'all left' are wider than 0.2; more rows make them narrower");
  EXPECT_EQ(ran.err.find("left out"), std::string::npos);
}

TEST_F(SensitivityCommand, TellsTheMonteCarloErrorOfSeveralDraws) {
  folder.write("s.toml", "uncertainty.events = true\n" + text("s.toml"));
  const test::Ran ran = sensitivity({"--draws", "8", "--seed", "3", "--rows", "8"});
  EXPECT_EQ(ran.exit_code, 0) << ran.err;
  EXPECT_HAS(ran.out, "each of 8 draw(s) with seed 3");
  EXPECT_HAS(ran.out, " (Monte Carlo standard error ");
}

TEST_F(SensitivityCommand, TellsWhichRunsFailedAndLeavesTheirRowsOut) {
  folder.write("plan.toml",
               "format = 1\nkind = \"plan\"\n[[sample]]\nname = \"x\"\nfile = \"s.toml\"\n"
               "size = 32\n[[sample.axis]]\nparameter = \"population.mortality.rates\"\n"
               "from = 0.5\nto = 1.5\n" +
                   test::all_left);
  const test::Ran ran = sensitivity({});
  EXPECT_EQ(ran.exit_code, 3) << ran.err;
  EXPECT_HAS(ran.out, " complete rows\n");
  EXPECT_HAS(ran.err, "one by one, with population.mortality.rates=1.5:\n");
  EXPECT_HAS(ran.err, "\nrow ");
  EXPECT_HAS(ran.err, " more runs that failed\n");
  EXPECT_HAS(ran.err, " of the 32 rows of 'all left' are left out");
}

TEST_F(SensitivityCommand, HasPlansThatCanBeValidated) {
  const auto validate = [&] {
    return test::kohort({"validate", "plan.toml", "s.toml"}, folder.path().string());
  };
  const test::Ran sound = validate();
  EXPECT_EQ(sound.exit_code, 0) << sound.err;
  EXPECT_HAS(sound.out, "plan.toml: a sound plan (128 scenarios)\ns.toml: sound (2 areas,");
  test::two_multipliers(folder, "[[sample.indicator]]\nname = \"x\"\nyear = 2009\n");
  const test::Ran wrong = validate();
  EXPECT_EQ(wrong.exit_code, 2);
  EXPECT_HAS(wrong.err, "error: sample.indicator.year: there is no figure of 2009");
  EXPECT_HAS(wrong.out, "s.toml: sound");
}

TEST_F(SensitivityCommand, IsShippedWithASoundPlan) {
  const test::Ran ran =
      test::kohort({"validate", test::project_file("scenarios/orebro/sensitivity.toml")},
                   folder.path().string());
  EXPECT_EQ(ran.exit_code, 0) << ran.err;
  EXPECT_HAS(ran.out, "a sound plan (64 scenarios)");
}

TEST_F(SensitivityCommand, RefusesWhatItCannotAnswer) {
  const test::Ran unknown = sensitivity({"--sample", "death"});
  EXPECT_EQ(unknown.exit_code, 2);
  EXPECT_HAS(unknown.err, "--sample: error: no sample 'death' has an indicator; did you mean");
  const test::Ran ending = sensitivity({"-o", "s.toml"});
  EXPECT_EQ(ending.exit_code, 2);
  EXPECT_HAS(ending.err, "a name that does not end in .txt");
  const test::Ran input = sensitivity({"--format", "csv", "-o", "base.csv"});
  EXPECT_EQ(input.exit_code, 2);
  EXPECT_HAS(input.err, "the scenario reads this table");
  test::two_multipliers(folder, "");
  const test::Ran none = sensitivity({});
  EXPECT_EQ(none.exit_code, 2);
  EXPECT_HAS(none.err, "plan.toml: error: no sample of the plan has an indicator");
}

}  // namespace
}  // namespace kohort
