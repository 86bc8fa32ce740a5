#include "engine/input/tables.hpp"

#include <algorithm>
#include <cmath>

#include <gtest/gtest.h>

#include "engine/base/axes.hpp"
#include "tests/support/expect_error.hpp"
#include "tests/support/folder.hpp"
#include "tests/support/gzip.hpp"

namespace kohort {
namespace {

const TableParameter parameter{
    {.name = "part.stock", .range = {.least = 0.0}, .axes = {"year", "area", "sex", "age"}}};

using Cells = BroadcastTable<Area, Sex>;
using ByYear = BroadcastTable<Interval>;
using ByAge = BroadcastTable<Age>;

class ReadTable : public ::testing::Test {
 protected:
  ReadTable() {
    reference.basis = Basis::observed;
    reference.known_from = KnownFrom{2010};
  }
  Cells read(const std::string& text) {
    reference.file = folder.write("t.csv", text);
    return Tables(launch).read<Area, Sex>(parameter, reference, {areas, sexes});
  }
  ByYear read_years(const std::string& text) {
    reference.file = folder.write("t.csv", text);
    return Tables(launch).read<Interval>(parameter, reference, {years});
  }
  ByAge read_ages(const std::string& text) {
    reference.file = folder.write("t.csv", text);
    return Tables(launch).read<Age>(parameter, reference, {ages});
  }
  std::string error(const std::string& text, Fault fault = Fault::input) {
    return test::error_of(fault, [&] { read(text); });
  }
  std::string year_error(const std::string& text) {
    return test::error_of(Fault::input, [&] { read_years(text); });
  }
  std::string age_error(const std::string& text) {
    return test::error_of(Fault::input, [&] { read_ages(text); });
  }

  test::Folder folder;
  TableReference reference;
  WantedAxis areas{.name = "area",
                   .labels = {"1880", "1883"},
                   .known = {"0180"},
                   .required = true,
                   .every = true};
  WantedAxis sexes{.name = "sex", .labels = {"female", "male"}};
  WantedAxis years = wanted_years({Year(2010), Year(2011)});
  WantedAxis ages{
      .name = "age", .labels = {"0", "5", "10"}, .kind = WantedAxis::Kind::age, .required = true};
  std::optional<Year> launch;
};

TEST_F(ReadTable, MakesLongRowsDense) {
  const Cells table = read(
      "sex,area,value\nmale,1880,2\nfemale,1880,1\nfemale,1883,3\n"
      "male,1883,4\n");
  EXPECT_EQ(table(Area(0), Sex(0)), 1.0);
  EXPECT_EQ(table(Area(0), Sex(1)), 2.0);
  EXPECT_EQ(table(Area(1), Sex(0)), 3.0);
  EXPECT_EQ(table(Area(1), Sex(1)), 4.0);
}

TEST_F(ReadTable, HoldsForAllPositionsOfAnAxisThatItLacks) {
  const Cells table = read("area,value\n1880,5\n1883,6\n");
  EXPECT_EQ(table(Area(1), Sex(0)), 6.0);
  EXPECT_EQ(table(Area(1), Sex(1)), 6.0);
  EXPECT_TRUE(table.varies_along<Area>());
  EXPECT_FALSE(table.varies_along<Sex>());
}

TEST_F(ReadTable, ReadsRenamedColumnsAndLabelsScaledAndFiltered) {
  reference.columns = {{"area", "kommun"}, {"sex", "kon"}};
  reference.labels = {{"sex", {{"K", "female"}, {"M", "male"}}}};
  reference.value = {"n"};
  reference.where = {{"kind", {"a"}}};
  reference.scale = 1000.0;
  const Cells table =
      read("kommun,kon,kind,n\n1880,K,a,1\n1880,M,a,2\n1883,K,a,3\n1883,M,a,4\n1880,K,b,9\n");
  EXPECT_EQ(table(Area(1), Sex(1)), 4000.0);
}

TEST_F(ReadTable, DividesByTheExposure) {
  reference.value = {"deaths"};
  reference.per = "persons";
  const Cells table = read("area,deaths,persons\n1880,1,8\n1883,3,4\n");
  EXPECT_EQ(table(Area(0), Sex(0)), 0.125);
  EXPECT_HAS(error("area,deaths,persons\n1880,1,0\n1883,3,4\n"), "nothing can be divided");
}

TEST_F(ReadTable, SkipsAreasThatAreKnownButNotWanted) {
  EXPECT_NO_THROW(read("area,value\n0180,1\n1880,5\n1883,6\n"));
}

TEST_F(ReadTable, NamesAgeGroupsByTheirFirstAge) {
  const ByAge table = read_ages("age,value\n0-4,1\n5-9,2\n10+,3\n");
  EXPECT_EQ(table(Age(1)), 2.0);
  EXPECT_EQ(table(Age(2)), 3.0);
}

TEST_F(ReadTable, ShiftsAges) {
  reference.age_shift = -1;
  EXPECT_EQ(read_ages("age,value\n1,1\n6,2\n11+,3\n")(Age(1)), 2.0);
}

TEST_F(ReadTable, RefusesAgesThatAreNoGroupOfTheProjection) {
  EXPECT_HAS(age_error("age,value\n0-9,1\n"),
             "the age '0-9' is no group of the projection, which "
             "has 0-4");
  EXPECT_HAS(age_error("age,value\n5+,1\n"), "the age '5+' is open, but the open age is 10");
  EXPECT_HAS(age_error("age,value\n15,1\n"), "the age '15' lies within the open age group 10+");
  EXPECT_HAS(age_error("age,value\n3,1\n"), "no age group of the projection begins at age '3'");
  EXPECT_HAS(age_error("age,value\n1,1\n"), "population.mortality.abridged");
  EXPECT_HAS(age_error("age,value\n1.0,1\n"), "the age '1.0' is no whole number");
  EXPECT_HAS(age_error("age,value\ntotal,1\n"), "the age 'total' is no whole number");
}

TEST_F(ReadTable, ReadsTheYearsThatAreWantedAndShiftsThem) {
  years = wanted_years({Year(2011), Year(2012)});
  reference.year_shift = 1;
  const ByYear table = read_years("year,value\n2009,0\n2010,1\n2011,2\n2030,9\n");
  EXPECT_EQ(table(Interval(0)), 1.0);
  EXPECT_EQ(table(Interval(1)), 2.0);
}

TEST_F(ReadTable, KnowsAPeriodByItsLastYear) {
  years = wanted_years({Year(2015), Year(2020)}, 5);
  EXPECT_EQ(read_years("year,value\n2010-2015,1\n2015-2020,2\n")(Interval(1)), 2.0);
}

TEST_F(ReadTable, ReadsOneColumnForEachLabelOfAWideAxis) {
  reference.wide = "year";
  const ByYear table = read_years("note,2009,2010,2011\nx,0,1,2\n");
  EXPECT_EQ(table(Interval(0)), 1.0);
  EXPECT_EQ(table(Interval(1)), 2.0);
  EXPECT_HAS(year_error("note,2005\nx,0\n"), "no column is named by a wanted year");
  EXPECT_HAS(year_error("note,2010\nx,0\n"), "no row at all for year 2011");
}

TEST_F(ReadTable, ReadsAWideTableWithOtherWordsAndDividesIt) {
  reference.wide = "sex";
  reference.labels = {{"sex", {{"women", "female"}, {"men", "male"}}}};
  reference.per = "n";
  const Cells table = read("area,n,women,men\n1880,10,1,2\n1883,10,3,4\n");
  EXPECT_EQ(table(Area(1), Sex(1)), 0.4);
}

TEST_F(ReadTable, ReadsOneFileForEachLabelOfTheAxisInItsName) {
  folder.write("n_F.csv", "area,value\n1880,1\n1883,2\n");
  folder.write("n_male.csv", "area,value\n1880,3\n1883,4\n");
  reference.file = folder.name("n_{sex}.csv");
  reference.labels = {{"sex", {{"F", "female"}}}};
  Tables tables(launch);
  const auto table = tables.read<Area, Sex>(parameter, reference, {areas, sexes});
  EXPECT_EQ(table(Area(1), Sex(0)), 2.0);
  EXPECT_EQ(table(Area(0), Sex(1)), 3.0);
  EXPECT_EQ(tables.records().size(), 2U);
}

TEST_F(ReadTable, AddsUpSeveralColumns) {
  reference.value = {"a", "b"};
  EXPECT_EQ(read("area,a,b\n1880,1,2\n1883,3,4\n")(Area(1), Sex(0)), 7.0);
}

TEST_F(ReadTable, ReadsACompressedFile) {
  // "area,value\n1880,5\n1883,6\n" by gzip -n
  const std::string text = test::gzip("area,value\n1880,5\n1883,6\n");
  EXPECT_EQ(read(text)(Area(1), Sex(0)), 6.0);
  EXPECT_HAS(error(text.substr(0, text.size() / 2)), "broken or cut off");
}

TEST_F(ReadTable, LosesAnAxisOfWhichOneLabelIsChosen) {
  reference.where = {{"sex", {"female"}}};
  const Cells table = read("area,sex,value\n1880,female,1\n1880,male,9\n1883,female,2\n");
  EXPECT_EQ(table(Area(1), Sex(1)), 2.0);
  reference.where = {{"area", {"1880"}}};
  EXPECT_HAS(error("area,value\n1880,1\n1883,2\n"), "where leaves one area");
}

TEST_F(ReadTable, ReadsRowsWithAnyOfTheChosenCells) {
  reference.where = {{"kind", {"a", "b"}}};
  EXPECT_EQ(read("area,kind,value\n1880,a,1\n1883,b,2\n1883,c,3\n")(Area(1), Sex(0)), 2.0);
  reference.where = {{"kind", {"z"}}};
  EXPECT_HAS(error("area,kind,value\n1880,a,1\n1883,b,2\n"), "no row has z in the column 'kind'");
}

TEST_F(ReadTable, TakesMissingRowsAsZeroOnlyWhereToldSo) {
  reference.missing = Missing::zero;
  const Cells table = read("area,sex,value\n1880,male,2\n1883,female,3\n");
  EXPECT_EQ(table(Area(0), Sex(1)), 2.0);
  EXPECT_EQ(table(Area(1), Sex(1)), 0.0);
}

TEST_F(ReadTable, NeverTakesAWholeYearOrAreaAsZero) {
  reference.missing = Missing::zero;
  EXPECT_HAS(error("area,sex,value\n1880,male,2\n"), "no row at all for area 1883");
  EXPECT_HAS(year_error("year,value\n2010,2\n"), "no row at all for year 2011");
}

TEST_F(ReadTable, KnowsNothingOfAnAreaThatAPartialTableDoesNotName) {
  areas.every = false;
  areas.partial = true;
  for (const Missing missing : {Missing::error, Missing::zero}) {
    reference.missing = missing;
    const Cells cells = read("area,sex,value\n1883,female,1\n1883,male,2\n0180,male,3\n");
    EXPECT_TRUE(std::isnan(cells(Area(0), Sex(0))));
    EXPECT_TRUE(std::isnan(cells(Area(0), Sex(1))));
    EXPECT_EQ(cells(Area(1), Sex(1)), 2.0);
  }
}

TEST_F(ReadTable, FindsGapsOfAnAreaThatAPartialTableNames) {
  areas.every = false;
  areas.partial = true;
  EXPECT_HAS(error("area,sex,value\n1883,female,1\n"), "1 rows are missing");
}

TEST_F(ReadTable, RefusesAFigureThatIsTooLarge) {
  reference.scale = 1e300;
  EXPECT_HAS(error("area,value\n1880,1e300\n1883,2\n"), "too large");
}

TEST_F(ReadTable, SaysWhatIsWrongWithFilesOfOtherKinds) {
  EXPECT_HAS(error("area;value\n1880;1\n"), "the cells are separated by semicolons");
  EXPECT_HAS(error("area\tvalue\n1880\t1\n"), "the cells are separated by tabs");
  EXPECT_HAS(error("PK\x03\x04"), "a workbook or an archive");
  EXPECT_HAS(error("\xFF\xFE"), "UTF-16");
  EXPECT_HAS(error("area,value\n1880,\"1,5\"\n1883,2\n"), "write a decimal point");
}

TEST_F(ReadTable, RefusesAGap) {
  const std::string text = error("area,sex,value\n1880,female,1\n1880,male,1\n1883,male,1\n");
  EXPECT_HAS(text,
             "t.csv: error: part.stock: 1 rows are missing; the first is area=1883, sex=female");
}

TEST_F(ReadTable, RefusesADuplicate) {
  const std::string text = error("area,value\n1880,1\n1883,2\n1880,3\n");
  EXPECT_HAS(text,
             "t.csv:4: error: part.stock: a second figure for area=1880 (the first is on line 2)");
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
  EXPECT_HAS(year_error("year,value\n2011,1\nlast,2\n"), "the year 'last' is no whole number");
  EXPECT_HAS(year_error("year,value\n2015-2011,1\n"), "the year '2015-2011' is no whole number");
}

TEST_F(ReadTable, RefusesAColumnThatIsNotThere) {
  EXPECT_HAS(error("are,value\n1880,1\n"), "there is no column 'area'; did you mean 'are'?");
  reference.value = {"persons"};
  EXPECT_HAS(error("area,value\n1880,1\n1883,2\n"), "there is no column 'persons'");
}

TEST_F(ReadTable, CountsTheMistakesAfterTheFirstTwenty) {
  std::string text = "area,value\n";
  for (int row = 0; row < 100; ++row) text += "9999,1\n";
  const std::string messages = error(text);
  EXPECT_EQ(std::count(messages.begin(), messages.end(), '\n'), 20);
  EXPECT_HAS(messages, "and 80 mistakes more");
}

TEST_F(ReadTable, NeedsToKnowWhatTheFiguresAreWorth) {
  reference.basis.reset();
  EXPECT_HAS(error("area,value\n1880,1\n1883,2\n"), "observed, estimated or assumed");
}

TEST_F(ReadTable, TakesFromTheCardWhatTheScenarioLeavesUnsaid) {
  reference.basis.reset();
  folder.write("t.card.toml", "title = \"T\"\nbasis = \"estimated\"\nsource = \"SCB\"\n");
  reference.file = folder.write("t.csv", "area,value\n1880,1\n1883,2\n");
  Tables tables(launch);
  tables.read<Area, Sex>(parameter, reference, {areas, sexes});
  ASSERT_EQ(tables.records().size(), 1U);
  EXPECT_EQ(tables.records()[0].basis, Basis::estimated);
  EXPECT_EQ(tables.records()[0].source, "SCB");
  EXPECT_EQ(tables.records()[0].rows, 2U);
}

TEST_F(ReadTable, RefusesABrokenCard) {
  folder.write("t.card.toml", "basis = \"sure\"\ncolour = \"red\"\n");
  const std::string text = error("area,value\n1880,1\n1883,2\n");
  EXPECT_HAS(text, "t.card.toml:1:9: error: card.basis");
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
  reference.known_from = KnownFrom{};
  launch = Year(2010);
  EXPECT_HAS(year_error("year,value\n2010,1\n2011,2\n"),
             "no row at all for year 2011; add its rows; rows after 2010 are not read");
}

TEST_F(ReadTable, DoesNotSeeFilesOfYearsAfterTheLaunch) {
  folder.write("n_2010.csv", "area,value\n1880,1\n1883,2\n");
  folder.write("n_2011.csv", "area,value\n1880,3\n1883,4\n");
  reference.file = folder.name("n_{year}.csv");
  reference.known_from = KnownFrom{};
  Tables tables(Year(2010));
  EXPECT_HAS(test::error_of(Fault::input,
                            [&] {
                              tables.read<Interval, Area>(parameter, reference, {years, areas});
                            }),
             "no row at all for year 2011; add its rows; rows after 2010 are not read");
  EXPECT_EQ(tables.records().size(), 1U);
}

TEST_F(ReadTable, DoesNotSeeFilesThatNameALaterYearThanTheyAreAbout) {
  folder.write("n_2011.csv", "area,value\n1880,1\n1883,2\n");
  reference.file = folder.name("n_{year}.csv");
  reference.known_from = KnownFrom{};
  reference.year_shift = -1;
  years = wanted_years({Year(2010), Year(2010)});
  Tables tables(Year(2010));
  EXPECT_HAS(test::error_of(Fault::input,
                            [&] {
                              tables.read<Interval, Area>(parameter, reference, {years, areas});
                            }),
             "no row at all for year 2010");
}

TEST_F(ReadTable, ReadsTheFileThatNamesTheShiftedYear) {
  folder.write("n_2009.csv", "area,value\n1880,1\n1883,2\n");
  reference.file = folder.name("n_{year}.csv");
  reference.year_shift = 1;
  years = wanted_years({Year(2010), Year(2010)});
  Tables tables(launch);
  const auto table = tables.read<Interval, Area>(parameter, reference, {years, areas});
  EXPECT_EQ(table(Interval(0), Area(1)), 2.0);
}

TEST_F(ReadTable, CannotBeToldToTakeALaterRowForAnEarlierOne) {
  reference.known_from = KnownFrom{};
  reference.year_shift = -1;
  years = wanted_years({Year(2010), Year(2010)});
  launch = Year(2010);
  EXPECT_HAS(year_error("year,value\n2011,1\n"), "no row at all for year 2010");
}

TEST_F(ReadTable, NeedsTheYearsOfATableThatBecameKnownYearByYear) {
  reference.known_from = KnownFrom{};
  launch = Year(2010);
  EXPECT_HAS(error("area,value\n1880,1\n1883,2\n"), "no column holds the year");
}

TEST_F(ReadTable, NamesTheParameterOfATableThatIsNotThere) {
  reference.file = folder.name("no.csv");
  EXPECT_HAS(test::error_of(Fault::input,
                            [&] {
                              Tables(launch).read<Area, Sex>(parameter, reference, {areas, sexes});
                            }),
             "part.stock: there is no table");
}

/// What is known of all tables together.
class KnownTables : public ReadTable {
 protected:
  std::optional<Year> known_after(const std::optional<KnownFrom>& since, int shift = 0) {
    reference.file = folder.write("t.csv", "year,value\n2010,1\n2011,2\n2012,3\n");
    reference.known_from = since;
    reference.year_shift = shift;
    reference.missing = Missing::zero;
    tables.read<Interval>(parameter, reference, {years});
    return tables.known();
  }
  Tables tables{std::nullopt};
};

TEST_F(KnownTables, AreKnownWhenTheLastOfThemIs) {
  EXPECT_EQ(tables.known(), std::nullopt);
  EXPECT_EQ(known_after(KnownFrom{2009}), Year(2009));
  EXPECT_EQ(known_after(KnownFrom{2012}), Year(2012));
  EXPECT_EQ(known_after(KnownFrom{2005}), Year(2012));
}

TEST_F(KnownTables, KnowTheLastRowThatWasWanted) {
  EXPECT_EQ(known_after(KnownFrom{std::nullopt}), Year(2011));
}

TEST_F(KnownTables, KnowRowsThatAreShiftedBackInTheirOwnYear) {
  EXPECT_EQ(known_after(KnownFrom{std::nullopt}, -1), Year(2012));
}

TEST_F(KnownTables, AreNotKnownWhereNobodySaysItOfOne) {
  known_after(std::nullopt);
  EXPECT_EQ(known_after(KnownFrom{2009}), std::nullopt);
}

TEST_F(KnownTables, CountWhatIsReadElsewhere) {
  reference.file = "estimates.h5";
  reference.known_from = KnownFrom{2015};
  reference.basis = Basis::assumed;
  tables.enter(parameter, reference, "abc");
  EXPECT_EQ(tables.known(), Year(2015));
  EXPECT_EQ(tables.weakest(), Basis::assumed);
  EXPECT_EQ(tables.records().front().sha256, "abc");
  EXPECT_EQ(tables.records().front().parameter, "part.stock");
}

TEST_F(KnownTables, RefuseWhatWasNotKnownAtTheLaunch) {
  Tables launched(Year(2014));
  reference.known_from = KnownFrom{2015};
  EXPECT_HAS(test::error_of(Fault::scenario, [&] { launched.enter(parameter, reference, "abc"); }),
             "was known only from 2015, after the launch year 2014");
}

}  // namespace
}  // namespace kohort
