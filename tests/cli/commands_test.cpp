// The commands as a user types them: what they print, which exit code they give, what they leave.
#include <cstdio>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "engine/base/file.hpp"
#include "engine/store/reader.hpp"
#include "tests/population/fit/country.hpp"
#include "tests/support/expect_error.hpp"
#include "tests/support/folder.hpp"
#include "tests/support/program.hpp"

namespace kohort {
namespace {

const std::string preston = test::project_file("tests/published/preston_box6/open.toml");

class Commands : public ::testing::Test {
 protected:
  test::Ran kohort(const std::vector<std::string>& arguments) {
    return test::kohort(arguments, folder.path().string());
  }
  test::Folder folder;
};

TEST_F(Commands, RunWritesAResultNamedAfterTheScenario) {
  const test::Ran ran = kohort({"run", preston});
  EXPECT_EQ(ran.exit_code, 0) << ran.err;
  EXPECT_HAS(ran.out, "open.h5: 1 areas to 1998");
  EXPECT_EQ(store::Reader(folder.name("open.h5")).text("status"), "complete");
}

TEST_F(Commands, RunTakesOutputSeedAndOverrides) {
  const test::Ran ran = kohort({"run", preston, "-o", "mine.h5", "--seed", "7", "--set",
                                "title=Another", "--set", "population.migration.timing=end"});
  EXPECT_EQ(ran.exit_code, 0) << ran.err;
  const store::Reader reader(folder.name("mine.h5"));
  EXPECT_EQ(reader.number("seed"), 7);
  EXPECT_EQ(reader.text("title"), "Another");
  EXPECT_HAS(*reader.text("scenario"), "timing = \"end\"  # command line");
}

TEST_F(Commands, DryRunPrintsThePlanAndWritesNothing) {
  const test::Ran ran = kohort({"run", preston, "--dry-run"});
  EXPECT_EQ(ran.exit_code, 0) << ran.err;
  EXPECT_HAS(ran.out, "1 areas, 36 cells, 1 intervals to 1998, 1 draw(s): 36 cell-years");
  EXPECT_HAS(ran.out, "memory about");
  EXPECT_HAS(ran.out, "expected time ");
  EXPECT_EQ(folder.files(), 0U);
}

TEST_F(Commands, ProgressCanBeJsonLines) {
  const test::Ran ran = kohort(
      {"run", test::project_file("tests/published/canada/scenario.toml"), "--progress", "json"});
  EXPECT_EQ(ran.exit_code, 0) << ran.err;
  EXPECT_HAS(ran.err, "\"done\":70,\"total\":70");
}

TEST_F(Commands, ProgressIsQuietWhereNobodyLooks) { EXPECT_EQ(kohort({"run", preston}).err, ""); }

TEST_F(Commands, ValidateReportsEveryMistakeOfEveryScenario) {
  folder.write("a.toml", "format = 2\nrubbish = 1\n");
  folder.write("b.toml", "format = 1\n");
  const test::Ran ran = kohort({"validate", "a.toml", preston, "b.toml"});
  EXPECT_EQ(ran.exit_code, 2);
  EXPECT_HAS(ran.err, "a.toml:1:10: error: format: found the whole number 2");
  EXPECT_HAS(ran.err, "a.toml:2:1: error: there is no parameter 'rubbish'");
  EXPECT_HAS(ran.err, "b.toml: error: projection.base_year is missing");
  EXPECT_HAS(ran.out, "open.toml: sound");
}

TEST_F(Commands, ValidateGivesTwoForATableToo) {
  folder.write("a.toml",
               "format = 1\n[projection]\nbase_year = 2000\nend_year = 2001\n"
               "[areas]\ncodes = [\"1880\"]\n[population]\nbase = { file = \"no.csv\" }\n"
               "[population.mortality]\nmeasure = \"probability_of_dying\"\nrates = 0\n"
               "[population.fertility]\nrates = 0\n");
  EXPECT_EQ(kohort({"run", "a.toml"}).exit_code, 3);
  const test::Ran ran = kohort({"validate", "a.toml", preston});
  EXPECT_EQ(ran.exit_code, 2) << ran.err;
  EXPECT_HAS(ran.err, "error: population.base: there is no table");
  EXPECT_HAS(ran.out, "open.toml: sound");
}

TEST_F(Commands, ParametersListsThemAll) {
  const test::Ran ran = kohort({"parameters"});
  EXPECT_EQ(ran.exit_code, 0);
  EXPECT_HAS(ran.out, "projection.base_year [year]");
  EXPECT_HAS(ran.out, "population.fertility.sex_ratio_at_birth [boys per girl]");
  EXPECT_HAS(ran.out, "default 1.06");
  EXPECT_HAS(ran.out, "source: ");
}

TEST_F(Commands, ParametersCanBeOfOnePart) {
  const test::Ran ran = kohort({"parameters", "population.mortality"});
  EXPECT_HAS(ran.out, "population.mortality.rates");
  EXPECT_EQ(ran.out.find("projection.base_year"), std::string::npos);
  const test::Ran wrong = kohort({"parameters", "mortality"});
  EXPECT_EQ(wrong.exit_code, 2);
  EXPECT_HAS(wrong.err, "there is no part or parameter 'mortality'");
}

TEST_F(Commands, ParametersCanBeOne) {
  const test::Ran ran = kohort({"parameters", "projection.base_year"});
  EXPECT_EQ(ran.exit_code, 0) << ran.err;
  EXPECT_HAS(ran.out, "projection.base_year [year]");
  EXPECT_EQ(ran.out.find("projection.end_year"), std::string::npos);
  EXPECT_HAS(kohort({"parameters", "seed"}).out, "seed [1]");
}

TEST_F(Commands, ParametersCanBeAFieldOfBlocks) {
  const test::Ran ran = kohort({"parameters", "population.multiplier.factor"});
  EXPECT_EQ(ran.exit_code, 0) << ran.err;
  EXPECT_HAS(ran.out, "population.multiplier.factor [1]");
  EXPECT_EQ(ran.out.find("population.multiplier.areas"), std::string::npos);
  const test::Ran schema = kohort({"parameters", "population.multiplier.factor", "--json-schema"});
  EXPECT_EQ(schema.exit_code, 0) << schema.err;
  EXPECT_HAS(schema.out, "\"factor\"");
}

TEST_F(Commands, ParametersCanBeAJsonSchema) {
  const test::Ran whole = kohort({"parameters", "--json-schema"});
  EXPECT_EQ(whole.exit_code, 0) << whole.err;
  EXPECT_TRUE(nlohmann::json::parse(whole.out).at("properties").contains("seed"));
  const auto part =
      nlohmann::json::parse(kohort({"parameters", "population", "--json-schema"}).out);
  EXPECT_TRUE(part.at("properties").contains("population"));
  EXPECT_FALSE(part.at("properties").contains("seed"));
}

TEST_F(Commands, RunTakesANumberOfThreads) {
  EXPECT_EQ(kohort({"run", preston, "--threads", "2"}).exit_code, 0);
  for (const char* wrong : {"0", "1025", "-1", "many"}) {
    EXPECT_EQ(kohort({"run", preston, "--threads", wrong}).exit_code, 2) << wrong;
  }
}

TEST_F(Commands, TheExpectedTimeIsTheSumOfItsParts) {
  const test::Ran ran = kohort({"run", preston, "--dry-run"});
  double total = 0.0;
  double reading = 0.0;
  double computing = 0.0;
  double writing = 0.0;
  const std::size_t at = ran.out.find("expected time ");
  ASSERT_NE(at, std::string::npos);
  ASSERT_EQ(std::sscanf(ran.out.c_str() + at,
                        "expected time %lf s on %*d thread(s) that nothing else uses: %lf s to "
                        "read and fit, as just now; %lf s of a processor to compute and %lf s to "
                        "write",
                        &total, &reading, &computing, &writing),
            4);
  EXPECT_GE(total, 0.0);
  EXPECT_NEAR(total, reading + computing + writing, 0.2);
}

TEST_F(Commands, InfoTellsWhatAResultHoldsAndHowItWasMade) {
  kohort({"run", preston});
  const test::Ran ran = kohort({"info", "open.h5"});
  EXPECT_EQ(ran.exit_code, 0) << ran.err;
  EXPECT_HAS(ran.out, "Preston et al. (2001), box 6.2");
  EXPECT_HAS(ran.out, "population/persons");
  EXPECT_HAS(ran.out, "[year, area, sex, age]");
  EXPECT_HAS(ran.out, "population.base");
  EXPECT_HAS(ran.out, "sweden_1993.csv, column ");
  EXPECT_HAS(ran.out, "      observed, ");
  EXPECT_HAS(ran.out, "      sha256 ");
}

TEST_F(Commands, InfoTellsOfSumsIndicatorsAndThresholds) {
  const std::string with_threshold =
      "format = 1\nextends = \"" + preston +
      "\"\n[[output.threshold]]\nname = \"some are left\"\nabove = 0\n";
  folder.write("threshold.toml", with_threshold);
  const test::Ran run = kohort({"run", "threshold.toml"});
  ASSERT_EQ(run.exit_code, 0) << run.err;
  const test::Ran ran = kohort({"info", "threshold.h5"});
  EXPECT_EQ(ran.exit_code, 0) << ran.err;
  EXPECT_HAS(ran.out, "some are left                         100.0 %  100.0 %");
  EXPECT_HAS(ran.out, "sums and indicators, summary/...");
  EXPECT_HAS(ran.out, "\n  all                                ");
  EXPECT_HAS(ran.out, "ages 0-19, 20-64, 65-79, 80+, all");
  EXPECT_HAS(ran.out, "indicators/mean_age");
  EXPECT_EQ(ran.out.find("summary/population/persons "), std::string::npos);
}

TEST_F(Commands, HelpAndVersion) {
  EXPECT_EQ(kohort({"--help"}).exit_code, 0);
  EXPECT_HAS(kohort({"run", "--help"}).out, "--dry-run");
  EXPECT_HAS(kohort({"--version"}).out, "0.1.0");
}

TEST_F(Commands, AWrongCommandLineGivesTwo) {
  EXPECT_EQ(kohort({}).exit_code, 2);
  EXPECT_EQ(kohort({"walk"}).exit_code, 2);
  EXPECT_EQ(kohort({"run"}).exit_code, 2);
  EXPECT_EQ(kohort({"run", preston, "--progress", "loud"}).exit_code, 2);
}

TEST_F(Commands, AnOutputThatCannotBeWrittenGivesFourBeforeTheRun) {
  const test::Ran ran = kohort({"run", preston, "-o", "no/such/folder.h5"});
  EXPECT_EQ(ran.exit_code, 4);
  EXPECT_HAS(ran.err, "no file can be written there");
}

/// A country whose mortality is fitted.
class FreezeCommand : public Commands {
 protected:
  FreezeCommand() {
    test::Country country;
    country.sources = "mortality";
    country.write(folder);
    folder.write("fitted.toml", "format = 1\nextends = \"scenario.toml\"\n");
    files_ = folder.files();
  }
  std::size_t written() const { return folder.files() - files_; }

 private:
  std::size_t files_ = 0;
};

TEST_F(FreezeCommand, WritesEstimatesBesideTheResult) {
  const test::Ran ran = kohort({"run", "fitted.toml", "--freeze", "estimates.h5"});
  EXPECT_EQ(ran.exit_code, 0) << ran.err;
  EXPECT_HAS(ran.out, "estimates.h5: what was fitted from history");
  EXPECT_HAS(ran.out, "fitted.h5: 3 areas to 2012");
  EXPECT_EQ(written(), 2U);
}

TEST_F(FreezeCommand, WritesEstimatesAlone) {
  const test::Ran ran = kohort({"run", "fitted.toml", "--freeze", "estimates.h5", "--no-result"});
  EXPECT_EQ(ran.exit_code, 0) << ran.err;
  EXPECT_EQ(written(), 1U);
  EXPECT_HAS(kohort({"info", "estimates.h5"}).out,
             "estimates for 3 areas from 2010 to 2012, not said since when they are known");
}

TEST_F(FreezeCommand, TheResultAndTheEstimatesHaveDifferentNames) {
  const test::Ran ran = kohort({"run", "fitted.toml", "--freeze", "a.h5", "-o", "a.h5"});
  EXPECT_EQ(ran.exit_code, 2);
  EXPECT_HAS(ran.err, "the estimates and the result have the same name");
  EXPECT_EQ(written(), 0U);
}

TEST_F(FreezeCommand, NoResultGoesWithFreezeAlone) {
  EXPECT_EQ(kohort({"run", "fitted.toml", "--no-result"}).exit_code, 2);
}

TEST_F(FreezeCommand, ADryRunFreezesNothing) {
  EXPECT_EQ(kohort({"run", "fitted.toml", "--freeze", "a.h5", "--dry-run"}).exit_code, 0);
  EXPECT_EQ(written(), 0U);
}

TEST_F(FreezeCommand, InfoOfAFrozenRunNamesTheFile) {
  kohort({"run", "fitted.toml", "--freeze", "estimates.h5", "--no-result"});
  folder.write("frozen.toml",
               "format = 1\nextends = \"scenario.toml\"\n[history]\nfrozen = \"estimates.h5\"\n");
  EXPECT_EQ(kohort({"run", "frozen.toml"}).exit_code, 0);
  EXPECT_HAS(kohort({"info", "frozen.h5"}).out, "history.frozen\n      estimates.h5\n");
}

TEST_F(FreezeCommand, ARunDoesNotWriteOverTheEstimatesThatItReads) {
  kohort({"run", "fitted.toml", "--freeze", "frozen.h5", "--no-result"});
  folder.write("frozen.toml",
               "format = 1\nextends = \"scenario.toml\"\n[history]\nfrozen = \"frozen.h5\"\n");
  const auto before = read_file(folder.name("frozen.h5")).text;
  for (const std::vector<std::string>& arguments :
       {std::vector<std::string>{"run", "frozen.toml"},
        {"run", "frozen.toml", "--freeze", "frozen.h5", "--no-result"}}) {
    const test::Ran ran = kohort(arguments);
    EXPECT_EQ(ran.exit_code, 2);
    EXPECT_HAS(ran.err, "the run reads this file (history.frozen), and would write over it");
  }
  EXPECT_EQ(read_file(folder.name("frozen.h5")).text, before);
}

TEST_F(FreezeCommand, ScenariosWithoutHistoryHaveNothingToFreeze) {
  const test::Ran ran = kohort({"run", preston, "--freeze", "estimates.h5"});
  EXPECT_EQ(ran.exit_code, 2);
  EXPECT_HAS(ran.err, "there is nothing to freeze");
  EXPECT_EQ(written(), 0U);
}

}  // namespace
}  // namespace kohort
