// Lists of blocks: [[name]] with fields of their own.
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "engine/scenario/document.hpp"
#include "engine/scenario/read.hpp"
#include "engine/scenario/write.hpp"
#include "tests/support/expect_error.hpp"
#include "tests/support/folder.hpp"

namespace kohort {
namespace {

const Text name{{.name = "part.change.name", .text = "what it is called"}};
const Real factor{
    {.name = "part.change.factor", .range = {0.0, 2.0}, .required = true, .text = "times"}};
const TextList who{
    {.name = "part.change.who", .fallback = std::vector<std::string>{}, .text = "for whom"}};
const TableParameter stock{{.name = "part.change.stock", .axes = {"age"}, .text = "how many"}};
const BlockList changes{{.name = "part.change", .text = "what changes"},
                        {&name, &factor, &who, &stock}};

Catalogue catalogue() {
  Catalogue all;
  all.add_section("part", "a part");
  all.add(changes);
  return all;
}

class BlocksTest : public ::testing::Test {
 protected:
  Settings read(const std::string& text, const std::vector<std::string>& overrides = {}) {
    return read_scenario(folder.write("s.toml", text), overrides, catalogue());
  }
  std::string error(const std::string& text, const std::vector<std::string>& overrides = {}) {
    return test::error_of(Fault::scenario, [&] { read(text, overrides); });
  }
  test::Folder folder;
};

TEST_F(BlocksTest, AreReadInTheirOrderEachWithItsFields) {
  const Settings s = read(
      "[[part.change]]\nfactor = 0.5\nwho = [\"a\"]\n\n"
      "[[part.change]]\nfactor = 2\nstock = { file = \"t.csv\" }\n");
  const std::vector<Settings> blocks = s[changes];
  ASSERT_EQ(blocks.size(), 2U);
  EXPECT_EQ(blocks[0][factor], 0.5);
  EXPECT_EQ(blocks[0][who], std::vector<std::string>{"a"});
  EXPECT_FALSE(blocks[0].given(stock));
  EXPECT_EQ(blocks[1][factor], 2.0);
  EXPECT_EQ(blocks[1][who], std::vector<std::string>{});
  EXPECT_EQ(blocks[1][stock].table()->file, folder.name("t.csv"));
  EXPECT_EQ(blocks[1].location().line, 5U);
}

TEST_F(BlocksTest, AreNoneWhereTheScenarioGivesNone) { EXPECT_TRUE(read("")[changes].empty()); }

TEST_F(BlocksTest, PlaceMistakesWhereTheyStand) {
  EXPECT_HAS(
      error("[[part.change]]\nfactor = 3\n"),
      "s.toml:2:10: error: part.change.factor: found the whole number 3; it must be a number from "
      "0 to 2");
  EXPECT_HAS(error("[[part.change]]\nwho = []\n"), "s.toml:1:1: error: part.change.factor is miss");
  EXPECT_HAS(error("[[part.change]]\nfactor = 1\nwhom = []\n"), "did you mean 'who'?");
  EXPECT_HAS(error("part.change = 1\n"), "it must be any number of blocks [[part.change]]");
  const Settings block = read("[[part.change]]\nfactor = 1\n")[changes].front();
  EXPECT_EQ(block.mistake(factor, "x", "").where.line, 2U);
  EXPECT_EQ(block.mistake(who, "x", "").where.line, 1U);
}

TEST_F(BlocksTest, AreMistakesWhereNothingReadsThem) {
  const Settings s = read("[[part.change]]\nfactor = 1\n");
  EXPECT_THROW(s.require_all_read(catalogue()), Error);
  EXPECT_EQ(s[changes].size(), 1U);
  EXPECT_NO_THROW(s.require_all_read(catalogue()));
}

TEST_F(BlocksTest, AreWrittenAsTheyReadBack) {
  const Settings s = read(
      "[[part.change]]\nfactor = 0.5\nwho = [\"a\"]\nstock = { file = \"sub/t.csv\" }\n"
      "[[part.change]]\nfactor = 1\n");
  ASSERT_EQ(s[changes].size(), 2U);
  const std::string text = resolved_toml(s, catalogue());
  EXPECT_HAS(text, "stock = { file = \"sub/t.csv\" }");
  const Settings again = read_scenario(folder.write("again.toml", text), {}, catalogue());
  ASSERT_EQ(again[changes].size(), 2U);
  EXPECT_EQ(again[changes][0][stock].table()->file, folder.name("sub/t.csv"));
  EXPECT_EQ(again[changes][1][factor], 1.0);
}

TEST_F(BlocksTest, AreDescribedWithTheirFields) {
  const auto schema = nlohmann::json::parse(json_schema(catalogue(), Extent::whole));
  const auto& list = schema.at("properties").at("part").at("properties").at("change");
  EXPECT_EQ(list.at("type"), "array");
  EXPECT_EQ(list.at("items").at("required"), nlohmann::json::array({"factor"}));
  EXPECT_EQ(list.at("items").at("properties").at("factor").at("maximum"), 2);
  EXPECT_EQ(list.at("items").at("additionalProperties"), false);
  EXPECT_HAS(markdown(catalogue()), "\n  - `part.change.factor`: times.\n    It is a number");
}

const std::string two =
    "[[part.change]]\nname = \"a\"\nfactor = 0.5\n[[part.change]]\nname = \"b = c\"\nfactor = 1\n";

TEST_F(BlocksTest, CanBeChangedOneByOneOnTheCommandLine) {
  const std::vector<Settings> by_number = read(two, {"part.change[0].factor=2"})[changes];
  EXPECT_EQ(by_number[0][factor], 2.0);
  EXPECT_EQ(by_number[0][name], "a");
  EXPECT_EQ(by_number[1][factor], 1.0);
  const std::vector<Settings> by_name =
      read(two, {"part.change[b = c].factor=0.25", "part.change[a].who=[\"x\"]"})[changes];
  EXPECT_EQ(by_name[0][factor], 0.5);
  EXPECT_EQ(by_name[0][who], std::vector<std::string>{"x"});
  EXPECT_EQ(by_name[1][factor], 0.25);
}

TEST_F(BlocksTest, ChangedOnTheCommandLineSayWhereTheyCameFrom) {
  const Settings s = read(two, {"part.change[0].factor=2"});
  EXPECT_THROW(s.require_all_read(catalogue()), Error);
  ASSERT_EQ(s[changes].size(), 2U);
  EXPECT_HAS(resolved_toml(s, catalogue()), "# s.toml:1, in part the command line");
}

TEST_F(BlocksTest, AreNamedInMistakesOfTheCommandLine) {
  EXPECT_HAS(error(two, {"part.change[2].factor=1"}),
             "--set part.change[2].factor=1: error: there is no block [[part.change]] '2'; write a "
             "number from 0 to 1, or a, or b = c");
  EXPECT_HAS(error("", {"part.change[0].factor=1"}), "the scenario has no such blocks");
  EXPECT_HAS(error(two, {"part.change[a].factors=1"}), "did you mean 'factor'?");
  EXPECT_HAS(error(two, {"part.chance[a].factor=1"}),
             "there is no list of blocks 'part.chance'; did you mean 'part.change'?");
  EXPECT_HAS(error(two, {"part.change[a].factor=3"}), "it must be a number from 0 to 2");
  EXPECT_HAS(
      error(two + "[[part.change]]\nname = \"a\"\nfactor = 1\n", {"part.change[a].factor=1"}),
      "several blocks [[part.change]] are called 'a'; write the number of one");
  EXPECT_HAS(error(two, {"part.change[a].factor"}), "write --set key=value");
}

TEST(CatalogueOfBlocks, RefusesAFieldOfAnotherName) {
  const Real stray{{.name = "elsewhere.factor"}};
  const BlockList list{{.name = "part.change"}, {&stray}};
  Catalogue all;
  all.add_section("part", "a part");
  EXPECT_THROW(all.add(list), std::logic_error);
}

}  // namespace
}  // namespace kohort
