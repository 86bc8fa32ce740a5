// `kohort diff`: which resolved parameters of two scenarios differ.
#include <gtest/gtest.h>

#include "tests/support/expect_error.hpp"
#include "tests/support/folder.hpp"
#include "tests/support/program.hpp"

namespace kohort {
namespace {

const std::string common = "format = 1\n[projection]\nbase_year = 2000\nend_year = 2010\n";

class Diff : public ::testing::Test {
 protected:
  std::string diff(const std::string& first, const std::string& second) {
    folder.write("a.toml", first);
    folder.write("b.toml", second);
    const test::Ran ran = test::kohort({"diff", "a.toml", "b.toml"}, folder.path().string());
    EXPECT_EQ(ran.exit_code, 0) << ran.err;
    return ran.out;
  }
  test::Folder folder;
};

TEST_F(Diff, ShowsBothValuesWithUnitAndWhereEachWasSet) {
  folder.write("base.toml", common);
  const std::string out =
      diff("extends = \"base.toml\"\n", "extends = \"base.toml\"\n[projection]\nend_year = 2020\n");
  EXPECT_EQ(out,
            "- a.toml\n+ b.toml\n\nprojection.end_year [year]\n"
            "  - 2010  # base.toml:4\n  + 2020  # b.toml:3\n\n1 difference\n");
}

TEST_F(Diff, SaysWhichSideIsADefaultOrIsNotGiven) {
  const std::string out = diff(common, common + "launch_year = 2000\nopen_age = 95\n");
  EXPECT_HAS(out, "projection.open_age [years]\n  - 100  # default\n  + 95  # b.toml:6\n");
  EXPECT_HAS(out, "projection.launch_year [year]\n  - not given\n  + 2000  # b.toml:5\n");
}

TEST_F(Diff, FindsNothingInAScenarioWrittenOtherwise) {
  folder.write("base.toml", common);
  EXPECT_HAS(diff(common + "step = 1\n", "extends = \"base.toml\"\n"), "\nno parameter differs\n");
}

TEST_F(Diff, MatchesBlocksByName) {
  const std::string out =
      diff(common +
               "[[welfare.need]]\nname = \"x\"\nrate = 0.1\n[[welfare.need]]\nname = \"y\"\nrate = "
               "0.2\n",
           common +
               "[[welfare.need]]\nname = \"y\"\nrate = 0.3\n[[welfare.need]]\nname = \"z\"\nrate = "
               "0.4\n");
  EXPECT_HAS(out, "welfare.need[x]\n  - { name = \"x\", rate = 0.1 }  # a.toml:5\n  + not given\n");
  EXPECT_HAS(
      out,
      "welfare.need[y].rate [persons per person]\n  - 0.2  # a.toml:10\n  + 0.3  # b.toml:7\n");
  EXPECT_HAS(out, "welfare.need[z]\n  - not given\n  + { name = \"z\", rate = 0.4 }");
  EXPECT_HAS(out, "\n3 differences\n");
}

TEST_F(Diff, TellsWhereBlocksStandInAnotherOrder) {
  const std::string x = "[[welfare.need]]\nname = \"x\"\nrate = 0.1\n";
  const std::string y = "[[welfare.need]]\nname = \"y\"\nrate = 0.1\n";
  EXPECT_HAS(diff(common + x + y, common + y + x),
             "welfare.need\n  - in the order x, y\n  + in the order y, x\n\n1 difference");
}

TEST_F(Diff, MatchesBlocksWithoutNamesThatAreAlikeBeforeOthers) {
  const std::string onset = "[[care.lever]]\non = \"onset\"\nfactor = 0.9\n";
  const std::string volume = "[[care.lever]]\non = \"volume\"\nfactor = 0.8\n";
  const std::string out =
      diff(common + onset + volume,
           common + volume + "[[care.lever]]\non = \"onset\"\nfactor = 0.7\nages = \"80+\"\n");
  EXPECT_HAS(out, "care.lever[1 and 2].factor [1]\n  - 0.9  # a.toml:7\n  + 0.7  # b.toml:10\n");
  EXPECT_HAS(out, "care.lever[1 and 2].ages\n  - not given\n  + \"80+\"  # b.toml:11\n");
  EXPECT_HAS(out, "\n2 differences\n");
}

TEST_F(Diff, CountsTheRowsInWhichTablesDiffer) {
  folder.write("one.csv", "area,sex,age,n\n1,female,0,5\n1,female,1,6\n1,female,2,7\n");
  folder.write("two.csv", "age,n,sex,area\n1,6,female,1\n0,5,female,1\n2,8,female,1\n");
  const auto base = [](const std::string& file) {
    return common + "[population]\nbase = { file = \"" + file + "\", value = \"n\" }\n";
  };
  const std::string out = diff(base("one.csv"), base("two.csv"));
  EXPECT_HAS(out, "population.base [persons]\n  - { file = \"one.csv\", value = \"n\" }");
  EXPECT_HAS(out, "    - 1 of 3 rows only here, sha256 ");
  EXPECT_HAS(out, "    + 1 of 3 rows only here, sha256 ");
}

TEST_F(Diff, TakesTablesOfTheSameContentForTheSame) {
  const std::string rows = "sex,age,n\nfemale,0,5\n";
  for (const char* file :
       {"one_female.csv", "one_male.csv", "sub/two_female.csv", "sub/two_male.csv"}) {
    folder.write(file, rows);
  }
  const auto rates = [](const std::string& file) {
    return common + "[population.mortality]\nrates = { file = \"" + file + "\", value = \"n\" }\n";
  };
  EXPECT_HAS(diff(rates("one_{sex}.csv"), rates("sub/two_{sex}.csv")), "no parameter differs");
  folder.write("sub/two_male.csv", rows + "female,1,5\n");
  EXPECT_HAS(diff(rates("one_{sex}.csv"), rates("sub/two_{sex}.csv")), "+ 1 of 3 rows only here");
}

TEST_F(Diff, NamesTheTableThatItCannotRead) {
  const auto base = [](const std::string& file) {
    return common + "[population]\nbase = { file = \"" + file + "\" }\n";
  };
  folder.write("a.toml", base("gone.csv"));
  folder.write("b.toml", base("lost.csv"));
  const test::Ran ran = test::kohort({"diff", "a.toml", "b.toml"}, folder.path().string());
  EXPECT_EQ(ran.exit_code, 3);
  EXPECT_HAS(ran.err, "gone.csv: error: ");
  EXPECT_EQ(ran.out, "");
}

TEST_F(Diff, RefusesAScenarioThatIsWrong) {
  folder.write("a.toml", common);
  folder.write("b.toml", common + "steps = 5\n");
  const test::Ran ran = test::kohort({"diff", "a.toml", "b.toml"}, folder.path().string());
  EXPECT_EQ(ran.exit_code, 2);
  EXPECT_HAS(ran.err, "b.toml:5:1: error: there is no parameter 'projection.steps'");
}

}  // namespace
}  // namespace kohort
