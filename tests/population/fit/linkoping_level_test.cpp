// Linköping's own births and deaths, read in place: whether ten years of them foretell the next
// ten.
#include <cmath>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "engine/run/parameters.hpp"
#include "engine/scenario/read.hpp"
#include "models/population/fit/past.hpp"
#include "tests/support/folder.hpp"

namespace kohort::population::fit {
namespace {

/// The registers of Linköping may not be shipped with the project; the tables of counties are.
std::string scenario(const std::string& linkoping, int last_year) {
  const std::string tables = test::project_file("scenarios/sweden/data/");
  const std::string own =
      "file = \"" + linkoping + "\", basis = \"observed\", age_definition = \"end_of_year\"";
  return fmt::format(
      "format = 1\ntitle = \"Linköping\"\n[projection]\nbase_year = {0}\nend_year = {1}\n"
      "[areas]\ntable = {{ file = \"{2}municipalities.csv\" }}\ncodes = [\"0580\"]\n"
      "rest = \"Sweden\"\n[population]\nbase = {{ {3}, value = \"population_31dec\" }}\n"
      "[population.mortality]\nsource = \"history\"\n[population.fertility]\nsource = \"history\"\n"
      "[history]\npopulation = {{ file = \"{2}population_county.csv\", value = \"persons\" }}\n"
      "deaths = {{ file = \"{2}deaths_county.csv\", value = \"deaths\", missing = \"zero\" }}\n"
      "births = {{ file = \"{2}births_county.csv\", value = \"births\", missing = \"zero\" }}\n"
      "structure = {{ {3}, value = \"population_31dec\" }}\n"
      "area_deaths = {{ {3}, value = \"deaths\" }}\n"
      "area_births = {{ {3}, value = [\"births_male_by_mother_age\", "
      "\"births_female_by_mother_age\"], where = {{ sex = \"female\" }} }}\n",
      last_year, last_year + 1, tables, own);
}

LocalLevels levels_by(int last_year) {
  const std::string data = test::shared_file("data/linkoping/SOURCES.md");
  const std::string linkoping =
      data.substr(0, data.rfind('/')) + "/linkoping_0580_components_1968_2015.csv";
  const test::Folder folder;
  const Settings settings =
      read_scenario(folder.write("linkoping.toml",
                                 scenario(linkoping.substr(0, linkoping.rfind("0580")) + "{area}" +
                                              linkoping.substr(linkoping.rfind("0580") + 4),
                                          last_year)),
                    {}, full_catalogue());
  Tables tables(std::nullopt);
  const Frame frame = read_frame(settings, tables);
  const Source source{settings, frame, tables};
  Fitted fitted;
  fitted.mortality = fitted.fertility = true;
  return Past(source, AgeTable(age_extents(frame)), fitted).local_levels();
}

TEST(LinkopingLevel, OfTenYearsForetellsTheNextTenBetterThanTheCounty) {
  const LocalLevels before = levels_by(2005);
  ASSERT_FALSE(::testing::Test::HasFailure());
  const LocalLevels after = levels_by(2015);
  EXPECT_LT(std::abs(before.fertility[0] - after.fertility[0]), 1.0 - after.fertility[0]);
  for (const Sex sex : positions<Sex>(2)) {
    for (const std::size_t age : {0, 65}) {
      const double later = after.mortality(Area(0), sex, Age(age));
      EXPECT_LT(later, 0.95) << age;  // a university city
      EXPECT_LT(std::abs(before.mortality(Area(0), sex, Age(age)) - later), 1.0 - later) << age;
    }
  }
}

TEST(LinkopingLevel, IsKnownFromItsOwnCountsAndTheRestFromNone) {
  const LocalLevels levels = levels_by(2015);
  ASSERT_FALSE(::testing::Test::HasFailure());
  EXPECT_EQ(levels.mortality_basis, (std::vector{LevelBasis::own_counts, LevelBasis::county}));
  EXPECT_EQ(levels.fertility_basis, (std::vector{LevelBasis::own_counts, LevelBasis::county}));
  // 17 869 births where the county's rates by age at birth give 19 046, reckoned apart from this.
  EXPECT_NEAR(levels.fertility[0], 17869.0 / 19046.0, 0.003);
}

}  // namespace
}  // namespace kohort::population::fit
