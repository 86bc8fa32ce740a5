#include "engine/model/frame.hpp"

#include <gtest/gtest.h>

#include "engine/scenario/read.hpp"
#include "tests/support/expect_error.hpp"
#include "tests/support/folder.hpp"

namespace kohort {
namespace {

class FrameOf : public ::testing::Test {
 protected:
  Frame read(const std::string& text) {
    Catalogue catalogue;
    declare_frame(catalogue);
    const Settings settings = read_scenario(folder.write("s.toml", text), {}, catalogue);
    Tables tables(launch_year(settings));
    return read_frame(settings, tables);
  }
  std::string error(const std::string& text, Fault fault = Fault::scenario) {
    return test::error_of(fault, [&] { read(text); });
  }
  std::string list(const std::string& rows) {
    folder.write("areas.csv", "area,name,county\n" + rows);
    return "table = { file = \"areas.csv\", basis = \"observed\", known_from = 2000 }\n";
  }
  const std::string years = "[projection]\nbase_year = 2015\nend_year = 2020\n";
  const std::string two = "1880,Örebro,18\n1883,Karlskoga,18\n";
  test::Folder folder;
};

TEST_F(FrameOf, SingleYears) {
  const Frame frame = read(years + "[areas]\ncodes = [\"1880\"]\n");
  EXPECT_EQ(frame.intervals, 5U);
  EXPECT_EQ(frame.ages(), 101U);
  EXPECT_EQ(frame.rows(), 102U);
  EXPECT_EQ(frame.end_of(Interval(0)), Year(2016));
  EXPECT_EQ(frame.age_of(CohortRow(101)), Age(100));
  EXPECT_EQ(frame.group_count(), 1U);
}

TEST_F(FrameOf, FiveYears) {
  const Frame frame = read(years + "step = 5\nopen_age = 85\n[areas]\ncodes = [\"SE\"]\n");
  EXPECT_EQ(frame.intervals, 1U);
  EXPECT_EQ(frame.ages(), 18U);
  EXPECT_EQ(frame.first_age(Age(17)), 85);
}

TEST_F(FrameOf, AListOfAreasFromWhichSomeAreChosen) {
  const Frame frame = read(years + "[areas]\n" + list(two + "0180,Stockholm,01\n") +
                           "codes = [\"1883\", \"1880\"]\nrest = \"Rest of Sweden\"\n");
  ASSERT_EQ(frame.areas.size(), 3U);
  EXPECT_EQ(frame.areas[0].name, "Karlskoga");
  EXPECT_TRUE(frame.areas[2].rest);
  EXPECT_EQ(frame.areas[2].code, "rest");
  ASSERT_EQ(frame.other_areas.size(), 1U);
  EXPECT_EQ(frame.other_areas[0].county, "01");
}

TEST_F(FrameOf, AllAreasOfTheListUnlessSomeAreChosen) {
  EXPECT_EQ(read(years + "[areas]\n" + list(two)).areas.size(), 2U);
}

TEST_F(FrameOf, RefusesAnUnknownArea) {
  EXPECT_HAS(error(years + "[areas]\n" + list(two) + "codes = [\"1881\"]\n"),
             "areas.codes: unknown or repeated area '1881'");
}

TEST_F(FrameOf, RefusesAnAreaTwice) {
  EXPECT_HAS(error(years + "[areas]\ncodes = [\"1880\", \"1880\"]\n"),
             "areas.codes: area '1880' a second time");
  EXPECT_HAS(error(years + "[areas]\n" + list(two + two), Fault::input),
             "areas.csv:4: error: areas.table: area '1880' a second time");
}

TEST_F(FrameOf, RefusesCodesThatAreNoAreasOwn) {
  EXPECT_HAS(error(years + "[areas]\ncodes = [\"\", \"1880\"]\n"),
             "areas.codes: an area without a code");
  EXPECT_HAS(error(years + "[areas]\ncodes = [\"rest\"]\n"), "'rest' is no code of an area");
}

TEST_F(FrameOf, RefusesNoAreas) { EXPECT_HAS(error(years), "no areas"); }

TEST_F(FrameOf, RefusesARestOfNothing) {
  EXPECT_HAS(error(years + "[areas]\n" + list(two) + "rest = \"Rest\"\n"),
             "nothing is left of areas.table");
}

TEST_F(FrameOf, RefusesYearsThatDoNotFit) {
  EXPECT_HAS(error("[projection]\nbase_year = 2015\nend_year = 2015\n[areas]\ncodes = [\"a\"]\n"),
             "projection.end_year: 2015 is not after the base year 2015; write a later year");
  EXPECT_HAS(error("[projection]\nbase_year = 2015\nend_year = 2021\nstep = 5\n"
                   "[areas]\ncodes = [\"a\"]\n"),
             "2021 is 6 years after the base year 2015, which steps of 5 years do not reach; write "
             "2025, or ");
  EXPECT_HAS(error(years + "step = 3\n[areas]\ncodes = [\"a\"]\n"), "write 1 or 5");
  EXPECT_HAS(error(years + "step = 5\nopen_age = 83\n[areas]\ncodes = [\"a\"]\n"),
             "write a multiple of 5");
}

TEST_F(FrameOf, RefusesALaunchBeforeTheBaseYear) {
  EXPECT_HAS(error(years + "launch_year = 2010\n[areas]\ncodes = [\"a\"]\n"),
             "2010 is before the base year");
}

TEST_F(FrameOf, RefusesOtherSexesAndGroupsTwice) {
  EXPECT_HAS(error(years + "sexes = [\"woman\"]\n[areas]\ncodes = [\"a\"]\n"), "projection.sexes");
  EXPECT_HAS(error(years + "groups = [\"x\", \"x\"]\n[areas]\ncodes = [\"a\"]\n"),
             "projection.groups");
}

}  // namespace
}  // namespace kohort
