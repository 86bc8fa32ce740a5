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
  // By a year on, half of a year's trend, in the population of the base year.
  const auto& reached = run.run().frame();
  const auto& base = run.recorded("population/persons").values;
  const auto& persons = run.recorded("population/persons").values;
  const auto& housed = run.recorded("care/persons", "housing").values;
  double users = 0.0;
  double people = 0.0;
  const std::size_t year = base.size() / 2;
  for (std::size_t at = 0; at < year; ++at) {
    if (at % reached.ages() < 80 || persons[year + at] == 0.0) continue;
    users += base[at] * housed[year + at] / persons[year + at];
    people += base[at];
  }
  EXPECT_NEAR(users / people, 0.11 * std::exp(0.5 * slope), 1e-9);
  const CareRun flat(village.file(), {"care.trend=none", "care.method=prevalence"});
  EXPECT_EQ(flat.estimate("care/calibration/trend").values[1], 0.0);
  EXPECT_LT(run.people("housing", 2001), flat.people("housing", 2001));
}

/// People in care of an age at the end of a year, both sexes and all areas.
double in_care(const CareRun& run, int year, int age) {
  const auto at = [&](const std::string& state) {
    return run.people(state, year, age) - run.people(state, year, age + 1);
  };
  return at("light") + at("heavy") + at("housing");
}

TEST(Care, WithoutOnsetNobodyEntersANeedState) {
  Village village;
  village.set("population.domestic.leaving", "0.0")
      .set("population.emigration.rates", "0.0")
      .set("population.mortality.rates", "0.0");
  const CareRun usual(village.file());
  village.add("[[care.lever]]\non = \"onset\"\nfactor = 0.0");
  const CareRun run(village.file());
  const auto& transitions = run.estimate("care/calibration/transitions").values;
  for (std::size_t cell = 0; cell < transitions.size(); cell += states.size() * states.size()) {
    for (std::size_t to = 1; to < states.size(); ++to) ASSERT_EQ(transitions[cell + to], 0.0);
  }
  // Nobody dies and nobody moves: those in care at an age were in care a year before.
  bool grows = false;
  for (int year = 2001; year <= 2004; ++year) {
    for (int age = 66; age < 99; ++age) {
      EXPECT_LE(in_care(run, year, age), in_care(run, year - 1, age - 1) + 1e-9) << year << age;
      grows = grows || in_care(usual, year, age) > in_care(usual, year - 1, age - 1) + 1.0;
    }
  }
  EXPECT_TRUE(grows);  // with onset more are in care at a higher age
}

TEST(Care, ALeverThatTakesMoreThanThereIsIsNamed) {
  Village village;
  village.add("[[care.lever]]\non = \"onset\"\nfactor = 0.9");
  village.add("[[care.lever]]\non = \"last_state\"\nfactor = 8.0");
  const std::string error = test::error_of(Fault::scenario, [&] { CareRun(village.file()); });
  EXPECT_NE(error.find("care.lever.factor: with 8 times the chances of 'last_state' more than all "
                       "would leave a state of care"),
            std::string::npos)
      << error;
}

TEST(Care, LeversOnChangesOfStateNeedThem) {
  for (const std::string on : {"onset", "worsening", "recovery", "last_state"}) {
    Village village;
    village.set("care.method", "\"prevalence\"");
    village.add("[[care.lever]]\non = \"" + on + "\"\nfactor = 0.9");
    const std::string error = test::error_of(Fault::scenario, [&] { CareRun(village.file()); });
    EXPECT_NE(error.find("care.lever.on: '" + on + "' is about changes of state"),
              std::string::npos)
        << error;
  }
}

TEST(Care, LeversAtAgesWithoutCareAreErrors) {
  Village village;
  village.add("[[care.lever]]\non = \"onset\"\nfactor = 0.9\nages = \"50-65\"");
  const std::string error = test::error_of(Fault::scenario, [&] { CareRun(village.file()); });
  EXPECT_NE(error.find("care.lever.ages: at '50-65' there is nothing that it works on; name ages "
                       "of 66 and above"),
            std::string::npos)
      << error;
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
  // Lists of numbers in words, and choices, that say how something is reckoned.
  const bool list = std::holds_alternative<std::vector<std::string>>(parameter.fallback) &&
                    !std::get<std::vector<std::string>>(parameter.fallback).empty();
  const bool choice = !parameter.choices.empty() &&
                      std::holds_alternative<std::string>(parameter.fallback) &&
                      std::get<std::string>(parameter.fallback) != "none";
  EXPECT_FALSE((number || list || choice) && parameter.source.empty()) << parameter.name;
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

TEST(Care, WrongFiguresOfSurvivalAndThePriorAreErrors) {
  const auto error_with = [](const std::string& parameter, const std::string& value) {
    Village village;
    village.write_table("alive.csv",
                        "sex,month,value\nfemale,5,0.8\nfemale,20,0.6\nmale,5,0.8\nmale,20,0.6\n");
    village.write_table("zeros.csv",
                        "from,to,value\nnone,none,1\nlight,light,1\nhousing,housing,1\n");
    village.set("care.survival", "{ file = \"alive.csv\", basis = \"assumed\" }")
        .set(parameter, value);
    return test::error_of(Fault::scenario, [&] { CareRun(village.file()); });
  };
  EXPECT_NE(error_with("care.survival_age", "60").find("care.survival_age: found 60"),
            std::string::npos);
  EXPECT_NE(error_with("care.survival_months", "[\"5\", \"20th\"]")
                .find("care.survival_months: '20th' is no number of months"),
            std::string::npos);
  const std::string zeros =
      error_with("care.prior", "{ file = \"zeros.csv\", basis = \"assumed\", missing = \"zero\" }");
  EXPECT_NE(zeros.find("zeros.csv no state can follow 'heavy'"), std::string::npos) << zeros;
}

TEST(Care, ATrendNeedsTwoYears) {
  Village village;
  village.set("care.trend_first_year", "2000");
  const std::string error = test::error_of(Fault::input, [&] { CareRun(village.file()); });
  EXPECT_NE(error.find("fewer than two years"), std::string::npos) << error;
}

}  // namespace
}  // namespace kohort
