// From a publisher's file to an input table with its card.
#include "engine/exchange/import.hpp"

#include <gtest/gtest.h>

#include "engine/base/file.hpp"
#include "engine/base/interrupted.hpp"
#include "engine/input/csv.hpp"
#include "tests/support/expect_error.hpp"
#include "tests/support/folder.hpp"

namespace kohort {
namespace {

const std::string population =
    "CHARSET=\"ANSI\";\nMATRIX=\"BE01\";\nTITLE=\"Population, \"\n\"31 December\";\n"
    "SOURCE=\"SCB\";\nUNITS=\"number\";\nNOTE=\"A \"\"note\"\" on it\";\nDATASYMBOL2=\"unknown\";\n"
    "STUB=\"region\",\"marital status\",\"\xE5lder\",\"k\xF6n\";\nHEADING=\"tid\";\n"
    "VALUES(\"region\")=\"\xD6rebro\",\"Kumla\";\nCODES(\"region\")=\"1880\",\"1881\";\n"
    "VALUES(\"marital status\")=\"single, alone\";\n"
    "VALUES(\"\xE5lder\")=\"0 \xE5r\",\"100+ \xE5r\";\nCODES(\"\xE5lder\")=\"0\",\"100+\";\n"
    "VALUES(\"k\xF6n\")=\"m\xE4n\",\"kvinnor\";\nCODES(\"k\xF6n\")=\"1\",\"2\";\n"
    "VALUES(\"tid\")=\"2019\",\"2020\";\nTIMEVAL(\"tid\")=TLIST(A1),\"2019\",\"2020\";\n"
    "DATA=\n1 2\n3 4\n5 \"..\"\n- 8\n9 10\n11 12\n13 14\n15 16;\n";

class Import : public ::testing::Test {
 protected:
  exchange::Imported import(const std::string& text, bool names = false) {
    exchange::ImportRequest request;
    request.file = folder.write("t.px", text);
    request.output = folder.name("t.csv");
    request.names = names;
    request.vintage = vintage;
    return exchange::import_table(request);
  }
  std::string text_of(const std::string& name) const { return *read_file(folder.name(name)).text; }

  test::Folder folder;
  TableReference vintage;
};

TEST_F(Import, ATableHasKohortsColumnsFirstAndOneFigureARow) {
  const exchange::Imported imported = import(population);
  const std::string csv = text_of("t.csv");
  EXPECT_HAS(
      csv,
      "year,area,sex,age,marital status,value,status\n2019,1880,male,0,\"single, alone\",1,\n"
      "2020,1880,male,0,\"single, alone\",2,\n2019,1880,female,0,\"single, alone\",3,\n");
  EXPECT_HAS(csv, "2020,1880,male,100+,\"single, alone\",,..\n");
  EXPECT_HAS(csv, "2019,1880,female,100+,\"single, alone\",0,-\n");
  EXPECT_HAS(csv, "2020,1881,female,100+,\"single, alone\",16,\n");
  EXPECT_EQ(imported.tally.rows, 16U);
  EXPECT_EQ(imported.tally.figures, 15U);
  EXPECT_EQ(imported.tally.sum, 136.0 - 6.0 - 7.0);
  EXPECT_EQ(imported.tally.symbols, (std::map<std::string, std::size_t>{{"-", 1}, {"..", 1}}));
}

TEST_F(Import, TheTableReadsBackAsOneOfKohorts) {
  import(population);
  const Csv csv = Csv::read(folder.name("t.csv"));
  ASSERT_EQ(csv.rows(), 16U);
  EXPECT_EQ(csv.cell(0, *csv.column("marital status")), "single, alone");
  EXPECT_EQ(csv.cell(5, *csv.column("value")), "");
  EXPECT_EQ(csv.cell(5, *csv.column("status")), "..");
}

TEST_F(Import, TheCardSaysWhatThePublisherSaysAndWhatTheUserAdds) {
  vintage.basis = Basis::observed;
  vintage.known_from = KnownFrom{2021};
  vintage.age_definition = AgeDefinition::end_of_year;
  import(population);
  const TableReference card = read_card(folder.name("t.csv"));
  EXPECT_EQ(card.basis, Basis::observed);
  EXPECT_EQ(card.known_from->year, 2021);
  EXPECT_EQ(card.age_definition, AgeDefinition::end_of_year);
  EXPECT_EQ(card.source, "SCB, table BE01");
  const std::string text = text_of("t.card.toml");
  EXPECT_HAS(text, "title = \"Population, 31 December\"");
  EXPECT_HAS(text, "unit = \"number\"");
  EXPECT_HAS(text, "Imported from t.px (sha256 ");
  EXPECT_HAS(text, "year is tid, area is region, sex is kön, age is ålder.");
  EXPECT_HAS(text, "1 in '-', 1 in '..' (unknown).");
  EXPECT_HAS(text, "A note on it");
}

TEST_F(Import, WhatNobodySaysIsNotOnTheCard) {
  import(population);
  EXPECT_EQ(read_card(folder.name("t.csv")).basis, std::nullopt);
}

TEST_F(Import, NamesCanStandBesideTheCodes) {
  import(population, true);
  const std::string csv = text_of("t.csv");
  EXPECT_EQ(csv.substr(0, csv.find("\n2020")),
            "year,area,area_name,sex,age,age_name,marital status,value,status\n"
            "2019,1880,Örebro,male,0,0 år,\"single, alone\",1,");
}

TEST_F(Import, TimesThatAreNoYearsKeepTheirName) {
  const std::string quarters =
      "CHARSET=\"ANSI\";STUB=\"a\";HEADING=\"period\";VALUES(\"a\")=\"x\";"
      "VALUES(\"period\")=\"2006K1\",\"2006K2\";TIMEVAL(\"period\")=TLIST(Q1),\"20061\",\"20062\";"
      "DATA=1 2;";
  import(quarters);
  EXPECT_EQ(text_of("t.csv"), "a,period,value,status\nx,2006K1,1,\nx,2006K2,2,\n");
}

TEST_F(Import, RowsThatThePublisherLeavesOutAreCountedOnTheCard) {
  import(
      "STUB=\"a\";HEADING=\"b\";VALUES(\"a\")=\"x\",\"y\";VALUES(\"b\")=\"1\",\"2\";"
      "KEYS(\"a\")=VALUES;DATA=\"y\",1 2;");
  EXPECT_HAS(text_of("t.card.toml"), "Cells that the publisher leaves out: 2.");
  EXPECT_EQ(text_of("t.csv"), "a,b,value,status\ny,1,1,\ny,2,2,\n");
}

TEST_F(Import, ColumnsThatWouldHaveOneNameAreRefused) {
  EXPECT_HAS(test::error_of(Fault::input,
                            [&] {
                              import(
                                  "STUB=\"value\";HEADING=\"b\";VALUES(\"value\")=\"x\";"
                                  "VALUES(\"b\")=\"1\";DATA=1;");
                            }),
             "t.px:1:26: error: a second column would be called 'value'");
  EXPECT_EQ(folder.files(), 1U) << "nothing but the PX file";
}

TEST_F(Import, AFileThatIsWrongLeavesTheOldTableAlone) {
  import(population);
  const std::string before = text_of("t.csv");
  test::error_of(Fault::input, [&] { import("rubbish"); });
  EXPECT_EQ(text_of("t.csv"), before);
  EXPECT_EQ(folder.files(), 3U);
}

TEST_F(Import, ATableGoesUnderNoOtherEndingAndOverNoInput) {
  exchange::ImportRequest request;
  request.file = folder.write("t.px", population);
  request.output = request.file;
  EXPECT_HAS(test::error_of(Fault::scenario, [&] { exchange::import_table(request); }),
             "this is the file that is imported");
  request.output = folder.name("t.h5");
  EXPECT_HAS(test::error_of(Fault::scenario, [&] { exchange::import_table(request); }),
             "a name that does not end in .csv");
}

TEST_F(Import, AnImportThatIsAskedToStopLeavesNothing) {
  std::stop_source stop;
  stop.request_stop();
  exchange::ImportRequest request;
  request.file = folder.write("t.px", population);
  request.output = folder.name("t.csv");
  request.stop = stop.get_token();
  EXPECT_THROW(exchange::import_table(request), Interrupted);
  EXPECT_EQ(folder.files(), 1U);
}

TEST_F(Import, AJsonFileTakesNoLanguage) {
  exchange::ImportRequest request;
  request.file = folder.write("t.json", "{}");
  request.output = folder.name("t.csv");
  request.language = "sv";
  EXPECT_HAS(test::error_of(Fault::scenario, [&] { exchange::import_table(request); }),
             "a JSON-stat file has one language");
}

}  // namespace
}  // namespace kohort
