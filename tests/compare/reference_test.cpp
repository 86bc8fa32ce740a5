// Tables that results are held against: which columns they have, and what is wrong with others.
#include "engine/compare/reference.hpp"

#include <cmath>

#include <gtest/gtest.h>

#include "tests/support/expect_error.hpp"
#include "tests/support/folder.hpp"

namespace kohort::compare {
namespace {

class ReferenceTables : public ::testing::Test {
 protected:
  Reference read(const std::string& text, const ReferenceOptions& options = {}) {
    return read_reference(folder.write("table.csv", text), options);
  }
  std::string refused(const std::string& text) {
    return test::error_of(Fault::input, [&] { read(text); });
  }
  test::Folder folder;
};

TEST_F(ReferenceTables, GiveFiguresByLabels) {
  folder.write("table.card.toml", "unit = \"persons\"\nsource = \"somebody\"\n");
  const Reference reference =
      read("year,area,ages,sex,value\n2020,a,80+,both,7\n2015,a,80+,both,5\n2020,b,80+,both,3\n");
  EXPECT_EQ(reference.unit, "persons");
  EXPECT_EQ(reference.source, "somebody");
  ASSERT_EQ(reference.figures.size(), 1U);
  const ReferenceFigures& figures = reference.figures.front();
  EXPECT_EQ(figures.quantity.variable, "population/persons");
  EXPECT_EQ(figures.axes.years, (std::vector<int>{2015, 2020}));
  EXPECT_EQ(figures.figure("a", "80+", "both", 2015), 5.0);
  EXPECT_TRUE(std::isnan(figures.figure("b", "80+", "both", 2015)));
  EXPECT_TRUE(std::isnan(figures.figure("a", "all", "both", 2015)));
}

TEST_F(ReferenceTables, AddUpAgesAndSexes) {
  const Reference reference = read(
      "year,area,ages,sex,value\n2020,a,0-1,female,1\n2020,a,2+,female,2\n2020,a,0-1,male,4\n"
      "2020,a,2+,male,8\n");
  const ReferenceFigures& figures = reference.figures.front();
  EXPECT_EQ(figures.figure("a", "all", "female", 2020), 3.0);
  EXPECT_EQ(figures.figure("a", "2+", "both", 2020), 10.0);
  EXPECT_EQ(figures.figure("a", "all", "both", 2020), 15.0);
}

TEST_F(ReferenceTables, KeepVintagesAndDefinitionsApart) {
  const Reference reference = read(
      "vintage,year,area,definition,value\n2010,2020,a,,1\n2012,2020,a,,2\n2012,2020,a,narrow,3\n");
  ASSERT_EQ(reference.figures.size(), 3U);
  EXPECT_EQ(reference.figures[0].vintage, 2010);
  EXPECT_EQ(reference.figures[2].definition, "narrow");
}

TEST_F(ReferenceTables, TakeOtherNamesOfColumns) {
  const Reference reference =
      read("year,county,age,persons\n2020,a,0,1\n2020,a,1,2\n2020,a,2,4\n",
           {.value = "persons", .variable = "", .columns = {{"area", "county"}, {"ages", "age"}}});
  EXPECT_EQ(reference.figures.front().figure("a", "1+", "both", 2020), 6.0);
}

TEST_F(ReferenceTables, KnowDirections) {
  const Reference reference =
      read("year,since,area,direction\n2020,2010,a,grows\n2020,2010,b,falls\n");
  const ReferenceFigures& figures = reference.figures.front();
  EXPECT_TRUE(figures.directions);
  EXPECT_EQ(figures.quantity.since, 2010);
  EXPECT_EQ(figures.figure("b", "all", "both", 2020), -1.0);
}

TEST_F(ReferenceTables, SayWhatIsWrong) {
  EXPECT_HAS(refused("year,area\n2020,a\n"), "table.csv:1: error: there is no column 'value'");
  EXPECT_HAS(refused("year,value\n2020,1\n"), "there is no column 'area'");
  EXPECT_HAS(refused("year,area,aegs,value\n2020,a,all,1\n"), "did you mean 'ages'?");
  EXPECT_HAS(refused("year,area,value\n2020,a,many\n"),
             "table.csv:2: error: column 'value' holds 'many'");
  EXPECT_HAS(refused("year,area,ages,value\n2020,a,old,1\n"), "column 'ages' holds 'old'");
  EXPECT_HAS(refused("year,area,value\nsoon,a,1\n"), "column 'year' holds 'soon'");
  EXPECT_HAS(refused("year,area,value\n2020,a,1\n2020,a,2\n"),
             "table.csv:3: error: the row says again what line 2 says");
  EXPECT_HAS(refused("year,area,direction\n2020,a,grows\n"), "say since when it grows or falls");
  EXPECT_HAS(refused("year,since,area,direction\n2020,2010,a,up\n"), "write grows or falls");
}

TEST_F(ReferenceTables, OfTheRepositoryCanBeRead) {
  for (const std::string name :
       {"forecast_scb_2012", "forecast_un", "forecast_orebro_2015", "outturns_orebro",
        "forecast_founding_2012_pensioners", "forecast_founding_2012_directions"}) {
    const Reference reference =
        read_reference(test::project_file("scenarios/sweden/data/" + name + ".csv"), {});
    EXPECT_FALSE(reference.figures.empty()) << name;
    EXPECT_FALSE(reference.unit.empty()) << name;
    for (const ReferenceFigures& figures : reference.figures) {
      EXPECT_EQ(figures.vintage.has_value(), name != "outturns_orebro") << name;
    }
  }
}

}  // namespace
}  // namespace kohort::compare
