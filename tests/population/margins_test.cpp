// The base population where only sums of it are known.
#include <cmath>
#include <map>
#include <numeric>

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "engine/run/scenario_run.hpp"
#include "engine/table/tabulate.hpp"
#include "models/population/margin_estimate.hpp"
#include "tests/support/expect_error.hpp"
#include "tests/support/folder.hpp"
#include "tests/support/projected.hpp"

namespace kohort::population {
namespace {

std::string group_error(const std::vector<std::string>& labels) {
  return test::error_of(Fault::scenario, [&] { AgeGroups(labels, 1, 100); });
}

TEST(AgeGroupsOfMargins, HoldTheAgesThatTheySay) {
  const AgeGroups groups({"0-19", "20-64", "65+"}, 1, 100);
  EXPECT_EQ(groups.of(Age(19)), BroadAge(0));
  EXPECT_EQ(groups.of(Age(20)), BroadAge(1));
  EXPECT_EQ(groups.of(Age(64)), BroadAge(1));
  EXPECT_EQ(groups.of(Age(100)), BroadAge(2));
}

TEST(AgeGroupsOfMargins, ReckonInTheWidthOfTheProjection) {
  const AgeGroups groups({"0-14", "15+"}, 5, 85);
  EXPECT_EQ(groups.of(Age(2)), BroadAge(0));
  EXPECT_EQ(groups.of(Age(3)), BroadAge(1));
  EXPECT_HAS(test::error_of(Fault::scenario,
                            [] {
                              AgeGroups({"0-17", "18+"}, 5, 85);
                            }),
             "'18+' begins within an age group of the projection");
}

TEST(AgeGroupsOfMargins, HaveNoGapsAndAnOpenEnd) {
  EXPECT_HAS(group_error({"0-19", "25+"}),
             "'25+' begins at 25, and the group before it ends before 20");
  EXPECT_HAS(group_error({"5+"}), "'5+' begins at 5");
  EXPECT_HAS(group_error({"0-19", "20-64"}), "'20-64' is no open group of ages");
  EXPECT_HAS(group_error({"0+", "65+"}), "'0+' is no closed group of ages");
  EXPECT_HAS(group_error({"young", "65+"}), "'young' is no closed group of ages");
  EXPECT_HAS(group_error({}), "there are no age groups");
}

/// Two areas, one sex, ages 0, 1 and 2+.
AreaSexAge small(const std::vector<double>& cells) {
  AreaSexAge people({2, 1, 3});
  std::copy(cells.begin(), cells.end(), people.values().begin());
  return people;
}

KnownMargins small_margins(const std::vector<double>& by_age, const std::vector<double>& totals) {
  KnownMargins margins{Table<double, Sex, Age>({1, 3}), totals, std::nullopt, {}};
  std::copy(by_age.begin(), by_age.end(), margins.together.values().begin());
  return margins;
}

TEST(MarginEstimates, WithoutAStructureOfTheirOwnAreasHaveTheCountys) {
  const KnownMargins margins = small_margins({10.0, 20.0, 30.0}, {45.0, 15.0});
  const MarginEstimate found =
      estimate_from_margins(small({10, 20, 30, 10, 20, 30}), margins, false);
  EXPECT_NEAR(found.people(Area(0), Sex(0), Age(1)), 45.0 * 20.0 / 60.0, 1e-9);
  EXPECT_NEAR(found.people(Area(1), Sex(0), Age(2)), 15.0 * 30.0 / 60.0, 1e-9);
  EXPECT_LT(found.largest_error, 1e-12);
}

TEST(MarginEstimates, KeepTheOddsRatiosOfTheSeed) {
  // Deming & Stephan: a margin multiplies slices, which leaves cross-product ratios as they are.
  const MarginEstimate found = estimate_from_margins(
      small({4, 2, 1, 1, 2, 4}), small_margins({30.0, 30.0, 30.0}, {60.0, 30.0}), false);
  const auto cell = [&](std::size_t area, std::size_t age) {
    return found.people(Area(area), Sex(0), Age(age));
  };
  EXPECT_NEAR(cell(0, 0) * cell(1, 2) / (cell(0, 2) * cell(1, 0)), 16.0, 1e-6);
}

TEST(MarginEstimates, MeetTheAgeGroupsOfEveryArea) {
  KnownMargins margins = small_margins({10.0, 20.0, 30.0}, {40.0, 20.0});
  margins.groups.emplace(std::vector<std::string>{"0-1", "2+"}, 1, 2);
  margins.broad = Table<double, Area, Sex, BroadAge>({2, 1, 2});
  const std::vector<double> broad{15.0, 25.0, 15.0, 5.0};
  std::copy(broad.begin(), broad.end(), margins.broad.values().begin());
  const MarginEstimate found = estimate_from_margins(small({1, 1, 1, 1, 1, 1}), margins, false);
  EXPECT_NEAR(found.people(Area(0), Sex(0), Age(2)), 25.0, 1e-9);
  EXPECT_NEAR(found.people(Area(0), Sex(0), Age(0)), 5.0, 1e-9);
  EXPECT_NEAR(found.people(Area(1), Sex(0), Age(1)), 10.0, 1e-9);
}

TEST(MarginEstimates, RefuseASeedThatHasNobodyWherePeopleAre) {
  const std::string error = test::error_of(Fault::input, [] {
    estimate_from_margins(small({0, 1, 1, 0, 1, 1}), small_margins({6, 3, 3}, {6, 6}), false);
  });
  EXPECT_HAS(error, "is to be 6, but all its cells are 0");
}

TEST(MarginEstimates, RefuseMarginsThatTheZerosOfTheSeedContradict) {
  // Only area 0 may have people aged 0, and it has fewer in all.
  const std::string error = test::error_of(Fault::input, [] {
    estimate_from_margins(small({1, 1, 1, 0, 1, 1}), small_margins({8, 2, 2}, {6, 6}), false);
  });
  EXPECT_HAS(error, "the margins cannot be met");
}

TEST(MarginEstimates, SayWhichMarginsContradictEachOther) {
  KnownMargins margins = small_margins({10.0, 20.0, 30.0}, {40.0, 21.0});
  margins.groups.emplace(std::vector<std::string>{"0-1", "2+"}, 1, 2);
  margins.broad = Table<double, Area, Sex, BroadAge>({2, 1, 2});
  const std::vector<double> broad{15.0, 25.0, 16.0, 5.0};
  std::copy(broad.begin(), broad.end(), margins.broad.values().begin());
  const std::vector<std::string> found = contradictions(margins, {"A", "B"});
  ASSERT_EQ(found.size(), 2U);
  EXPECT_EQ(found[0], "the totals of A, B sum to 61, and their people by sex and age to 60");
  EXPECT_EQ(found[1], "the areas A, B have 31 people aged 0-1 in all, and by sex and age 30");
  margins.totals[1] = 20.0;
  EXPECT_EQ(contradictions(margins, {"A", "B"})[0],
            "the age groups of area B sum to 21, and its total is 20");
}

TEST(MarginEstimates, DissimilarityIsTheShareThatStandsElsewhere) {
  const std::vector<double> apart =
      dissimilarity(small({2, 1, 1, 0, 0, 0}), small({1, 1, 2, 1, 1, 1}));
  EXPECT_DOUBLE_EQ(apart[0], 0.25);
  EXPECT_EQ(apart[1], 0.0);  // nobody there
}

RC_GTEST_PROP(MarginEstimates, WholePeopleMeetEveryMargin, (bool by_sex, bool broad)) {
  const std::size_t areas = *rc::gen::inRange<std::size_t>(1, 6);
  const auto people = [&](int most) {
    return tabulate<AreaSexAge>({areas, 2, 8}, [&](Area, Sex, Age) {
      return static_cast<double>(*rc::gen::inRange(1, most));
    });
  };
  std::optional<AgeGroups> groups;
  if (broad) groups.emplace(std::vector<std::string>{"0-2", "3-5", "6+"}, 1, 7);
  const KnownMargins margins = margins_of(people(200), groups, by_sex);
  const MarginEstimate found = estimate_from_margins(people(20), margins, true);
  const KnownMargins met = margins_of(found.people, groups, by_sex);
  for (const double persons : found.people.values()) RC_ASSERT(persons == std::floor(persons));
  RC_ASSERT(met.together == margins.together);
  RC_ASSERT(met.totals == margins.totals);
  RC_ASSERT(met.broad == margins.broad);
}

/// A county with areas A and B, of which B is not projected, and a county with C; ages 0-4, 5-9 and
/// 10+.
class BaseFromMargins : public ::testing::Test {
 protected:
  BaseFromMargins() {
    folder.write("areas.csv", "area,name,county\nA,A,1\nB,B,1\nC,C,2\n");
    folder.write("county.csv", by_sex_and_age("county", {{"1", 30}, {"2", 7}}));
    folder.write("totals.csv", "area,persons\nA,120\nB,60\nC,42\n");
    folder.write(
        "broad.csv",
        "area,age_group,persons\nA,0-9,90\nA,10+,30\nB,0-9,30\nB,10+,30\nC,0-9,28\nC,10+,14\n");
  }
  static std::string by_sex_and_age(const std::string& of,
                                    const std::map<std::string, int>& cells) {
    std::string text = of + ",sex,age,persons\n";
    for (const auto& [code, persons] : cells) {
      for (const std::string sex : {"female", "male"}) {
        for (int age = 0; age <= 10; age += 5)
          text += fmt::format("{},{},{},{}\n", code, sex, age, persons);
      }
    }
    return text;
  }
  static std::string table(const std::string& name) {
    return fmt::format(
        "{0} = {{ file = \"{0}.csv\", value = \"persons\", basis = \"observed\", age_definition = "
        "\"end_of_year\" }}\n",
        name);
  }
  std::string scenario(const std::string& margins, const std::string& top = "") const {
    return folder.write(
        "s.toml",
        "format = 1\ntitle = \"t\"\n" + top +
            "[projection]\nbase_year = 2010\nend_year = 2015\nstep = 5\nopen_age = "
            "10\n[areas]\ntable = { "
            "file "
            "= \"areas.csv\" }\ncodes = [\"A\"]\nrest = \"Rest\"\n[population]\nbase_form = "
            "\"margins\"\n[population.mortality]\nrates = 0.0\n[population.fertility]\nrates = "
            "0.0\n[population.margins]\n" +
            table("county") + table("totals") + margins);
  }
  static std::string broad() {
    return "broad_ages = { file = \"broad.csv\", value = \"persons\", basis = \"observed\" }\n"
           "age_groups = [\"0-9\", \"10+\"]\n";
  }
  std::string refusal(Fault fault, const std::string& margins) const {
    return test::error_of(fault, [&] { ScenarioRun(scenario(margins), {}); });
  }
  static std::vector<double> estimate(const test::Projected& run, const std::string& name) {
    for (const Estimate& one : run.outcome().estimates) {
      if (one.name == "base/" + name) return one.values;
    }
    ADD_FAILURE() << "no estimate " << name;
    return {};
  }
  test::Folder folder;
};

TEST_F(BaseFromMargins, AreasHaveTheirTotalsAndTheRestWhatTheCountiesHaveBeyond) {
  const test::Projected run(scenario(""));
  EXPECT_EQ(run.at("persons", 2010, {"A", "female", 5}), 20.0);
  EXPECT_EQ(run.at("persons", 2010, {"rest", "female", 5}), 10.0 + 7.0);
  EXPECT_EQ(run.total("persons", 2010), 222.0);
  EXPECT_LT(estimate(run, "margin_error").front(), 1e-12);
  EXPECT_NEAR(estimate(run, "dissimilarity").front(), 0.0, 1e-12);
}

TEST_F(BaseFromMargins, ResultsAreEstimatedFromIt) {
  const std::string observed = "={ file = \"" +
                               folder.write("rates.csv", "age,value\n0,0\n5,0\n10,0\n") +
                               "\", basis = \"observed\", age_definition = \"end_of_year\" }";
  const ScenarioRun run(scenario(""), {"population.mortality.rates" + observed,
                                       "population.fertility.rates" + observed});
  EXPECT_EQ(to_string(run.model().variables().front().basis), "estimated");
}

TEST_F(BaseFromMargins, AgeGroupsAreMet) {
  const test::Projected run(scenario(broad()));
  EXPECT_EQ(run.at("persons", 2010, {"A", "male", 10}), 15.0);
  EXPECT_EQ(run.at("persons", 2010, {"A", "male", 0}) + run.at("persons", 2010, {"A", "male", 5}),
            45.0);
  // From a third aged 10 or more to a quarter.
  EXPECT_NEAR(estimate(run, "dissimilarity").front(), 1.0 / 3.0 - 1.0 / 4.0, 1e-12);
}

TEST_F(BaseFromMargins, ASeedGivesItsStructure) {
  folder.write(
      "seed.csv",
      "area,sex,age,value\nA,female,0,4\nA,female,5,1\nA,female,10,1\nA,male,0,1\nA,male,5,1\n"
      "A,male,10,1\nB,female,0,1\nB,female,5,1\nB,female,10,1\nB,male,0,1\nB,male,5,1\nB,male,"
      "10,1\n");
  const test::Projected run(scenario(
      "seed = { file = \"seed.csv\", basis = \"observed\", age_definition = \"end_of_year\" }\n"));
  EXPECT_GT(run.at("persons", 2010, {"A", "female", 0}), run.at("persons", 2010, {"A", "male", 0}));
}

TEST_F(BaseFromMargins, EventsTakeTheWholePeopleOfTheEstimate) {
  folder.write("totals.csv", "area,persons\nA,119\nB,61\nC,42\n");
  EXPECT_NO_THROW(ScenarioRun(scenario(""), {"uncertainty.events=true", "draws=2"}));
  EXPECT_HAS(test::error_of(
                 Fault::input,
                 [&] { ScenarioRun(scenario("whole = false\n"), {"uncertainty.events=true"}); }),
             "whole people need a base of whole people");
}

TEST_F(BaseFromMargins, ContradictionsAreNamed) {
  folder.write("totals.csv", "area,persons\nA,121\nB,60\nC,42\n");
  const std::string error = refusal(Fault::input, "");
  EXPECT_HAS(error,
             "population.margins.county: the margins contradict each other: the totals of A, "
             "B sum to 181, and their people by sex and age to 180");
}

TEST_F(BaseFromMargins, TheCheckSaysHowWrongTheMethodIs) {
  // A and B are alike in the estimate; in truth A has 10 more girls aged 0-4 and 10 fewer aged 5-9.
  folder.write(
      "check.csv",
      "area,sex,age,persons\nA,female,0,30\nA,female,5,10\nA,female,10,20\nA,male,0,20\nA,male,"
      "5,20\nA,male,10,20\nB,female,0,0\nB,female,5,20\nB,female,10,10\nB,male,0,10\nB,male,5,"
      "10\nB,male,10,10\n");
  const test::Projected run(scenario(table("check") + "check_groups = [\"0-4\", \"5+\"]\n"));
  // Estimated are 20 of each sex and age in A, 10 in B: of 50 aged 0-4 in A 40, of 10 in B 20.
  EXPECT_NEAR(estimate(run, "check_error")[0], 100.0 * 10.0 / 50.0, 1e-9);
  EXPECT_NEAR(estimate(run, "check_error")[2], 100.0, 1e-9);
  EXPECT_NEAR(estimate(run, "check_mean_error")[0], (20.0 + 100.0) / 2.0, 1e-9);
  EXPECT_NEAR(estimate(run, "check_misplaced")[0], 10.0 / 120.0, 1e-9);
}

TEST_F(BaseFromMargins, ParametersOfMarginsWithoutThemAreErrors) {
  EXPECT_HAS(refusal(Fault::scenario, "age_groups = [\"0-9\", \"10+\"]\n"),
             "population.margins.age_groups: it is given, but nothing in this scenario reads it");
  EXPECT_HAS(refusal(Fault::scenario, "check_groups = [\"0+\"]\n"),
             "population.margins.check_groups");
}

TEST_F(BaseFromMargins, AgeGroupsAreBlamedWhereTheyStand) {
  const std::string error =
      refusal(Fault::scenario,
              "broad_ages = { file = \"broad.csv\", value = \"persons\", basis = \"observed\" }\n"
              "age_groups = [\"0-4\", \"10+\"]\n");
  EXPECT_HAS(error, "population.margins.age_groups: '10+' begins at 10");
}

TEST_F(BaseFromMargins, TheTableFormNeedsItsTable) {
  const std::string error = test::error_of(
      Fault::scenario, [&] { ScenarioRun(scenario(""), {"population.base_form=table"}); });
  EXPECT_HAS(error, "population.base: the scenario does not give it");
}

/// The 12 municipalities of Örebro county on 31 December 2015, from real margins.
class OrebroMargins : public ::testing::Test {
 protected:
  std::string scenario(const std::string& more) const {
    const std::string data = test::project_file("scenarios/sweden/data/");
    const auto table = [&](const std::string& name, const std::string& file,
                           const std::string& rest = "") {
      return fmt::format("{} = {{ file = \"{}{}.csv\", value = \"persons\"{} }}\n", name, data,
                         file, rest);
    };
    return folder.write(
        "s.toml",
        fmt::format("format = 1\ntitle = \"t\"\n[projection]\nbase_year = 2015\nend_year = 2016\n"
                    "[areas]\ntable = {{ file = \"{}municipalities.csv\" }}\ncodes = [\"1880\", "
                    "\"1883\", \"1885\", \"1881\", \"1861\", \"1882\", \"1862\", \"1884\", "
                    "\"1814\", \"1863\", \"1860\", \"1864\"]\nrest = \"Rest of Sweden\"\n",
                    data) +
            "[population]\nbase_form = \"margins\"\n[population.mortality]\nrates = 0.0\n"
            "[population.fertility]\nrates = 0.0\n[population.margins]\n" +
            table("county", "population_county") + table("totals", "population_municipality") +
            table("check", "population_municipality_2019", ", where = { year = \"2019\" }") +
            (more == "broad" ? table("broad_ages", "broad_ages_orebro") : ""));
  }
  static std::vector<double> estimate(const test::Projected& run, const std::string& name) {
    for (const Estimate& one : run.outcome().estimates) {
      if (one.name == "base/" + name) return one.values;
    }
    return {};
  }
  test::Folder folder;
};

TEST_F(OrebroMargins, AreMetToThePerson) {
  const test::Projected run(scenario("broad"));
  const auto people = [&](const std::string& area, int from, int to) {
    double sum = 0.0;
    for (const std::string sex : {"female", "male"}) {
      for (int age = from; age < to; ++age) sum += run.at("persons", 2015, {area, sex, age});
    }
    return sum;
  };
  EXPECT_EQ(people("1880", 0, 101), 144200.0);  // Statistics Sweden, BE0101N1
  EXPECT_EQ(run.total("persons", 2015), 9851017.0);
}

/// What models/population/README.md says: mean absolute errors in per cent of the 12 municipalities
/// in 2019, at 0-19, 20-39, 40-64, 65-79 and 80+.
TEST_F(OrebroMargins, AreAsWrongIn2019AsTheReadmeSays) {
  const auto expect = [&](const std::string& more, const std::vector<double>& published) {
    const std::vector<double> found = estimate(test::Projected(scenario(more)), "check_mean_error");
    ASSERT_EQ(found.size(), published.size());
    for (std::size_t group = 0; group < found.size(); ++group) {
      EXPECT_NEAR(found[group], published[group], 0.005) << more << ' ' << group;
    }
  };
  expect("", {9.47, 22.54, 4.24, 17.02, 18.52});
  expect("broad", {0.0, 14.90, 9.84, 1.95, 5.67});
}

}  // namespace
}  // namespace kohort::population
