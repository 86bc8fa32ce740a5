// Bad input through the whole program: a clear message, the right exit code, and no file left.
#include <gtest/gtest.h>

#include "tests/support/expect_error.hpp"
#include "tests/support/folder.hpp"
#include "tests/support/program.hpp"

namespace kohort {
namespace {

/// A sound scenario of one area with three ages, of which each test breaks one thing.
class BadInput : public ::testing::Test {
 protected:
  BadInput() {
    write_table(
        "area,sex,age,n,q\n"
        "1880,female,0,10,0.1\n1880,female,5,20,0.1\n1880,female,10,30,0.1\n");
  }

  void write_table(const std::string& text) { folder.write("t.csv", text); }

  std::string scenario(const std::string& more = "") const {
    return "format = 1\n" + more +
           "[projection]\nbase_year = 2000\nend_year = 2005\nstep = 5\nopen_age = 10\n"
           "sexes = [\"female\"]\n[areas]\ncodes = [\"1880\"]\n[population]\n"
           "base = { file = \"t.csv\", value = \"n\", basis = \"observed\", "
           "age_definition = \"end_of_year\" }\n"
           "[population.mortality]\nmeasure = \"probability_of_dying\"\n"
           "rates = { file = \"t.csv\", value = \"q\", basis = \"observed\", "
           "age_definition = \"end_of_year\" }\n"
           "[population.fertility]\nrates = 0\n";
  }

  /// Runs the scenario, which must fail with this code and leave no file but those written.
  std::string fails(int exit_code, const std::string& text) {
    folder.write("s.toml", text);
    const std::size_t before = folder.files();
    const test::Ran ran =
        test::kohort({"run", "s.toml", "-o", "result.h5"}, folder.path().string());
    EXPECT_EQ(ran.exit_code, exit_code) << ran.err;
    EXPECT_EQ(folder.files(), before) << "a file was left behind";
    return ran.err;
  }

  test::Folder folder;
};

TEST_F(BadInput, IsSoundUntilItIsBroken) {
  folder.write("s.toml", scenario());
  const test::Ran ran = test::kohort({"run", "s.toml"}, folder.path().string());
  EXPECT_EQ(ran.exit_code, 0) << ran.err;
}

TEST_F(BadInput, UnknownKey) {
  EXPECT_HAS(fails(2, scenario("sed = 3\n")),
             "s.toml:2:1: error: there is no parameter 'sed'; did you mean 'seed'?");
}

TEST_F(BadInput, WrongType) {
  EXPECT_HAS(fails(2, scenario("seed = \"three\"\n")),
             "s.toml:2:8: error: seed: found the text \"three\"; it must be a whole number");
}

TEST_F(BadInput, OutOfRangeValue) {
  EXPECT_HAS(fails(2, scenario("seed = -1\n")),
             "s.toml:2:8: error: seed: found the whole number -1");
}

TEST_F(BadInput, MissingScenario) {
  const test::Ran ran = test::kohort({"run", "no.toml"}, folder.path().string());
  EXPECT_EQ(ran.exit_code, 2);
  EXPECT_HAS(ran.err, "no.toml: error: the file 'no.toml' cannot be read (No such file");
}

TEST_F(BadInput, MissingTable) {
  std::filesystem::remove(folder.name("t.csv"));
  EXPECT_HAS(fails(3, scenario()),
             "s.toml:11:8: error: population.base: there is no table 't.csv'");
}

TEST_F(BadInput, Gap) {
  write_table("area,sex,age,n,q\n1880,female,0,10,0.1\n1880,female,10,30,0.1\n");
  EXPECT_HAS(fails(3, scenario()),
             "t.csv: error: population.base: 1 rows are missing; the first is area=1880, "
             "sex=female, age=5");
}

TEST_F(BadInput, Duplicate) {
  write_table(
      "area,sex,age,n,q\n1880,female,0,10,0.1\n1880,female,5,20,0.1\n"
      "1880,female,5,21,0.1\n1880,female,10,30,0.1\n");
  EXPECT_HAS(
      fails(3, scenario()),
      "t.csv:4: error: population.base: a second figure for area=1880, sex=female, age=5 (the "
      "first is on line 3)");
}

TEST_F(BadInput, NegativeCount) {
  write_table(
      "area,sex,age,n,q\n1880,female,0,-10,0.1\n1880,female,5,20,0.1\n"
      "1880,female,10,30,0.1\n");
  EXPECT_HAS(fails(3, scenario()),
             "t.csv:2: error: population.base: -10 for area=1880, sex=female, age=0 is negative");
}

TEST_F(BadInput, UnknownAreaCode) {
  write_table(
      "area,sex,age,n,q\n1808,female,0,10,0.1\n1880,female,5,20,0.1\n"
      "1880,female,10,30,0.1\n");
  EXPECT_HAS(fails(3, scenario()), "t.csv:2: error: population.base: unknown area '1808'");
}

TEST_F(BadInput, NotANumber) {
  write_table(
      "area,sex,age,n,q\n1880,female,0,NaN,0.1\n1880,female,5,20,0.1\n"
      "1880,female,10,30,0.1\n");
  EXPECT_HAS(fails(3, scenario()), "t.csv:2: error: population.base: column 'n' holds 'NaN'");
}

TEST_F(BadInput, EmptyTable) {
  write_table("");
  EXPECT_HAS(fails(3, scenario()), "t.csv: error: the table is empty");
}

TEST_F(BadInput, EmptyScenario) { EXPECT_HAS(fails(2, ""), "s.toml: error: format is missing"); }

TEST_F(BadInput, Latin1Table) {
  write_table("area,sex,age,n,q,name\n1880,female,0,10,0.1,\xD6rebro\n");
  EXPECT_HAS(fails(3, scenario()), "t.csv:2: error: byte 0xD6 is not UTF-8");
}

TEST_F(BadInput, Latin1Scenario) {
  EXPECT_HAS(fails(2, scenario("title = \"\xD6rebro\"\n")), "s.toml:2:");
}

TEST_F(BadInput, FilesThatExtendEachOther) {
  folder.write("other.toml", "extends = \"s.toml\"\n");
  EXPECT_HAS(fails(2, scenario("extends = \"other.toml\"\n")),
             "the files extend each other in a circle: s.toml -> other.toml -> s.toml");
}

TEST_F(BadInput, WrongYearRange) {
  write_table(
      "year,area,sex,age,n,q\n1999,1880,female,0,10,0.1\n1999,1880,female,5,20,0.1\n"
      "1999,1880,female,10,30,0.1\n");
  EXPECT_HAS(fails(3, scenario()), "population.base: no row at all for year 2000");
}

TEST_F(BadInput, ProbabilitiesThatAreNone) {
  write_table(
      "area,sex,age,n,q\n1880,female,0,10,1.1\n1880,female,5,20,0.1\n"
      "1880,female,10,30,0.1\n");
  EXPECT_HAS(fails(3, scenario()), "a probability of dying of 1.1 at age 0");
}

TEST_F(BadInput, MoreLeaveThanThereAre) {
  folder.write("m.csv", "sex,age,n\nfemale,0,-100\nfemale,5,0\nfemale,10,0\n");
  const std::string text =
      fails(2, scenario() +
                   "[population.net_migration]\nform = \"counts\"\nvalues = { file = "
                   "\"m.csv\", value = \"n\", basis = \"assumed\", age_definition = "
                   "\"end_of_year\" }\n");
  EXPECT_HAS(text, "area 1880, female aged 0 in 2005: more leave than are there");
}

TEST_F(BadInput, ANumberWhereCountsByAgeAreNeeded) {
  EXPECT_HAS(fails(2, scenario() + "[population.immigration]\ncounts = 100\n"),
             "population.immigration.counts: one number would stand in every cell");
}

TEST_F(BadInput, AParameterThatNothingReads) {
  EXPECT_HAS(fails(2, scenario() + "[population.migration]\ntiming = \"end\"\n"
                                   "newborn_exposure = 0.4\n"),
             "population.migration.newborn_exposure: it is given, but nothing in this scenario");
}

TEST_F(BadInput, MoreLeaveThanAll) {
  EXPECT_HAS(fails(3, scenario() + "[population.emigration]\nrates = 1.2\n"),
             "a probability of dying of 0.1 and of leaving of 1.2");
}

TEST_F(BadInput, ASexRatioInPerCent) {
  EXPECT_HAS(fails(2, scenario() + "sex_ratio_at_birth = 106\n"),
             "it must be a number from 0 to 1.3");
  EXPECT_HAS(fails(3, scenario() + "sex_ratio_at_birth = 0.515\n"), "0.515 boys per girl");
}

TEST_F(BadInput, SurvivalRatiosThatAreProbabilitiesOfDying) {
  std::string text = scenario();
  const std::string measure = "probability_of_dying";
  text.replace(text.find(measure), measure.size(), "survival_ratio");
  EXPECT_HAS(fails(3, text), "a probability of dying of 0.9 at age 5; check");
}

TEST_F(BadInput, AgesOfWhichNobodySaysHowTheyAreCounted) {
  std::string text = scenario();
  const std::string said = ", age_definition = \"end_of_year\"";
  text.erase(text.find(said), said.size());
  EXPECT_HAS(fails(3, text), "nothing says how the ages of");
}

TEST_F(BadInput, ADirectoryAsATable) {
  std::filesystem::remove(folder.name("t.csv"));
  std::filesystem::create_directory(folder.name("t.csv"));
  folder.write("s.toml", scenario());
  EXPECT_EQ(test::kohort({"run", "s.toml"}, folder.path().string()).exit_code, 3);
}

TEST_F(BadInput, MistakesOfAllTablesAreReportedAtOnce) {
  write_table(
      "area,sex,age,n,q\n"
      "1880,female,0,-10,0.1\n1880,female,5,20,7\n1880,female,10,30,0.1\n");
  const std::string err =
      fails(3, scenario() +
                   "[population.emigration]\nrates = { file = \"t.csv\", value = \"gone\", "
                   "basis = \"observed\" }\n");
  EXPECT_HAS(err, "t.csv:2: error: population.base: -10");
  EXPECT_HAS(err, "population.mortality.rates: ");
  EXPECT_HAS(err, "population.emigration.rates: there is no column 'gone'");
}

TEST_F(BadInput, MistakesOfScenarioAndTablesTogetherAreTheScenarios) {
  write_table(
      "area,sex,age,n,q\n"
      "1880,female,0,-10,0.1\n1880,female,5,20,0.1\n1880,female,10,30,0.1\n");
  const std::string err = fails(2, scenario() + "[population.net_migration]\nform = \"counts\"\n");
  EXPECT_HAS(err, "population.base: -10");
  EXPECT_HAS(err, "population.net_migration.values: the scenario does not give it");
}

}  // namespace
}  // namespace kohort
