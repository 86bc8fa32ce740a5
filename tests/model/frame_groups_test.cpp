// Groups of areas and of ages, as scenarios name them.
#include "engine/model/frame_groups.hpp"

#include <gtest/gtest.h>

#include "engine/scenario/read.hpp"
#include "tests/support/expect_error.hpp"
#include "tests/support/folder.hpp"

namespace kohort {
namespace {

class Groups : public ::testing::Test {
 protected:
  Frame read(const std::string& projection, const std::string& areas) {
    folder.write("areas.csv",
                 "area,name,county,work\n1880,Örebro,18,north\n0180,Stockholm,01,\n"
                 "1883,Karlskoga,18,west\n1884,Nora,18,north\n");
    Catalogue catalogue;
    declare_frame(catalogue);
    const std::string text = "[projection]\nbase_year = 2015\nend_year = 2020\n" + projection +
                             "[areas]\ntable = { file = \"areas.csv\" }\n" + areas;
    const Settings settings = read_scenario(folder.write("s.toml", text), {}, catalogue);
    Tables tables(launch_year(settings));
    return read_frame(settings, tables);
  }
  std::string error(const std::string& projection, const std::string& areas) {
    return test::error_of(Fault::scenario, [&] { read(projection, areas); });
  }
  std::string area_error(const std::string& groups) { return error("", "groups = " + groups); }
  std::string age_error(const std::string& groups) {
    return error("age_groups = " + groups + "\n", "");
  }
  test::Folder folder;
};

std::vector<std::size_t> positions_of(const AreaGroup& group) {
  std::vector<std::size_t> positions;
  for (const Area area : group.members) positions.push_back(area.position());
  return positions;
}

std::vector<std::string> names_of(const Frame& frame) {
  std::vector<std::string> names;
  for (const AgeGroup& group : frame.age_groups) names.push_back(group.name);
  return names;
}

TEST_F(Groups, OfAreasMayOverlapAndHoldTheRest) {
  const Frame frame =
      read("",
           "codes = [\"1880\", \"1883\"]\nrest = \"Rest\"\n"
           "groups = { west = [\"1883\", \"1880\"], nation = [\"1880\", \"rest\"] }\n");
  ASSERT_EQ(frame.area_groups.size(), 2U);
  EXPECT_EQ(frame.area_groups[0].name, "west");
  EXPECT_EQ(positions_of(frame.area_groups[0]), (std::vector<std::size_t>{0, 1}));
  EXPECT_EQ(positions_of(frame.area_groups[1]), (std::vector<std::size_t>{0, 2}));
}

TEST_F(Groups, OfAColumnLeaveOutWhereItIsEmpty) {
  const Frame frame = read("", "group_by = \"work\"\n");
  ASSERT_EQ(frame.area_groups.size(), 2U);
  EXPECT_EQ(frame.area_groups[0].name, "north");
  EXPECT_EQ(positions_of(frame.area_groups[0]), (std::vector<std::size_t>{0, 3}));
  EXPECT_EQ(positions_of(frame.area_groups[1]), (std::vector<std::size_t>{2}));
}

TEST_F(Groups, OfAColumnKnowNoAreasThatAreNotProjected) {
  const Frame frame = read("", "codes = [\"1884\"]\nrest = \"Rest\"\ngroup_by = \"county\"\n");
  ASSERT_EQ(frame.area_groups.size(), 1U);
  EXPECT_EQ(positions_of(frame.area_groups[0]), (std::vector<std::size_t>{0}));
}

TEST_F(Groups, RefuseAreasThatAreUnknownTwiceOrNotProjected) {
  EXPECT_HAS(area_error("{ x = [\"1881\"] }"), "area '1881' of group 'x' is not known");
  EXPECT_HAS(area_error("{ x = [\"1881\"] }"), "did you mean '1880'?");
  EXPECT_HAS(area_error("{ x = [\"1880\", \"1880\"] }"), "area '1880' stands twice in group 'x'");
  EXPECT_HAS(area_error("{ x = [] }"), "group 'x' is empty");
  EXPECT_HAS(error("", "codes = [\"1880\"]\ngroups = { x = [\"0180\"] }\n"),
             "area '0180' of group 'x' is not projected; add it to areas.codes");
}

TEST_F(Groups, RefuseNamesThatMeanSomethingElse) {
  EXPECT_HAS(area_error("{ 1880 = [\"1883\"] }"), "group '1880' has the code of an area");
  EXPECT_HAS(area_error("{ all = [\"1883\"] }"), "a group cannot be called 'all'");
  EXPECT_HAS(error("", "group_by = \"work\"\ngroups = { north = [\"1883\"] }\n"),
             "there are two groups 'north'");
}

TEST_F(Groups, RefuseAColumnThatIsNotThereOrEmpty) {
  EXPECT_HAS(test::error_of(Fault::input, [&] { read("", "group_by = \"region\"\n"); }),
             "no column 'region'");
  EXPECT_HAS(error("", "codes = [\"0180\"]\ngroup_by = \"work\"\n"), "the column is empty");
}

TEST_F(Groups, OfAgesAreAnyRangesOfWholeGroups) {
  const Frame frame =
      read("age_groups = [\"0-5\", \"3-100\", \"80+\", \"7\"]\nopen_age = 105\n", "");
  ASSERT_EQ(frame.age_groups.size(), 4U);
  EXPECT_EQ(frame.age_groups[1].name, "3-100");
  EXPECT_EQ(frame.age_groups[1].first, Age(3));
  EXPECT_EQ(frame.age_groups[1].last, Age(100));
  EXPECT_EQ(frame.age_groups[2].last, Age(105));
  EXPECT_EQ(frame.age_groups[3].last, Age(7));
}

TEST_F(Groups, OfAgesAreTheUsualOnesUnlessGiven) {
  using Names = std::vector<std::string>;
  EXPECT_EQ(names_of(read("", "")), (Names{"0-19", "20-64", "65-79", "80+"}));
  EXPECT_EQ(names_of(read("open_age = 70\n", "")), (Names{"0-19", "20-64", "65+"}));
  EXPECT_EQ(names_of(read("open_age = 20\n", "")), (Names{"0-19", "20+"}));
  EXPECT_EQ(names_of(read("open_age = 6\n", "")), (Names{"0+"}));
}

TEST_F(Groups, OfAgesRefuseWhatTheFrameCannotTellApart) {
  EXPECT_HAS(age_error("[\"80-100\"]"),
             "'80-100' reaches into the open age group 100+; write \"80+\"");
  EXPECT_HAS(age_error("[\"100\"]"), "write \"100+\"");
  EXPECT_HAS(age_error("[\"101+\"]"), "reaches into the open age group");
  EXPECT_HAS(age_error("[\"old\"]"), "'old' is no range of ages");
  EXPECT_HAS(age_error("[\"30-20\"]"), "'30-20' is no range of ages");
  EXPECT_HAS(age_error("[\"0-4\", \"0-4\"]"), "'0-4' stands there twice");
  EXPECT_HAS(error("step = 5\nage_groups = [\"0-17\"]\n", ""),
             "'0-17' splits an age group of 5 years");
  EXPECT_HAS(error("step = 5\nage_groups = [\"18+\"]\n", ""), "'18+' splits an age group");
}

}  // namespace
}  // namespace kohort
