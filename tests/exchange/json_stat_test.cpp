#include <gtest/gtest.h>

#include "tests/exchange/gathered.hpp"
#include "tests/support/expect_error.hpp"
#include "tests/support/folder.hpp"

namespace kohort {
namespace {

/// A table of two regions and two years, whose figures each test gives.
std::string dataset(const std::string& figures, const std::string& more = "") {
  return "{\n\"version\":\"2.0\",\"class\":\"dataset\",\"label\":\"People\",\"source\":\"SCB\",\n" +
         more +
         "\"id\":[\"Region\",\"Tid\"],\n\"size\":[2,2],\n\"role\":{\"time\":[\"Tid\"]},\n"
         "\"dimension\":{\n"
         "\"Tid\":{\"label\":\"år\",\"category\":{\"index\":[\"2019\",\"2020\"]}},\n"
         "\"Region\":{\"label\":\"region\",\"category\":{\"index\":{\"1881\":1,\"1880\":0},"
         "\"label\":{\"1880\":\"Örebro\",\"1881\":\"Kumla\"}}}},\n" +
         figures + "}\n";
}

class JsonStat : public ::testing::Test {
 protected:
  test::Gathered read(const std::string& text) {
    return test::gathered(folder.write("t.json", text));
  }
  std::string error(const std::string& text) {
    return test::error_of(Fault::input, [&] { read(text); });
  }
  test::Folder folder;
};

TEST_F(JsonStat, DimensionsStandInTheOrderOfTheirIds) {
  const auto read = JsonStat::read(dataset("\"value\":[1,2,3,4]"));
  ASSERT_EQ(read.cube.dimensions.size(), 2U);
  const exchange::Dimension& region = read.cube.dimensions[0];
  EXPECT_EQ(region.id, "Region");
  EXPECT_EQ(region.codes, (std::vector<std::string>{"1880", "1881"})) << "by index, not as listed";
  EXPECT_EQ(region.texts[0], "Örebro");
  EXPECT_TRUE(read.cube.dimensions[1].is_time);
  EXPECT_EQ(read.cube.dimensions[1].texts[1], "2020") << "a code without a label is its own";
  EXPECT_EQ(read.cells[1].position, (std::vector<std::size_t>{0, 1}));
  EXPECT_EQ(read.cells[3].figure, "4");
}

TEST_F(JsonStat, FiguresMayComeBeforeWhatTheyAreAbout) {
  const std::string late = dataset("\"note\":[\"last\"]", "\"value\":[1,2.5,3,4],");
  const auto read = JsonStat::read(late);
  EXPECT_EQ(read.cells[1].figure, "2.5");
  EXPECT_EQ(read.cube.facts.notes, (std::vector<std::string>{"last"}));
}

TEST_F(JsonStat, SingleFiguresByTheirPlacesLeaveOthersOut) {
  const auto read = JsonStat::read(dataset("\"value\":{\"3\":7,\"0\":1}"));
  ASSERT_EQ(read.cells.size(), 2U);
  EXPECT_EQ(read.cells[0].position, (std::vector<std::size_t>{1, 1}));
  EXPECT_EQ(read.cells[0].figure, "7");
}

TEST_F(JsonStat, WhatIsNotThereHasItsStatus) {
  const auto one = read(dataset("\"value\":[1,null,3,null],\"status\":{\"1\":\"..\",\"2\":\"p\"}"));
  EXPECT_EQ(one.cells[1].figure, "");
  EXPECT_EQ(one.cells[1].symbol, "..");
  EXPECT_EQ(one.cells[2].figure, "3");
  EXPECT_EQ(one.cells[2].symbol, "p");
  EXPECT_EQ(one.cells[3].symbol, "missing");
  const auto list = read(dataset("\"value\":[1,2,3,4],\"status\":[null,\"e\",null,null]"));
  EXPECT_EQ(list.cells[1].symbol, "e");
  EXPECT_EQ(read(dataset("\"value\":[1,2,3,4],\"status\":\"e\"")).cells[3].symbol, "e");
}

TEST_F(JsonStat, UnitsNotesAndTheTablesNumberAreKept) {
  const auto read = JsonStat::read(
      "{\"class\":\"dataset\",\"label\":\"T\",\"updated\":\"2020-01-01\",\"note\":[\"first\"],"
      "\"id\":[\"C\"],\"size\":[2],\"role\":{\"metric\":[\"C\"]},"
      "\"dimension\":{\"C\":{\"category\":{\"index\":[\"a\",\"b\"],\"label\":{\"a\":\"A\",\"b\":"
      "\"B\"},"
      "\"unit\":{\"a\":{\"base\":\"number\"},\"b\":{\"base\":\"SEK\"}},\"note\":{\"b\":[\"of "
      "b\"]}}}},"
      "\"extension\":{\"px\":{\"tableid\":\"TAB1\"}},\"value\":[1,2]}");
  EXPECT_EQ(read.cube.facts.unit, "A: number; B: SEK");
  EXPECT_EQ(read.cube.facts.version, "table TAB1, updated 2020-01-01");
  EXPECT_EQ(read.cube.facts.notes, (std::vector<std::string>{"first", "C, B: of b"}));
  EXPECT_TRUE(read.cube.dimensions[0].is_contents);
}

TEST_F(JsonStat, BrokenJsonIsNamedWithItsPlace) {
  EXPECT_HAS(error("{\n\"class\": \"dataset\",,}"), "t.json:2:21: error: the file is no JSON: ");
  EXPECT_HAS(error("{\"class\""), "the file is no JSON");
}

TEST_F(JsonStat, OtherKindsOfJsonAreRefused) {
  EXPECT_HAS(error("{\"dataset\":{\"value\":[1]}}"), "the file is JSON-stat 1");
  EXPECT_HAS(error("{\"columns\":[]}"), "the file is no JSON-stat dataset");
  EXPECT_HAS(error("[1,2]"), "the file is no JSON-stat dataset");
}

TEST_F(JsonStat, ATableThatContradictsItselfIsRefused) {
  EXPECT_HAS(error(dataset("\"value\":[1,2,3]")),
             "t.json:9:8: error: \"value\" has 3 figures, and \"size\" spans 4");
  EXPECT_HAS(error(dataset("\"value\":{\"4\":1}")),
             "\"value\" has the place 4, and \"size\" spans 4");
  EXPECT_HAS(error(dataset("\"value\":{\"x\":1}")),
             "t.json:9:16: error: \"value\" has the key 'x'");
  EXPECT_HAS(error(dataset("\"value\":[1,\"2\",3,4]")), "\"value\" holds \"2\"");
  EXPECT_HAS(error(dataset("\"value\":[1,[2],3,4]")), "\"value\" holds more than figures");
  EXPECT_HAS(error(dataset("\"value\":[]")), "there are no figures");
  std::string wrong = dataset("\"value\":[1,2,3,4]");
  wrong.replace(wrong.find("[2,2]"), 5, "[2,3]");
  EXPECT_HAS(error(wrong), "t.json:7:6: error: the dimension 'Tid' has 2 positions");
  wrong = dataset("\"value\":[1,2,3,4]");
  wrong.replace(wrong.find("\"1881\":1"), 8, "\"1881\":2");
  EXPECT_HAS(error(wrong), "t.json:8:9: error: the \"index\" of its category does not number");
}

TEST_F(JsonStat, AFigureTooLargeToBeKeptExactlyIsRefused) {
  EXPECT_HAS(error(dataset("\"value\":[1,9007199254740993,3,4]")), "too large to be kept exactly");
}

}  // namespace
}  // namespace kohort
