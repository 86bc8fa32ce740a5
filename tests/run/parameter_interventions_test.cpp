// Interventions on parameters of the catalogue in whole runs: each comes to what the same scenario
// comes to with its numbers or tables edited by hand.
#include <algorithm>
#include <array>
#include <cmath>
#include <functional>
#include <numeric>
#include <random>
#include <set>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "engine/base/file.hpp"
#include "engine/model/intervention.hpp"
#include "engine/run/scenario_run.hpp"
#include "engine/store/reader.hpp"
#include "tests/support/draws.hpp"
#include "tests/support/expect_error.hpp"
#include "tests/support/folder.hpp"
#include "tests/support/program.hpp"

namespace kohort {
namespace {

/// Two areas with elder care and a need of welfare, from 2000 to 2004.
class InterventionsOnParameters : public ::testing::Test {
 protected:
  std::string scenario(const std::string& name, const std::string& more) const {
    return folder_.write(name + ".toml", "format = 1\nextends = \"" +
                                             test::project_file("tests/scenario/broken/base/"
                                                                "care.toml") +
                                             "\"\n" + more);
  }
  static std::string intervention(const std::string& on, const std::string& fields) {
    return "[[intervention]]\nname = \"x\"\non = \"" + on + "\"\n" + fields;
  }

  /// All that a scenario comes to.
  static std::vector<Recorded> outcome(const std::string& file,
                                       const std::vector<std::string>& overrides = {}) {
    return ScenarioRun(file, overrides).project().recorded;
  }

  static void expect_same(const std::vector<Recorded>& one, const std::vector<Recorded>& other) {
    ASSERT_EQ(one.size(), other.size());
    for (std::size_t at = 0; at < one.size(); ++at) {
      ASSERT_EQ(one[at].values.size(), other[at].values.size());
      for (std::size_t cell = 0; cell < one[at].values.size(); ++cell) {
        const double expected = other[at].values[cell];
        ASSERT_NEAR(one[at].values[cell], expected, 1e-10 * (1.0 + std::abs(expected)))
            << one[at].variable.name << " " << cell;
      }
    }
  }

  /// An intervention comes to what the same scenario comes to with other values.
  void expect_like(const std::string& intervention, const std::vector<std::string>& edited) const {
    const std::string plain = scenario("plain", "");
    const auto changed = outcome(scenario("changed", intervention));
    expect_same(changed, outcome(plain, edited));
    bool differs = false;
    const auto unchanged = outcome(plain);
    for (std::size_t at = 0; at < changed.size(); ++at) {
      differs = differs || changed[at].values != unchanged[at].values;
    }
    EXPECT_TRUE(differs) << intervention;
  }

  std::string refused(const std::string& more) const {
    return test::error_of(Fault::scenario, [&] { ScenarioRun run(scenario("refused", more), {}); });
  }

  /// Death probabilities of every cell, as a function has them.
  using RateOf =
      std::function<double(int year, const std::string& area, const std::string& sex, int age)>;
  std::string table(const std::string& name, const RateOf& rate) const {
    std::string text = "year,area,sex,age,value\n";
    for (int year = 2001; year <= 2004; ++year) {
      for (const std::string area : {"a", "b"}) {
        for (const std::string sex : {"female", "male"}) {
          for (int age = 0; age <= 100; ++age) {
            text +=
                fmt::format("{},{},{},{},{}\n", year, area, sex, age, rate(year, area, sex, age));
          }
        }
      }
    }
    folder_.write(name + ".csv", text);
    return "population.mortality.rates = { file = \"" + folder_.name(name + ".csv") +
           "\", basis = \"assumed\", age_definition = \"end_of_year\" }\n";
  }

  const test::Folder folder_;
};

TEST_F(InterventionsOnParameters, DoWhatEditingANumberDoes) {
  expect_like(intervention("welfare.need.rate", "factor = 1.5\n"),
              {"welfare.need[support].rate=0.015"});
  expect_like(intervention("population.mortality.rates", "shift = 0.01\n"),
              {"population.mortality.rates=0.07"});
  expect_like(intervention("care.service.price", "of = [\"places\"]\nfactor = 1.1\n"),
              {"care.service[places].price=770000.0"});
  // What is reached by half: 1 + (0.5 - 1) / 2; factors multiply, then shifts add.
  expect_like(intervention("population.domestic.leaving", "shift = 0.01\n") +
                  "[[intervention]]\nname = \"y\"\non = \"population.domestic.leaving\"\n"
                  "factor = 0.5\nreach = 0.5\n",
              {"population.domestic.leaving=0.0325"});
}

TEST_F(InterventionsOnParameters, MakeATableByYearOfANumber) {
  const auto rate = [](int year, const std::string&, const std::string&, int) {
    return 0.06 * std::array{1.0, 0.75, 0.5, 1.0}.at(static_cast<std::size_t>(year - 2001));
  };
  const auto by_hand = outcome(scenario("edited", table("rates", rate)));
  const std::string block = intervention("population.mortality.rates",
                                         "factor = 0.5\nfrom = 2002\nto = 2003\nphase_in = 2\n");
  expect_same(outcome(scenario("changed", block)), by_hand);
  // The same course as a table; the factor by --set.
  folder_.write("course.csv", "year,value\n2001,0\n2002,0.5\n2003,1\n2004,0\n");
  const std::string course = intervention("population.mortality.rates",
                                          "factor = 0.9\ncourse = { file = \"course.csv\", basis = "
                                          "\"assumed\" }\n");
  expect_same(outcome(scenario("course", course), {"intervention[x].factor=0.5"}), by_hand);
}

/// Whatever it is about, a table that was edited cell by cell comes to the same.
TEST_F(InterventionsOnParameters, DoWhatEditingATableDoesInTheCellsThatTheyAreAbout) {
  const RateOf before = [](int year, const std::string& area, const std::string& sex, int age) {
    return age < 10 ? 0.0
                    : 0.02 + 0.001 * (year - 2000) + (area == "a" ? 0.01 : 0.0) +
                          (sex == "male" ? 0.005 : 0.0) + 0.0001 * age;
  };
  std::mt19937 numbers(5);
  const auto one_of = [&](const std::vector<std::string>& words) {
    return words[numbers() % words.size()];
  };
  for (int trial = 0; trial < 4; ++trial) {
    const std::string area = one_of({"", "a", "b", "both_of_them"});
    const std::string sex = one_of({"", "female", "male"});
    const int first_age = static_cast<int>(numbers() % 80);
    const int last_age = first_age + static_cast<int>(numbers() % 9);
    const int from = 2001 + static_cast<int>(numbers() % 4);
    const int phase_in = 1 + static_cast<int>(numbers() % 3);
    const bool shift = numbers() % 2 == 1;
    std::string fields = shift ? "shift = 0.03\n" : "factor = 0.4\n";
    if (!area.empty()) fields += "areas = [\"" + area + "\"]\n";
    if (!sex.empty()) fields += "sexes = [\"" + sex + "\"]\n";
    // Some of them are about no age below 10 alone, at which nobody dies.
    fields += fmt::format("ages = \"{}-{}\"\nfrom = {}\nphase_in = {}\n", first_age, last_age + 10,
                          from, phase_in);
    const RateOf after = [&](int year, const std::string& of, const std::string& who, int age) {
      const double rate = before(year, of, who, age);
      const bool meant = (area.empty() || area == "both_of_them" || area == of) &&
                         (sex.empty() || sex == who) && age >= first_age && age <= last_age + 10 &&
                         year >= from && rate != 0.0;
      if (!meant) return rate;
      const double part = std::min(1.0, (year - from + 1.0) / phase_in);
      return shift ? rate + 0.03 * part : rate * (1.0 + (0.4 - 1.0) * part);
    };
    SCOPED_TRACE(fields);
    expect_same(
        outcome(scenario("changed", table("before", before) +
                                        intervention("population.mortality.rates", fields))),
        outcome(scenario("edited", table("after", after))));
  }
}

TEST_F(InterventionsOnParameters, GiveATableWithoutYearsTheYearsThatTheyAreAbout) {
  const std::string places =
      "[[care.service]]\nname = \"places\"\nunit = \"places\"\n"
      "states = [\"housing\"]\nprice = 7.0\nplaces = { file = \"";
  folder_.write("places.csv", "area,value\na,4\nb,2\n");
  folder_.write("edited.csv",
                "year,area,value\n2000,a,4\n2001,a,4\n2002,a,4\n2003,a,2\n2004,a,2\n"
                "2000,b,2\n2001,b,2\n2002,b,2\n2003,b,2\n2004,b,2\n");
  const std::string end = "\", basis = \"assumed\" }\n";
  const std::string block = intervention(
      "care.service.places", "of = [\"places\"]\nareas = [\"a\"]\nfactor = 0.5\nfrom = 2003\n");
  expect_same(outcome(scenario("changed", places + "places.csv" + end + block)),
              outcome(scenario("edited", places + "edited.csv" + end)));
}

TEST_F(InterventionsOnParameters, AreRefusedWhereTheyWouldDoNothing) {
  EXPECT_HAS(refused(intervention("population.fertility.rates", "factor = 2.0\n")),
             "all figures of 'population.fertility.rates' that it is about are 0, and stay 0");
  EXPECT_HAS(refused(intervention("history.shrinkage", "factor = 2.0\n")),
             "nothing in this scenario reads 'history.shrinkage'");
  EXPECT_HAS(refused(intervention("workforce.commuting", "factor = 2.0\n")),
             "the scenario does not give 'workforce.commuting'");
}

TEST_F(InterventionsOnParameters, StandInTheResultWithWhatTheyAreWorth) {
  const std::string block = intervention("population.mortality.rates", "factor = 0.9\n");
  scenario("changed", block);
  const test::Ran ran =
      test::kohort({"run", "changed.toml", "-o", "result.h5"}, folder_.path().string());
  ASSERT_EQ(ran.exit_code, 0) << ran.err;
  const store::Reader result(folder_.name("result.h5"));
  EXPECT_EQ(result.text("interventions"),
            R"([{"name":"x","on":"population.mortality.rates","factor":0.9,"se":0.0,)"
            R"("grade":"assumed","evidence":""}])");
  // The scenario in the result is what was written: run again, it is changed once.
  EXPECT_HAS(*result.text("scenario"), "rates = 0.06  #");
  const ScenarioRun run(folder_.name("changed.toml"), {});
  EXPECT_EQ(basis_of_interventions(run.settings(), {"population", "care"}), Basis::assumed);
  EXPECT_EQ(basis_of_interventions(run.settings(), {"welfare"}), Basis::observed);
  scenario("plain", "");
  const test::Ran diff =
      test::kohort({"diff", "plain.toml", "changed.toml"}, folder_.path().string());
  EXPECT_HAS(diff.out, "on = \"population.mortality.rates\"");
}

/// On the price of a service, which nothing but its cost follows from, and on deaths.
class DrawnInterventionsOnParameters : public InterventionsOnParameters {
 protected:
  static std::string price(const std::string& se, const std::string& name = "x") {
    return "[[intervention]]\nname = \"" + name +
           "\"\non = \"care.service.price\"\nof = [\"places\"]\nfactor = 1.2\nse = " + se +
           "\nevidence = \"tenders\"\ngrade = \"low\"\n";
  }
  static std::string deaths(const std::string& se) {
    return "[[intervention]]\nname = \"deaths\"\non = \"population.mortality.rates\"\n"
           "factor = 0.8\nse = " +
           se + "\nevidence = \"trial\"\n";
  }

  struct Ran {
    ScenarioRun run;
    Outcome outcome;

    const Recorded& recorded(const std::string& name, const std::string& kind = "") const {
      return *std::find_if(outcome.recorded.begin(), outcome.recorded.end(), [&](const auto& one) {
        return one.variable.name == name && one.variable.category.label == kind;
      });
    }
    std::vector<double> cost() const {
      return test::last_year(run, recorded("care/cost", "places"));
    }
    std::vector<double> persons() const {
      return test::last_year(run, recorded("population/persons"));
    }
  };

  Ran drawn(const std::string& more, std::vector<std::string> overrides) const {
    overrides.insert(overrides.end(),
                     {"uncertainty.paths=true", "output.draws=true",
                      "output.quantiles_of=[\"population/persons\", \"care/cost\"]"});
    ScenarioRun run(scenario("drawn", more), overrides);
    Outcome outcome = run.project();
    return {std::move(run), std::move(outcome)};
  }

  std::string bytes(ScenarioRun& run, std::size_t threads) const {
    run.use_threads(threads);
    const std::string file = folder_.name("bytes.h5");
    run.write(run.project(), file);
    return read_file(file).text.value_or("");
  }
};

TEST_F(DrawnInterventionsOnParameters, HaveTheSpreadOfTheEvidenceInWhatTheyActOn) {
  const std::vector<double> sure = drawn(price("1e-9"), {"draws=256"}).cost();
  const std::vector<double> unsure = drawn(price("0.3"), {"draws=256"}).cost();
  EXPECT_LT(test::sd_of(sure) / sure[0], 1e-6);
  EXPECT_NEAR(test::mean_of(unsure) / sure[0], 1.0, 0.06);
  EXPECT_NEAR(test::sd_of(unsure) / sure[0], 0.3 / 1.2, 0.1);
}

TEST_F(DrawnInterventionsOnParameters, AreAsExpectedWhereTheyAreNearlyCertain) {
  const auto expected = outcome(scenario("certain", price("0.0") + deaths("0.0")));
  const auto unsure = outcome(scenario("unsure", price("1e-9") + deaths("1e-9")),
                              {"uncertainty.paths=true", "draws=40"});
  ASSERT_EQ(expected.size(), unsure.size());
  for (std::size_t at = 0; at < expected.size(); ++at) {
    for (std::size_t cell = 0; cell < expected[at].values.size(); ++cell) {
      const double value = expected[at].values[cell];
      ASSERT_NEAR(unsure[at].values[cell], value, 1e-7 * (1.0 + std::abs(value)));
    }
  }
  // Without paths there is what is expected.
  expect_same(outcome(scenario("unsure", price("0.3") + deaths("0.2"))), expected);
}

TEST_F(DrawnInterventionsOnParameters, HaveOneValueForSixteenDrawsAndSixteenInAll) {
  const std::vector<double> costs = drawn(price("0.3"), {"draws=272"}).cost();
  ASSERT_EQ(costs.size(), 272U);
  EXPECT_EQ(std::set<double>(costs.begin(), costs.end()).size(), 16U);
  for (std::size_t draw = 0; draw < 256; ++draw) EXPECT_EQ(costs[draw], costs[draw / 16 * 16]);
  for (std::size_t draw = 256; draw < 272; ++draw) EXPECT_EQ(costs[draw], costs[draw - 256]);
}

TEST_F(DrawnInterventionsOnParameters, HaveTheSameDrawsInEveryEnsemble) {
  const std::string all = price("0.3") + deaths("0.1");
  const std::vector<std::string> events{"uncertainty.events=true"};
  const Ran many = drawn(all, {"uncertainty.events=true", "draws=60"});
  const Ran some = drawn(all, {"uncertainty.events=true", "draws=40", "first_draw=13"});
  for (std::size_t draw = 0; draw < 40; ++draw) {
    EXPECT_EQ(some.cost()[draw], many.cost()[draw + 13]) << draw;
    EXPECT_EQ(some.persons()[draw], many.persons()[draw + 13]) << draw;
  }
  const ScenarioRun alone(scenario("drawn", all),
                          {"uncertainty.events=true", "uncertainty.paths=true", "first_draw=37"});
  const std::vector<Recorded> recorded = alone.project().recorded;
  const Recorded& persons = many.recorded("population/persons");
  const std::size_t size = persons.values.size();
  for (std::size_t at = 0; at < size; ++at) {
    ASSERT_EQ(persons.draws[37 * size + at], static_cast<float>(recorded[0].values[at]));
  }
}

TEST_F(DrawnInterventionsOnParameters, LeaveTheLuckOfEverythingElseAsItIs) {
  const std::string lever =
      "[[intervention]]\nname = \"l\"\non = \"welfare.rate\"\nfactor = 0.9\nse = 0.1\n"
      "evidence = \"trial\"\n";
  const std::vector<std::string> chance{"uncertainty.events=true", "draws=40"};
  const Ran without = drawn(lever + deaths("0.1"), chance);
  const Ran with = drawn(lever + deaths("0.1") + price("0.3"), chance);
  EXPECT_EQ(with.persons(), without.persons());
  for (std::size_t at = 0; at < without.outcome.recorded.size(); ++at) {
    const Recorded& one = without.outcome.recorded[at];
    if (one.variable.name.starts_with("care/cost")) continue;
    EXPECT_EQ(with.outcome.recorded[at].values, one.values) << one.variable.name;
  }
  EXPECT_NE(with.cost(), without.cost());
  // And beside another that is uncertain it has the luck that it has alone.
  const std::vector<double> alone = drawn(price("0.3"), {"draws=40"}).cost();
  const std::vector<double> other = drawn(price("0.2", "y"), {"draws=40"}).cost();
  const std::vector<double> both = drawn(price("0.3") + price("0.2", "y"), {"draws=40"}).cost();
  const std::vector<double> none = drawn(price("1e-9"), {"draws=40"}).cost();
  for (std::size_t draw = 0; draw < 40; ++draw) {
    EXPECT_NEAR(both[draw] * none[draw] / (1.2 * alone[draw] * other[draw]), 1.0, 1e-6);
  }
}

TEST_F(DrawnInterventionsOnParameters, MakeTheSameBytesOnAnyNumberOfThreads) {
  const std::vector<std::string> chance{"uncertainty.paths=true", "uncertainty.events=true",
                                        "uncertainty.apart=true", "draws=70"};
  ScenarioRun run(scenario("threads", price("0.3") + deaths("0.1")), chance);
  const std::string one = bytes(run, 1);
  EXPECT_FALSE(one.empty());
  EXPECT_TRUE(bytes(run, 2) == one);
}

TEST_F(DrawnInterventionsOnParameters, SpreadFromAreaToArea) {
  const auto rate = [](int, const std::string&, const std::string&, int) { return 0.06; };
  const std::string spread =
      table("rates", rate) +
      intervention("population.mortality.rates",
                   "factor = 0.2\nspread = \"logistic\"\nphase_in = 3\ntake_part = 0.7\n");
  const auto expected = outcome(scenario("expected", spread));
  const std::vector<double> persons = drawn(spread, {"draws=256"}).persons();
  const std::vector<double>& all = expected[0].values;
  const double last =
      std::accumulate(all.end() - static_cast<std::ptrdiff_t>(all.size() / 5), all.end(), 0.0);
  EXPECT_NEAR(test::mean_of(persons) / last, 1.0, 0.01);
  // Of two areas none, one or both have taken it up, earlier or later.
  EXPECT_GT(std::set<double>(persons.begin(), persons.end()).size(), 4U);
  EXPECT_GT(test::sd_of(persons) / last, 0.02);
}

TEST_F(DrawnInterventionsOnParameters, AreToldOfInTheResultAndThePlan) {
  scenario("drawn", price("0.3"));
  const std::string folder = folder_.path().string();
  const std::vector<std::string> run{"run", "drawn.toml", "--draws",
                                     "40",  "--set",      "uncertainty.paths=true"};
  std::vector<std::string> dry = run;
  dry.emplace_back("--dry-run");
  EXPECT_HAS(test::kohort(dry, folder).out, "drawn as 3 value(s)");
  std::vector<std::string> written = run;
  written.insert(written.end(), {"-o", "result.h5"});
  const test::Ran ran = test::kohort(written, folder);
  ASSERT_EQ(ran.exit_code, 0) << ran.err;
  EXPECT_HAS(*store::Reader(folder_.name("result.h5")).text("interventions"),
             R"("factor":1.2,"se":0.3,"drawn_values":3,"grade":"low")");
  EXPECT_HAS(test::kohort({"info", "result.h5"}, folder).out,
             "factor 1.2 (standard error 0.3), drawn as 3 value(s)");
}

TEST_F(DrawnInterventionsOnParameters, AreRefusedWhereADrawGoesTooFar) {
  const std::string most =
      intervention("welfare.need.rate", "shift = 0.9\nse = 0.05\nevidence = \"survey\"\n");
  ScenarioRun(scenario("expected", most), {});
  const std::string said = test::error_of(Fault::scenario, [&] {
    ScenarioRun run(scenario("refused", most), {"uncertainty.paths=true", "draws=256"});
  });
  EXPECT_HAS(said, "intervention.shift: 'welfare.need.rate' would become 1.0");
  EXPECT_HAS(said, "and must be a number from 0 to 1, in draws with 'x' at 0.9");
  EXPECT_HAS(said, "choose an effect nearer to none, or give a smaller se, or a linear spread");
}

}  // namespace
}  // namespace kohort
