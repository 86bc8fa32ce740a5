// import and export as a user types them.
#include <gtest/gtest.h>

#include "engine/base/file.hpp"
#include "tests/support/expect_error.hpp"
#include "tests/support/folder.hpp"
#include "tests/support/program.hpp"

namespace kohort {
namespace {

const std::string people =
    "CHARSET=\"ANSI\";\nTITLE=\"People\";\nSOURCE=\"SCB\";\nUNITS=\"number\";\n"
    "STUB=\"region\",\"\xE5lder\";\nHEADING=\"k\xF6n\",\"\xE5r\";\n"
    "VALUES(\"region\")=\"\xD6rebro\";\nCODES(\"region\")=\"1880\";\n"
    "VALUES(\"\xE5lder\")=\"0-4 \xE5r\",\"5-9 \xE5r\",\"10+ \xE5r\";\n"
    "CODES(\"\xE5lder\")=\"0-4\",\"5-9\",\"10+\";\n"
    "VALUES(\"k\xF6n\")=\"kvinnor\";\nVALUES(\"\xE5r\")=\"2000\";\nTIMEVAL(\"\xE5r\")=TLIST(A1),"
    "\"2000\";\n"
    "DATA=\n10\n20\n30;\n";

class ExchangeCommands : public ::testing::Test {
 protected:
  test::Ran kohort(const std::vector<std::string>& arguments) {
    return test::kohort(arguments, folder.path().string());
  }
  test::Ran run_published(const std::string& output) {
    return kohort(
        {"run", test::project_file("tests/published/preston_box6/open.toml"), "-o", output});
  }
  test::Folder folder;
};

TEST_F(ExchangeCommands, ImportSaysWhatItRead) {
  folder.write("people.px", people);
  const test::Ran ran = kohort({"import", "people.px", "--basis", "observed"});
  EXPECT_EQ(ran.exit_code, 0) << ran.err;
  EXPECT_EQ(ran.err, "");
  EXPECT_HAS(ran.out, "people.csv: 3 rows by year, area, sex, age; 3 figures, sum 60\n");
  EXPECT_HAS(ran.out, "card: people.card.toml");
  EXPECT_HAS(*read_file(folder.name("people.card.toml")).text, "basis = \"observed\"");
}

TEST_F(ExchangeCommands, AScenarioReadsWhatWasImported) {
  folder.write("people.px", people);
  const test::Ran imported = kohort({"import", "people.px", "-o", "base.csv", "--basis", "observed",
                                     "--known-from", "year", "--age-definition", "end_of_year"});
  ASSERT_EQ(imported.exit_code, 0) << imported.err;
  folder.write(
      "s.toml",
      "format = 1\n[projection]\nbase_year = 2000\nend_year = 2005\nstep = 5\nopen_age = 10\n"
      "sexes = [\"female\"]\n[areas]\ncodes = [\"1880\"]\n[population]\n"
      "base = { file = \"base.csv\" }\n"
      "[population.mortality]\nmeasure = \"probability_of_dying\"\nrates = 0\n"
      "[population.fertility]\nrates = 0\n");
  const test::Ran ran = kohort({"run", "s.toml"});
  EXPECT_EQ(ran.exit_code, 0) << ran.err;
  const test::Ran exported =
      kohort({"export", "s.h5", "--to", "csv", "--table", "population_by_sex_age", "-o", "out.csv",
              "--labels", "codes"});
  EXPECT_EQ(exported.exit_code, 0) << exported.err;
  EXPECT_HAS(*read_file(folder.name("out.csv")).text, "2000,1880,female,5-9,20,");
}

TEST_F(ExchangeCommands, AWrongFileGivesThreeAndItsPlace) {
  folder.write("people.px", people.substr(0, people.size() - 4) + "x;\n");
  const test::Ran ran = kohort({"import", "people.px"});
  EXPECT_EQ(ran.exit_code, 3);
  EXPECT_HAS(ran.err, "people.px:17:1: error: DATA: found 'x', which is no figure; ");
  EXPECT_EQ(folder.files(), 1U);
}

TEST_F(ExchangeCommands, ADoubtIsAWarningAndTheTableIsWritten) {
  std::string doubtful = people;
  doubtful.insert(doubtful.find(",\"2000\"") + 7, ",\"2001\"");
  folder.write("people.px", doubtful);
  const test::Ran ran = kohort({"import", "people.px"});
  EXPECT_EQ(ran.exit_code, 0);
  EXPECT_HAS(ran.err, "people.px:13:1: warning: TIMEVAL(\"år\") lists 2 times, and VALUES 1");
  EXPECT_TRUE(std::filesystem::exists(folder.name("people.csv")));
  EXPECT_HAS(ran.out, "the card does not say whether the figures are observed");
}

TEST_F(ExchangeCommands, ExportWritesEachKindOfFile) {
  ASSERT_EQ(run_published("r.h5").exit_code, 0);
  EXPECT_HAS(kohort({"export", "r.h5", "--to", "csv"}).out,
             "r_tables/population_by_sex_age.csv: population_by_sex_age\n");
  EXPECT_HAS(kohort({"export", "r.h5", "--to", "xlsx", "--lang", "sv"}).out, "r.xlsx: ");
  EXPECT_HAS(kohort({"export", "r.h5", "--to", "json-stat", "--table", "indicators"}).out,
             "r.json: indicators");
}

TEST_F(ExchangeCommands, WhatCannotBeExportedGivesItsExitCode) {
  ASSERT_EQ(run_published("r.h5").exit_code, 0);
  EXPECT_EQ(kohort({"export", "r.h5", "--to", "pdf"}).exit_code, 2);
  EXPECT_EQ(kohort({"export", "r.h5", "--to", "csv", "--table", "rubbish"}).exit_code, 2);
  EXPECT_EQ(kohort({"export", "r.h5", "--to", "csv", "--suppress", "4", "--round", "3"}).exit_code,
            2);
  EXPECT_EQ(kohort({"export", "no.h5", "--to", "csv"}).exit_code, 4);
  const test::Ran nowhere = kohort({"export", "r.h5", "--to", "xlsx", "-o", "no/r.xlsx"});
  EXPECT_EQ(nowhere.exit_code, 4);
  EXPECT_HAS(nowhere.err, "there is no folder no");
}

TEST_F(ExchangeCommands, AFullDiskLeavesNothing) {
  ASSERT_EQ(run_published("r.h5").exit_code, 0);
  for (const char* format : {"csv", "xlsx", "json-stat"}) {
    const test::Ran ran =
        test::kohort({"export", "r.h5", "--to", format, "--table", "population_by_sex_age", "-o",
                      std::string("t") + (format == std::string("csv")    ? ".csv"
                                          : format == std::string("xlsx") ? ".xlsx"
                                                                          : ".json")},
                     folder.path().string(), "ulimit -f 0; trap '' XFSZ;");
    EXPECT_EQ(ran.exit_code, 4) << format << ran.err;
    EXPECT_EQ(folder.files(), 1U) << format;
  }
}

}  // namespace
}  // namespace kohort
