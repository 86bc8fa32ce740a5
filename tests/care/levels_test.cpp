// Levels of the nation, its areas and their planning areas: what is published, counted and spliced.
#include <algorithm>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <numeric>

#include <gtest/gtest.h>

#include "tests/care/village.hpp"
#include "tests/support/expect_error.hpp"

namespace kohort {
namespace {

using test::CareRun;
using test::Village;

const std::vector<std::string> states{"none", "light", "heavy", "housing"};
const std::vector<std::string> home{"light", "heavy"};

/// A village with shares of its areas by the definition x.
class SharedVillage : public Village {
 public:
  explicit SharedVillage(const std::string& rows) {
    write_table("areas.csv", "year,area,series,definition,value\n" + rows);
    set("care.area_shares", "{ file = \"areas.csv\", basis = \"observed\" }");
    set("care.area_definitions", "{ home_care = [\"x\"], special_housing = [\"x\"] }");
    set("care.area_first_year", "1999").set("care.area_last_year", "2000");
    set("care.area_level", "\"share\"").set("care.trend", "\"none\"");
  }
};

std::string text_of(const std::filesystem::path& file) {
  std::ifstream stream(file);
  return {std::istreambuf_iterator<char>(stream), {}};
}

/// The share of users among those of 65 and older of an area, or of all, in the base year.
double share(const CareRun& run, const std::vector<std::string>& of, int area = -1) {
  double users = 0.0;
  double all = 0.0;
  for (const std::string& state : of) users += run.people(state, 2000, 65, area);
  for (const std::string& state : states) all += run.people(state, 2000, 65, area);
  return users / all;
}

TEST(CareLevels, MeetTheAreasShares) {
  SharedVillage village(
      "1999,a,home_care,x,0.10\n2000,a,home_care,x,0.12\n"
      "1999,a,special_housing,x,0.04\n2000,a,special_housing,x,0.06\n"
      "1999,b,home_care,x,0.07\n2000,b,home_care,x,0.07\n"
      "1999,b,special_housing,x,0.08\n2000,b,special_housing,x,0.10\n");
  const CareRun run(village.file());
  EXPECT_NEAR(share(run, home, 0), 0.11, 1e-9);
  EXPECT_NEAR(share(run, home, 1), 0.07, 1e-9);
  EXPECT_NEAR(share(run, {"housing"}, 0), 0.05, 1e-9);
  EXPECT_NEAR(share(run, {"housing"}, 1), 0.09, 1e-9);
  EXPECT_NEAR(run.estimate("care/calibration/share").values[0], 0.11, 1e-12);
  // Two definitions are joined only as ratios to the nation's share, which is missing here.
  village.set("care.area_level", "\"ratio\"");
  EXPECT_NE(test::error_of(Fault::input, [&] { CareRun(village.file()); }).find("no overlap"),
            std::string::npos);
}

TEST(CareLevels, AMunicipalitysOwnUsersGoFirst) {
  Village village;
  const CareRun without(village.file());
  village.write_table("own.csv",
                      "area,series,sex,age,value\n"
                      "b,home_care,female,65-79,20\nb,home_care,female,80+,31\n"
                      "b,home_care,male,65-79,15\nb,home_care,male,80+,0\n"
                      "b,special_housing,female,65-79,3\nb,special_housing,female,80+,17\n"
                      "b,special_housing,male,65-79,2\nb,special_housing,male,80+,11\n");
  village.set("care.own_users", "{ file = \"own.csv\", basis = \"assumed\" }")
      .set("care.own_ages", "[\"65\", \"80\"]");
  const CareRun run(village.file());
  // [area][sex][age] of the base year: area b, from an age up to another.
  const auto counted = [&](const std::vector<std::string>& of, std::size_t sex, int from, int to) {
    double sum = 0.0;
    for (const std::string& state : of) {
      const auto& values = run.recorded("care/persons", state).values;
      for (int age = from; age < to; ++age) {
        sum += values[(2 + sex) * 101 + static_cast<std::size_t>(age)];
      }
    }
    return sum;
  };
  EXPECT_NEAR(counted({"light", "heavy"}, 0, 65, 80), 20.0, 1e-9);
  EXPECT_NEAR(counted({"light", "heavy"}, 0, 80, 101), 31.0, 1e-9);
  EXPECT_NEAR(counted({"light", "heavy"}, 1, 65, 80), 15.0, 1e-9);
  EXPECT_EQ(counted({"light", "heavy"}, 1, 80, 101), 0.0);
  EXPECT_NEAR(counted({"housing"}, 0, 65, 80), 3.0, 1e-9);
  EXPECT_NEAR(counted({"housing"}, 0, 80, 101), 17.0, 1e-9);
  EXPECT_NEAR(counted({"housing"}, 1, 65, 80), 2.0, 1e-9);
  EXPECT_NEAR(counted({"housing"}, 1, 80, 101), 11.0, 1e-9);
  EXPECT_EQ(run.people("housing", 2000, 65, 0), without.people("housing", 2000, 65, 0));
  village.write_table("own.csv", "area,series,sex,age,value\nb,home_care,female,65-79,20\n");
  const std::string error = test::error_of(Fault::input, [&] { CareRun(village.file()); });
  EXPECT_NE(error.find("area b has 1 of its 8 figures"), std::string::npos) << error;
}

TEST(CareLevels, DefinitionsThatNoRowHasAreErrors) {
  Village village;
  village.set("care.national_definitions",
              "{ home_care = [\"count\", \"coumt\"], special_housing = [\"count\"] }");
  const std::string error = test::error_of(Fault::scenario, [&] { CareRun(village.file()); });
  EXPECT_NE(error.find("care.national_definitions: no row of"), std::string::npos) << error;
  EXPECT_NE(error.find("has 'coumt' of 'home_care'; did you mean 'count'?"), std::string::npos)
      << error;
}

TEST(CareLevels, AMeanShareOfSeveralDefinitionsIsRefused) {
  SharedVillage village(
      "2000,a,home_care,x,0.10\n2000,a,special_housing,x,0.04\n2000,a,home_care,y,0.12\n");
  village.set("care.area_definitions", "{ home_care = [\"x\", \"y\"], special_housing = [\"x\"] }");
  const std::string error = test::error_of(Fault::scenario, [&] { CareRun(village.file()); });
  EXPECT_NE(error.find("takes one definition of a series, and 'home_care' has 2"),
            std::string::npos)
      << error;
}

// 80+ of 2000 is published by another definition alone; both have 1999.
TEST(CareLevels, DefinitionsAreSplicedWhereTheyOverlap) {
  Village village;
  village.write_table("spliced.csv",
                      "year,series,definition,ages,sex,value\n"
                      "2000,home_care,count,65+,female,0.12\n2000,home_care,count,65+,male,0.08\n"
                      "2000,special_housing,count,65+,female,0.06\n"
                      "2000,special_housing,count,65+,male,0.04\n"
                      "1998,home_care,count,80+,both,0.20\n1999,home_care,count,80+,both,0.19\n"
                      "1998,special_housing,count,80+,both,0.12\n"
                      "1999,special_housing,count,80+,both,0.114\n"
                      "1999,home_care,newer,80+,both,0.15\n2000,home_care,newer,80+,both,0.16\n"
                      "1999,special_housing,newer,80+,both,0.11\n"
                      "2000,special_housing,newer,80+,both,0.10\n");
  village.set("care.national_shares", "{ file = \"spliced.csv\", basis = \"observed\" }")
      .set("care.national_definitions",
           "{ home_care = [\"count\", \"newer\"], special_housing = [\"count\", \"newer\"] }");
  const CareRun run(village.file());
  double people = 0.0;
  for (const std::string& state : states) people += run.people(state, 2000, 80);
  EXPECT_NEAR((run.people("light", 2000, 80) + run.people("heavy", 2000, 80)) / people,
              0.19 * 0.16 / 0.15, 1e-9);
  EXPECT_NEAR(run.people("housing", 2000, 80) / people, 0.114 * 0.10 / 0.11, 1e-9);
  const auto& labels = run.estimate("care/calibration/national_share").axes.front().labels;
  EXPECT_EQ(labels[0], "home_care 65+ female: count of 2000");
  EXPECT_EQ(labels[2], "home_care 80+ both: count of 1999, on to 2000 as newer");
  EXPECT_NE(
      run.recorded("care/persons", "none")
          .variable.long_name.find(
              "home_care: count of 2000, 65+ female, 65+ male; home_care: count of 1999, on to "
              "2000 as newer, 80+ both"),
      std::string::npos)
      << run.recorded("care/persons", "none").variable.long_name;
  // Without the overlap the last year that has all shares counts, and there is none.
  village.set("care.national_definitions",
              "{ home_care = [\"count\", \"newer\"], special_housing = [\"count\"] }");
  EXPECT_NE(test::error_of(Fault::scenario, [&] { CareRun(village.file()); })
                .find("no year up to the base year has the shares of all series"),
            std::string::npos);
}

TEST(CareLevels, AreAtLeastAsUncertainAsChanceMakesThem) {
  const std::string one_year =
      "2000,a,home_care,x,0.10\n2000,a,special_housing,x,0.05\n"
      "2000,b,home_care,x,0.07\n2000,b,special_housing,x,0.09\n";
  const CareRun once(SharedVillage(one_year).file());
  const auto& sd = once.estimate("care/calibration/shift_sd").values;
  for (const int area : {0, 1}) {
    double people = 0.0;
    for (const std::string& state : states) people += once.people(state, 2000, 65, area);
    // The slope of a share by the shift is below share x (1 - share), as users differ by age.
    for (const auto& [series, part] :
         {std::pair(0, area == 0 ? 0.10 : 0.07), std::pair(1, area == 0 ? 0.05 : 0.09)}) {
      const double alike = 1.0 / std::sqrt(people * part * (1.0 - part));
      const double found = sd[static_cast<std::size_t>(series * 2 + area)];
      EXPECT_GT(found, alike);
      EXPECT_LT(found, 2.0 * alike);
    }
  }
  // Years that scatter by a tenth: more than chance, and carried to the shift by its slope.
  const std::string years =
      "1999,a,home_care,x,0.05\n2000,a,home_care,x,0.15\n"
      "1999,b,home_care,x,0.05\n2000,b,home_care,x,0.15\n"
      "2000,a,special_housing,x,0.05\n2000,b,special_housing,x,0.05\n";
  const CareRun scattered(SharedVillage(years).file());
  const double relative = 0.5 / std::sqrt(1.0);  // (0.05 / 0.10)^2 x 4 over 2 degrees, 2 years
  EXPECT_GT(scattered.estimate("care/calibration/shift_sd").values[0], relative / 0.9);
}

TEST(CareLevels, ARegisterStandsInForAShareOfNone) {
  SharedVillage village(
      "2000,a,home_care,x,0.10\n2000,a,special_housing,x,0.0\n"
      "2000,b,home_care,x,0.07\n2000,b,special_housing,x,0.05\n");
  EXPECT_EQ(CareRun(village.file()).people("housing", 2000, 65, 0), 0.0);
  village.write_table("own.csv",
                      "area,series,sex,age,value\n"
                      "a,home_care,female,65+,200\na,home_care,male,65+,100\n"
                      "a,special_housing,female,65+,60\na,special_housing,male,65+,40\n");
  village.set("care.own_users", "{ file = \"own.csv\", basis = \"observed\" }")
      .set("care.own_ages", "[\"65\"]");
  const CareRun run(village.file());
  EXPECT_NEAR(run.people("housing", 2000, 65, 0), 100.0, 1e-9);
  EXPECT_NEAR(run.estimate("care/calibration/share").values[2], share(run, {"housing"}, 0), 1e-12);
  // The shift of the area is that at which it has as many users, whatever their sex and age.
  const double shift = run.estimate("care/calibration/shift").values[2];
  EXPECT_TRUE(std::isfinite(shift));
  EXPECT_EQ(shift > 0.0, share(run, {"housing"}, 0) > share(run, {"housing"}));
}

// Of two planning areas that are all of the nation, b has what a's register leaves of its users.
TEST(CareLevels, ARegisterDoesNotChangeTheNationsUsers) {
  Village village;
  village.write_table("list.csv", "area,name\na,A\nb,B\n");
  const std::filesystem::path folder = std::filesystem::path(village.file()).parent_path();
  std::string people = text_of(folder / "base.csv");
  for (std::size_t at = 0; (at = people.find("\nb,", at)) != std::string::npos;) {
    people.replace(at, 3, "\nrest,");
  }
  village.write_table("base.csv", people);
  village.write_table("own.csv",
                      "area,series,sex,age,value\n"
                      "a,home_care,female,65+,200\na,home_care,male,65+,150\n"
                      "a,special_housing,female,65+,60\na,special_housing,male,65+,40\n");
  village.set("areas.table", "{ file = \"list.csv\" }")
      .set("areas.codes", "[\"a\"]")
      .set("areas.rest", "\"Rest\"")
      .set("population.domestic.form", "")
      .set("population.domestic.leaving", "")
      .set("population.domestic.destination_shares", "");
  const CareRun without(village.file());
  village.set("care.own_users", "{ file = \"own.csv\", basis = \"observed\" }")
      .set("care.own_ages", "[\"65\"]");
  const CareRun run(village.file());
  EXPECT_NEAR(run.people("light", 2000, 65, 0) + run.people("heavy", 2000, 65, 0), 350.0, 1e-9);
  EXPECT_GT(std::abs(share(run, home, 0) - share(without, home, 0)), 0.01);
  EXPECT_NEAR(share(run, home), share(without, home), 1e-10);
  EXPECT_NEAR(share(run, {"housing"}), share(without, {"housing"}), 1e-10);
}

/// A municipality m, which is projected by its planning areas a and b.
void divide(Village& village) { village.set("care.planning_areas", "{ m = [\"a\", \"b\"] }"); }

TEST(CareLevels, PlanningAreasHaveTheirMunicipalitysLevel) {
  SharedVillage village("2000,m,home_care,x,0.13\n2000,m,special_housing,x,0.03\n");
  divide(village);
  const CareRun run(village.file());
  EXPECT_NEAR(share(run, home), 0.13, 1e-9);
  EXPECT_NEAR(share(run, {"housing"}), 0.03, 1e-9);
  const auto& shifts = run.estimate("care/calibration/shift").values;
  EXPECT_EQ(shifts[0], shifts[1]);
  EXPECT_EQ(shifts[2], shifts[3]);
}

TEST(CareLevels, PlanningAreasWithoutARegisterHaveWhatTheOthersLeave) {
  SharedVillage village("2000,m,home_care,x,0.13\n2000,m,special_housing,x,0.03\n");
  divide(village);
  village.write_table("own.csv",
                      "area,series,sex,age,value\n"
                      "b,home_care,female,65+,60\nb,home_care,male,65+,40\n"
                      "b,special_housing,female,65+,9\nb,special_housing,male,65+,6\n");
  village.set("care.own_users", "{ file = \"own.csv\", basis = \"observed\" }")
      .set("care.own_ages", "[\"65\"]");
  const CareRun run(village.file());
  EXPECT_NEAR(run.people("housing", 2000, 65, 1), 15.0, 1e-9);
  EXPECT_NEAR(share(run, home), 0.13, 1e-9);
  EXPECT_NEAR(share(run, {"housing"}), 0.03, 1e-9);
}

TEST(CareLevels, PlanningAreasSumToTheRegisterOfTheirMunicipality) {
  Village village;
  divide(village);
  const std::string all =
      "m,home_care,female,65+,300\nm,home_care,male,65+,200\n"
      "m,special_housing,female,65+,100\nm,special_housing,male,65+,70\n";
  const std::string of_b =
      "b,home_care,female,65+,60\nb,home_care,male,65+,40\n"
      "b,special_housing,female,65+,30\nb,special_housing,male,65+,20\n";
  village.set("care.own_users", "{ file = \"own.csv\", basis = \"observed\" }")
      .set("care.own_ages", "[\"65\"]");
  const auto run_with = [&](const std::string& rows) {
    village.write_table("own.csv", "area,series,sex,age,value\n" + rows);
    return CareRun(village.file());
  };
  const CareRun run = run_with(all + of_b);
  EXPECT_NEAR(run.people("housing", 2000, 65, 0), 120.0, 1e-9);
  EXPECT_NEAR(run.people("housing", 2000, 65, 1), 50.0, 1e-9);
  EXPECT_NEAR(run.people("light", 2000, 65, 0) + run.people("heavy", 2000, 65, 0), 400.0, 1e-9);
  const std::string of_a =
      "a,home_care,female,65+,240\na,home_care,male,65+,160\n"
      "a,special_housing,female,65+,70\na,special_housing,male,65+,51\n";
  const std::string error = test::error_of(Fault::input, [&] { run_with(all + of_b + of_a); });
  EXPECT_NE(error.find("care.own_users: area m, male aged 65: 70 users of 'special_housing', and "
                       "71 in its planning areas"),
            std::string::npos)
      << error;
}

TEST(CareLevels, PlanningAreasAreProjectedAndTheirMunicipalityIsNot) {
  const auto error_of_planning = [](const std::string& areas) {
    Village village;
    village.set("care.planning_areas", areas);
    return test::error_of(Fault::scenario, [&] { CareRun(village.file()); });
  };
  EXPECT_NE(error_of_planning("{ a = [\"b\"] }").find("'a' is projected itself"),
            std::string::npos);
  EXPECT_NE(
      error_of_planning("{ m = [\"a\", \"c\"] }").find("'c' of 'm' is none of the areas projected"),
      std::string::npos);
  EXPECT_NE(error_of_planning("{ m = [\"a\"], n = [\"a\"] }").find("'a' stands there twice"),
            std::string::npos);
}

TEST(CareLevels, PartsOfTheNationStandInForThoseOfAreas) {
  const Village village;
  village.write_table("parts.csv", "area,value\na,0.2\n00,0.5\n");
  std::string text = text_of(village.file());
  const std::string number = "part = 0.4";
  text.replace(text.find(number), number.size(),
               "part = { file = \"parts.csv\", basis = \"observed\" }");
  const CareRun run(village.write_table("parts.toml", text));
  const auto part = [&](int area) {
    const double heavy = run.people("heavy", 2000, 65, area);
    return heavy / (heavy + run.people("light", 2000, 65, area));
  };
  EXPECT_NEAR(part(0), 0.2, 1e-12);
  EXPECT_NEAR(part(1), 0.5, 1e-12);
}

// Shares are observed, and the profile is assumed; the trend comes from the shares alone.
TEST(CareLevels, AreWorthWhatTheyWereMadeFrom) {
  Village village;
  village.set("care.national_shares", "{ file = \"shares.csv\", basis = \"observed\" }");
  const CareRun run(village.file());
  EXPECT_EQ(run.estimate("care/calibration/national_share").basis, Basis::estimated);
  EXPECT_EQ(run.estimate("care/calibration/trend").basis, Basis::estimated);
  EXPECT_EQ(run.estimate("care/calibration/share").basis, Basis::assumed);
  EXPECT_EQ(run.estimate("care/calibration/transitions").basis, Basis::assumed);
}

}  // namespace
}  // namespace kohort
