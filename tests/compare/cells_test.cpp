// Ages by their labels: which make up which.
#include "engine/compare/cells.hpp"

#include <gtest/gtest.h>

namespace kohort::compare {
namespace {

using Labels = std::vector<std::string>;

Labels tiles(const std::string& whole, const Labels& labels) {
  Labels found;
  for (const std::size_t at : tiles_of(span_of(whole).value(), spans_of(labels))) {
    found.push_back(labels[at]);
  }
  return found;
}

TEST(Tiles, AreTheFinestThatMakeUpTheWhole) {
  const Labels labels{"80+", "0-19", "65+", "20-64", "65-79"};
  EXPECT_EQ(tiles("all", labels), (Labels{"0-19", "20-64", "65-79", "80+"}));
  EXPECT_EQ(tiles("65+", labels), (Labels{"65-79", "80+"}));
  EXPECT_EQ(tiles("20-79", labels), (Labels{"20-64", "65-79"}));
}

TEST(Tiles, GoBackFromDeadEnds) {
  EXPECT_EQ(tiles("0-9", {"0-3", "0-4", "5-9"}), (Labels{"0-4", "5-9"}));
}

TEST(Tiles, AreNotThereWhereAgesAreMissing) {
  EXPECT_TRUE(tiles("all", {"0-19", "65+"}).empty());
  EXPECT_TRUE(tiles("0-17", {"0-19"}).empty());
  EXPECT_TRUE(tiles("65+", {"65-69", "70-74"}).empty());
}

TEST(Tiles, OfSingleAgesEndWithAnOpenOne) {
  EXPECT_EQ(tiles("1+", {"0", "1", "2"}), (Labels{"1", "2"}));
  EXPECT_FALSE(span_of("2")->last != 2);
}

TEST(Spans, AreNotThereOfOtherWords) {
  EXPECT_FALSE(span_of("old"));
  EXPECT_FALSE(span_of("9-3"));
  EXPECT_FALSE(span_of("all")->last);
}

TEST(CellAxes, FindCellsBack) {
  const CellAxes axes{{"a", "b"}, {"0-1", "all", "2+"}, {"both"}, {2010, 2011}};
  for (std::size_t at = 0; at < axes.size(); ++at) EXPECT_EQ(axes.at(axes.cell(at)), at);
}

}  // namespace
}  // namespace kohort::compare
