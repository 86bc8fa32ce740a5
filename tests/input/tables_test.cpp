#include "engine/input/tables.hpp"

#include <algorithm>

#include <gtest/gtest.h>

#include "engine/base/axes.hpp"
#include "tests/support/expect_error.hpp"
#include "tests/support/folder.hpp"

namespace kohort {
namespace {

const TableParameter parameter{
    {.name = "part.stock", .range = {.least = 0.0}, .axes = {"year", "area", "sex", "age"}}};

class ReadTable : public ::testing::Test {
 protected:
  ReadTable() {
    reference.basis = Basis::observed;
    reference.known_from = KnownFrom{2010};
    axes = {{.name = "area", .labels = {"1880", "1883"}, .known = {"0180"}, .required = true},
            {.name = "sex", .labels = {"female", "male"}}};
  }
  DenseTable read(const std::string& text) {
    reference.file = folder.write("t.csv", text);
    return Tables(launch).read(parameter, reference, axes);
  }
  std::string error(const std::string& text, Fault fault = Fault::input) {
    return test::error_of(fault, [&] { read(text); });
  }

  test::Folder folder;
  TableReference reference;
  std::vector<WantedAxis> axes;
  std::optional<Year> launch;
};

TEST_F(ReadTable, MakesLongRowsDense) {
  const DenseTable table = read(
      "sex,area,value\nmale,1880,2\nfemale,1880,1\nfemale,1883,3\n"
      "male,1883,4\n");
  EXPECT_EQ(table(Area(0), Sex(0)), 1.0);
  EXPECT_EQ(table(Area(0), Sex(1)), 2.0);
  EXPECT_EQ(table(Area(1), Sex(0)), 3.0);
  EXPECT_EQ(table(Area(1), Sex(1)), 4.0);
}

TEST_F(ReadTable, HoldsForAllPositionsOfAnAxisThatItLacks) {
  const DenseTable table = read("area,value\n1880,5\n1883,6\n");
  EXPECT_EQ(table(Area(1), Sex(0)), 6.0);
  EXPECT_EQ(table(Area(1), Sex(1)), 6.0);
  EXPECT_TRUE(table.varies_along(0));
  EXPECT_FALSE(table.varies_along(1));
}

TEST_F(ReadTable, ReadsRenamedColumnsAndLabelsScaledAndFiltered) {
  reference.columns = {{"area", "kommun"}, {"sex", "kon"}};
  reference.labels = {{"K", "female"}, {"M", "male"}};
  reference.value = "n";
  reference.where = {{"kind", "a"}};
  reference.scale = 1000.0;
  const DenseTable table =
      read("kommun,kon,kind,n\n1880,K,a,1\n1880,M,a,2\n1883,K,a,3\n1883,M,a,4\n1880,K,b,9\n");
  EXPECT_EQ(table(Area(1), Sex(1)), 4000.0);
}

TEST_F(ReadTable, DividesByTheExposure) {
  reference.value = "deaths";
  reference.per = "persons";
  const DenseTable table = read("area,deaths,persons\n1880,1,8\n1883,3,4\n");
  EXPECT_EQ(table(Area(0), Sex(0)), 0.125);
  EXPECT_HAS(error("area,deaths,persons\n1880,1,0\n1883,3,4\n"), "nothing can be divided");
}

TEST_F(ReadTable, SkipsAreasThatAreKnownButNotWanted) {
  EXPECT_NO_THROW(read("area,value\n0180,1\n1880,5\n1883,6\n"));
}

TEST_F(ReadTable, NamesAgeGroupsByTheirFirstAge) {
  axes = {{.name = "age", .labels = {"0", "5", "85"}, .required = true}};
  const DenseTable table = read("age,value\n0-4,1\n5-9,2\n85+,3\n");
  EXPECT_EQ(table(Age(2)), 3.0);
}

TEST_F(ReadTable, ReadsTheYearsThatAreWantedAndShiftsThem) {
  axes = {wanted_years(Year(2011), Year(2012), 1)};
  reference.year_shift = 1;
  const DenseTable table = read("year,value\n2009,0\n2010,1\n2011,2\n2030,9\n");
  EXPECT_EQ(table(Interval(0)), 1.0);
  EXPECT_EQ(table(Interval(1)), 2.0);
}

TEST_F(ReadTable, TakesMissingRowsAsZeroOnlyWhereToldSo) {
  reference.missing = Missing::zero;
  const DenseTable table = read("area,sex,value\n1880,male,2\n");
  EXPECT_EQ(table(Area(0), Sex(1)), 2.0);
  EXPECT_EQ(table(Area(1), Sex(0)), 0.0);
}

TEST_F(ReadTable, RefusesAGap) {
  const std::string text = error("area,sex,value\n1880,female,1\n1880,male,1\n1883,male,1\n");
  EXPECT_HAS(text,
             "t.csv: error: part.stock: 1 rows are missing; the first is area=1883, sex=female");
}

TEST_F(ReadTable, RefusesADuplicate) {
  const std::string text = error("area,value\n1880,1\n1883,2\n1880,3\n");
  EXPECT_HAS(text,
             "t.csv:4: error: part.stock: a second row for area=1880 (the first is on line 2)");
}

TEST_F(ReadTable, RefusesANegativeCount) {
  EXPECT_HAS(error("area,value\n1880,-1\n1883,2\n"),
             "t.csv:2: error: part.stock: -1 for area=1880 is negative");
}

TEST_F(ReadTable, RefusesAnUnknownArea) {
  const std::string text = error("area,value\n1880,1\n1883,2\n1881,3\n");
  EXPECT_HAS(text, "t.csv:4: error: part.stock: unknown area '1881'");
}

TEST_F(ReadTable, RefusesAnUnknownSex) {
  EXPECT_HAS(error("area,sex,value\n1880,woman,1\n"), "it must be one of female, male");
}

TEST_F(ReadTable, RefusesWhatIsNoNumber) {
  EXPECT_HAS(error("area,value\n1880,NaN\n1883,2\n"),
             "column 'value' holds 'NaN', which is no number");
  EXPECT_HAS(error("area,value\n1880,\n1883,2\n"), "holds '', which is no number");
  EXPECT_HAS(error("area,value\n1880,\"1,5\"\n1883,2\n"), "holds '1,5'");
  EXPECT_HAS(error("area,value\n1880,inf\n1883,2\n"), "which is no number");
}

TEST_F(ReadTable, RefusesAYearThatIsNone) {
  axes = {wanted_years(Year(2011), Year(2011), 1)};
  EXPECT_HAS(error("year,value\n2011,1\nlast,2\n"), "the year 'last' is no whole number");
}

TEST_F(ReadTable, RefusesAColumnThatIsNotThere) {
  EXPECT_HAS(error("are,value\n1880,1\n"), "there is no column 'area'; did you mean 'are'?");
  reference.value = "persons";
  EXPECT_HAS(error("area,value\n1880,1\n1883,2\n"), "there is no column 'persons'");
}

TEST_F(ReadTable, StopsAfterTheFirstTwentyMistakes) {
  std::string text = "area,value\n";
  for (int row = 0; row < 100; ++row) text += "9999,1\n";
  const std::string messages = error(text);
  EXPECT_EQ(std::count(messages.begin(), messages.end(), '\n'), 19);
}

TEST_F(ReadTable, NeedsToKnowWhatTheFiguresAreWorth) {
  reference.basis.reset();
  EXPECT_HAS(error("area,value\n1880,1\n1883,2\n"), "observed, estimated or assumed");
}

TEST_F(ReadTable, TakesFromTheCardWhatTheScenarioLeavesUnsaid) {
  reference.basis.reset();
  folder.write("t.toml", "title = \"T\"\nbasis = \"estimated\"\nsource = \"SCB\"\n");
  reference.file = folder.write("t.csv", "area,value\n1880,1\n1883,2\n");
  Tables tables(launch);
  tables.read(parameter, reference, axes);
  ASSERT_EQ(tables.records().size(), 1U);
  EXPECT_EQ(tables.records()[0].basis, Basis::estimated);
  EXPECT_EQ(tables.records()[0].source, "SCB");
  EXPECT_EQ(tables.records()[0].rows, 2U);
}

TEST_F(ReadTable, RefusesABrokenCard) {
  folder.write("t.toml", "basis = \"sure\"\ncolour = \"red\"\n");
  const std::string text = error("area,value\n1880,1\n1883,2\n");
  EXPECT_HAS(text, "t.toml:1:9: error: card.basis");
  EXPECT_HAS(text, "a card has no key 'colour'");
}

TEST_F(ReadTable, RefusesATableKnownOnlyAfterTheLaunch) {
  launch = Year(2009);
  EXPECT_HAS(error("area,value\n1880,1\n1883,2\n", Fault::scenario),
             "was known only from 2010, after the launch year 2009");
}

TEST_F(ReadTable, RefusesATableOfUnknownVintageAtALaunch) {
  launch = Year(2020);
  reference.known_from.reset();
  EXPECT_HAS(error("area,value\n1880,1\n1883,2\n", Fault::scenario), "from when");
}

TEST_F(ReadTable, DoesNotSeeRowsAfterTheLaunch) {
  axes = {wanted_years(Year(2010), Year(2011), 1)};
  reference.known_from = KnownFrom{};
  launch = Year(2010);
  EXPECT_HAS(error("year,value\n2010,1\n2011,2\n"),
             "the first is year=2011; add the rows, or say missing = \"zero\" if the table leaves "
             "out zeros; rows after 2010 are not read");
}

TEST_F(ReadTable, NeedsTheYearsOfATableThatBecameKnownYearByYear) {
  reference.known_from = KnownFrom{};
  launch = Year(2010);
  EXPECT_HAS(error("area,value\n1880,1\n1883,2\n"), "no column holds the year");
}

}  // namespace
}  // namespace kohort
