// Care as a scenario asks for it: what goes in comes out, and nothing is lost on the way.
#include <cmath>
#include <numeric>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "engine/run/parameters.hpp"
#include "tests/care/village.hpp"
#include "tests/support/expect_error.hpp"

namespace kohort {
namespace {

using test::CareRun;
using test::Village;

const std::vector<std::string> states{"none", "light", "heavy", "housing"};

double sum_of(const CareRun& run, int year, int from_age = 65) {
  double sum = 0.0;
  for (const std::string& state : states) sum += run.people(state, year, from_age);
  return sum;
}

/// The largest distance between the sum of the states and the people of a cell.
double largest_gap(const CareRun& run, bool draws) {
  const Recorded& people = run.recorded("population/persons");
  const auto figures = [&](const Recorded& one, std::size_t at) {
    return draws ? static_cast<double>(one.draws[at]) : one.values[at];
  };
  const std::size_t count = draws ? people.draws.size() : people.values.size();
  double gap = 0.0;
  for (std::size_t at = 0; at < count; ++at) {
    if (at % run.run().frame().ages() < 65) continue;
    double sum = 0.0;
    for (const std::string& state : states) sum += figures(run.recorded("care/persons", state), at);
    gap = std::max(gap, std::abs(sum - figures(people, at)));
  }
  return gap;
}

std::vector<std::string> in_draws(int draws, bool paths) {
  return {"draws=" + std::to_string(draws), "uncertainty.events=true",
          std::string("uncertainty.paths=") + (paths ? "true" : "false"), "output.draws=true",
          "output.quantiles_of=[\"population/persons\", \"care/persons\"]"};
}

TEST(Care, StatesSumToThePeople) {
  const Village village;
  EXPECT_LT(largest_gap(CareRun(village.file()), false), 1e-9);
}

TEST(Care, StatesSumToThePeopleOfEveryDraw) {
  const Village village;
  EXPECT_EQ(largest_gap(CareRun(village.file(), in_draws(20, false)), true), 0.0);
}

RC_GTEST_PROP(Care, StatesSumToThePeopleWhateverHappens, ()) {
  const auto rate = [](int most) { return std::to_string(*rc::gen::inRange(0, most) / 1000.0); };
  Village village;
  village.set("population.mortality.rates", rate(400))
      .set("population.domestic.leaving", rate(300))
      .set("population.emigration.rates", rate(200))
      .set("seed", std::to_string(*rc::gen::inRange(0, 1000)))
      .set("care.method", *rc::gen::element<std::string>("\"multistate\"", "\"prevalence\""));
  RC_ASSERT(largest_gap(CareRun(village.file(), in_draws(3, false)), true) == 0.0);
  RC_ASSERT(largest_gap(CareRun(village.file()), false) < 1e-9);
}

TEST(Care, LeavesThePopulationAsItIs) {
  Village village;
  const CareRun with(village.file(), in_draws(5, false));
  const CareRun without(village.file(), {"care.method=none", "draws=5", "uncertainty.events=true"});
  EXPECT_EQ(with.recorded("population/persons").values,
            without.recorded("population/persons").values);
}

TEST(Care, MeetsTheNationsSharesInTheBaseYear) {
  const Village village;
  const CareRun run(village.file());
  const double home = run.people("light", 2000, 80) + run.people("heavy", 2000, 80);
  EXPECT_NEAR(home / sum_of(run, 2000, 80), 0.20, 1e-9);
  EXPECT_NEAR(run.people("housing", 2000, 80) / sum_of(run, 2000, 80), 0.11, 1e-9);
  EXPECT_NEAR(run.people("heavy", 2000) / (run.people("light", 2000) + run.people("heavy", 2000)),
              0.4, 1e-12);
}

// Without migration the shares by age and sex of the next year are those of the table.
TEST(Care, TransitionsLeadFromPrevalenceToPrevalence) {
  Village village;
  village.set("population.domestic.leaving", "0.0").set("population.emigration.rates", "0.0");
  const CareRun states_kept(village.file());
  const CareRun by_shares(village.file(), {"care.method=prevalence"});
  for (const std::string& state : states) {
    const auto& kept = states_kept.recorded("care/persons", state).values;
    const auto& shares = by_shares.recorded("care/persons", state).values;
    const std::size_t year = kept.size() / 5;
    for (std::size_t at = year; at < 2 * year; ++at) ASSERT_NEAR(kept[at], shares[at], 1e-8);
  }
}

TEST(Care, FollowsTheTrendOfThoseOf80AndOlder) {
  Village village;
  village.set("care.trend_damping", "0.5");
  const CareRun run(village.file(), {"care.method=prevalence", "projection.end_year=2001"});
  const double slope = run.estimate("care/calibration/trend").values[1];
  EXPECT_NEAR(slope, std::log(0.11 / 0.12) / 2.0, 0.001);
  const CareRun flat(village.file(), {"care.trend=none", "care.method=prevalence"});
  EXPECT_EQ(flat.estimate("care/calibration/trend").values[1], 0.0);
  EXPECT_LT(run.people("housing", 2001), flat.people("housing", 2001));
}

TEST(Care, MeetsTheAreasShares) {
  Village village;
  village.write_table("areas.csv",
                      "year,area,series,definition,value\n"
                      "1999,a,home_care,x,0.10\n2000,a,home_care,x,0.12\n"
                      "1999,a,special_housing,x,0.04\n2000,a,special_housing,x,0.06\n"
                      "1999,b,home_care,x,0.07\n2000,b,home_care,x,0.07\n"
                      "1999,b,special_housing,x,0.08\n2000,b,special_housing,x,0.10\n");
  village.set("care.area_shares", "{ file = \"areas.csv\", basis = \"assumed\" }")
      .set("care.area_definitions", "{ home_care = [\"x\"], special_housing = [\"x\"] }")
      .set("care.area_first_year", "1999")
      .set("care.area_last_year", "2000")
      .set("care.area_level", "\"share\"")
      .set("care.trend", "\"none\"");
  const CareRun run(village.file());
  const auto share = [&](const std::vector<std::string>& of, int area) {
    double users = 0.0;
    double all = 0.0;
    for (const std::string& state : of) users += run.people(state, 2000, 65, area);
    for (const std::string& state : states) all += run.people(state, 2000, 65, area);
    return users / all;
  };
  EXPECT_NEAR(share({"light", "heavy"}, 0), 0.11, 1e-9);
  EXPECT_NEAR(share({"light", "heavy"}, 1), 0.07, 1e-9);
  EXPECT_NEAR(share({"housing"}, 0), 0.05, 1e-9);
  EXPECT_NEAR(share({"housing"}, 1), 0.09, 1e-9);
  // Two definitions are joined only as ratios to the nation's share, which is missing here.
  village.set("care.area_level", "\"ratio\"");
  EXPECT_NE(test::error_of(Fault::input, [&] { CareRun(village.file()); }).find("no overlap"),
            std::string::npos);
}

TEST(Care, AMunicipalitysOwnUsersGoFirst) {
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
  EXPECT_NEAR(run.people("light", 2000, 65, 1) + run.people("heavy", 2000, 65, 1), 66.0, 1e-9);
  EXPECT_NEAR(run.people("housing", 2000, 80, 1), 28.0, 1e-9);
  EXPECT_EQ(run.people("housing", 2000, 65, 0), without.people("housing", 2000, 65, 0));
  village.write_table("own.csv", "area,series,sex,age,value\nb,home_care,female,65-79,20\n");
  const std::string error = test::error_of(Fault::input, [&] { CareRun(village.file()); });
  EXPECT_NE(error.find("area b has 1 of its 8 figures"), std::string::npos) << error;
}

TEST(Care, WithoutOnsetNobodyEntersANeedState) {
  Village village;
  village.set("population.domestic.leaving", "0.0").set("population.emigration.rates", "0.0");
  village.add("[[care.lever]]\non = \"onset\"\nfactor = 0.0");
  const CareRun run(village.file());
  // Those who were 66 or older stay in care, leave it or die; nobody joins them.
  for (int year = 2001; year <= 2004; ++year) {
    const double before = sum_of(run, year - 1, 65) - run.people("none", year - 1, 65);
    EXPECT_LT(sum_of(run, year, 66) - run.people("none", year, 66), before);
  }
  const CareRun usual(village.file(), {"care.method=prevalence"});
  EXPECT_LT(run.people("housing", 2004), usual.people("housing", 2004));
}

TEST(Care, ALeverComesIntoEffectByParts) {
  Village village;
  const auto housed = [&](const std::string& lever) {
    Village changed;
    if (!lever.empty()) changed.add("[[care.lever]]\non = \"last_state\"\n" + lever);
    return CareRun(changed.file()).people("housing", 2001);
  };
  const double none = housed("");
  const double all = housed("factor = 0.5");
  EXPECT_LT(all, none);
  EXPECT_NEAR(housed("factor = 0.5\nphase_in = 4"), none + 0.25 * (all - none), 1e-6);
  EXPECT_NEAR(housed("factor = 0.5\nreach = 0.5"), none + 0.5 * (all - none), 1e-6);
  EXPECT_EQ(housed("factor = 0.5\nfrom = 2002"), none);
  EXPECT_EQ(housed("factor = 0.5\nto = 2001\nreach = 0.0"), none);
}

TEST(Care, WhoIsSparedTheLastStateIsInTheOneBeforeIt) {
  Village village;
  village.set("population.domestic.leaving", "0.0").set("population.emigration.rates", "0.0");
  const CareRun usual(village.file());
  village.add("[[care.lever]]\non = \"last_state\"\nfactor = 0.5");
  const CareRun spared(village.file());
  EXPECT_NEAR(spared.people("heavy", 2001) + spared.people("housing", 2001),
              usual.people("heavy", 2001) + usual.people("housing", 2001), 1e-9);
}

TEST(Care, HealthyAgeingMovesNeedUpTheAges) {
  Village village;
  village.write_table("dying.csv", "year,value\n2001,0.06\n2002,0.05\n2003,0.04\n2004,0.03\n");
  village.set("population.mortality.rates", "{ file = \"dying.csv\", basis = \"assumed\" }")
      .set("care.trend", "\"none\"");
  const CareRun expansion(village.file());
  const CareRun equilibrium(village.file(), {"care.healthy_ageing=1.0"});
  EXPECT_EQ(expansion.people("housing", 2001), equilibrium.people("housing", 2001));
  EXPECT_LT(equilibrium.people("housing", 2004), 0.9 * expansion.people("housing", 2004));
}

TEST(Care, TheMeanOfTheDrawsIsNearTheExpectation) {
  const Village village;
  const CareRun expected(village.file());
  const CareRun drawn(village.file(), in_draws(200, false));
  // Of about 460 people in housing the draws' standard deviation is near 25, of their mean near 2.
  EXPECT_NEAR(drawn.people("housing", 2004), expected.people("housing", 2004), 7.0);
  EXPECT_NEAR(drawn.people("light", 2004), expected.people("light", 2004), 8.0);
}

void require_sources(const Parameter& parameter) {
  const auto* quantity = std::get_if<Quantity>(&parameter.fallback);
  const bool number = std::holds_alternative<double>(parameter.fallback) ||
                      std::holds_alternative<std::int64_t>(parameter.fallback) ||
                      (quantity != nullptr && quantity->number() != nullptr);
  EXPECT_FALSE(number && parameter.source.empty()) << parameter.name;
  for (const Parameter* field : parameter.fields) require_sources(*field);
}

TEST(Care, EveryDefaultHasASourceOrIsCalledAnAssumption) {
  const Catalogue catalogue = full_catalogue();
  for (const Section& section : catalogue.sections()) {
    if (!section.name.starts_with("care") && !section.name.starts_with("welfare")) continue;
    for (const Parameter* parameter : section.parameters) require_sources(*parameter);
  }
  Village village;
  const CareRun run(village.file());
  EXPECT_NE(run.run().resolved_scenario().find("trend_damping = 0.9  # default, an assumption"),
            std::string::npos);
}

TEST(Care, WrongStatesAreErrors) {
  Village village;
  village.add("[[care.state]]\nname = \"light\"\nseries = \"special_housing\"");
  const std::string error = test::error_of(Fault::scenario, [&] { CareRun(village.file()); });
  EXPECT_NE(error.find("care.state.name: a second 'light', or no name"), std::string::npos)
      << error;
}

TEST(Care, AgesThatPublishedSharesDoNotTellApartAreErrors) {
  Village village;
  village.set("care.first_age", "85");
  const std::string error = test::error_of(Fault::scenario, [&] { CareRun(village.file()); });
  EXPECT_NE(error.find("begin below 80"), std::string::npos) << error;
}

TEST(Care, MissingDefinitionsAreErrors) {
  Village village;
  village.set("care.national_definitions", "{ home_care = [\"count\"] }");
  const std::string error = test::error_of(Fault::scenario, [&] { CareRun(village.file()); });
  EXPECT_NE(error.find("there is none for 'special_housing'"), std::string::npos) << error;
}

TEST(Care, ATrendNeedsTwoYears) {
  Village village;
  village.set("care.trend_first_year", "2000");
  const std::string error = test::error_of(Fault::input, [&] { CareRun(village.file()); });
  EXPECT_NE(error.find("fewer than two years"), std::string::npos) << error;
}

}  // namespace
}  // namespace kohort
