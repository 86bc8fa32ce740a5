#include "engine/input/csv.hpp"

#include <gtest/gtest.h>

#include "tests/support/expect_error.hpp"
#include "tests/support/folder.hpp"

namespace kohort {
namespace {

class CsvFile : public ::testing::Test {
 protected:
  Csv read(const std::string& text) { return Csv::read(folder.write("t.csv", text)); }
  std::string error(const std::string& text) {
    return test::error_of(Fault::input, [&] { read(text); });
  }
  test::Folder folder;
};

TEST_F(CsvFile, HasColumnsRowsAndLines) {
  const Csv csv = read("area,persons\n1880,144200\n\n1883,30283\n");
  EXPECT_EQ(csv.columns(), (std::vector<std::string>{"area", "persons"}));
  ASSERT_EQ(csv.rows(), 2U);
  EXPECT_EQ(csv.cell(1, *csv.column("persons")), "30283");
  EXPECT_EQ(csv.line(1), 4U);
  EXPECT_EQ(csv.column("name"), std::nullopt);
}

TEST_F(CsvFile, UnderstandsQuotesCarriageReturnsAndAByteOrderMark) {
  const Csv csv = read(
      "\xEF\xBB\xBF"
      "a,b\r\n\"x, y\",\"say \"\"hi\"\"\"\r\n");
  EXPECT_EQ(csv.columns()[0], "a");
  EXPECT_EQ(csv.cell(0, 0), "x, y");
  EXPECT_EQ(csv.cell(0, 1), "say \"hi\"");
}

TEST_F(CsvFile, NeedsNoLineBreakAtTheEnd) { EXPECT_EQ(read("a\n1").rows(), 1U); }

TEST_F(CsvFile, KnowsTheDigestOfItsBytes) {
  EXPECT_EQ(read("a\n1\n").sha256(),
            "309b0e45a73d3fc5325e2b6ed0a01ef8b9cde6b05a5633c1f893f970d52bfddc");
}

TEST_F(CsvFile, RefusesAnEmptyFile) { EXPECT_HAS(error(""), "the table is empty"); }

TEST_F(CsvFile, RefusesAHeaderWithoutRows) {
  EXPECT_HAS(error("a,b\n"), "has a header but no rows");
}

TEST_F(CsvFile, RefusesRowsOfAnotherLength) {
  const std::string text = error("a,b\n1,2\n3\n4,5,6\n");
  EXPECT_HAS(text, "t.csv:3: error: 1 cells, but the header has 2");
  EXPECT_HAS(text, "t.csv:4: error: 3 cells");
}

TEST_F(CsvFile, RefusesTwoColumnsOfOneName) {
  EXPECT_HAS(error("a,a\n1,2\n"), "the column 'a' stands there twice");
}

TEST_F(CsvFile, RefusesAColumnWithoutName) {
  EXPECT_HAS(error("a,\n1,2\n"), "a column has no name");
}

TEST_F(CsvFile, RefusesLatin1WithItsLine) {
  EXPECT_HAS(error("area,name\n1880,\xD6rebro\n"), "t.csv:2: error: byte 0xD6 is not UTF-8");
}

TEST_F(CsvFile, RefusesABrokenQuote) {
  EXPECT_HAS(error("a\n\"open\n"), "a quote is out of place");
}

TEST_F(CsvFile, RefusesAMissingFile) {
  EXPECT_HAS(test::error_of(Fault::input, [&] { Csv::read(folder.name("no.csv")); }),
             "the table cannot be opened");
}

}  // namespace
}  // namespace kohort
