// Interventions: how they come into effect, what draws make of them, and that the levers of models
// are the same thing.
#include "engine/model/intervention.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>

#include <gtest/gtest.h>

#include "engine/base/file.hpp"
#include "engine/model/drawn_levers.hpp"
#include "engine/scenario/read.hpp"
#include "engine/store/reader.hpp"
#include "tests/care/village.hpp"
#include "tests/support/draws.hpp"
#include "tests/support/expect_error.hpp"
#include "tests/support/folder.hpp"

namespace kohort {
namespace {

/// Areas numbered from 0, 2001 to 2030.
Frame frame_of(std::size_t areas) {
  Frame frame;
  frame.base_year = Year(2000);
  frame.intervals = 30;
  frame.open_age = 100;
  frame.sexes = {"female", "male"};
  for (std::size_t area = 0; area < areas; ++area) {
    frame.areas.push_back({std::to_string(area), "", false, ""});
  }
  return frame;
}

/// The one that the fields say, on the onset of care.
class Interventions : public ::testing::Test {
 protected:
  Effect effect(const std::string& fields, const Frame& frame) const {
    return blocks("on = \"care.onset\"\n" + fields, frame).at(0).effect;
  }

  std::vector<LeverBlock> blocks(const std::string& fields, const Frame& frame) const {
    Catalogue catalogue;
    catalogue.add_section("", "");
    catalogue.add_section("care", "");
    catalogue.add(parameters::interventions);
    catalogue.add(list_);
    const Settings settings = read_scenario(
        folder_.write("s.toml", "[[intervention]]\nname = \"x\"\n" + fields), {}, catalogue);
    Tables tables(std::nullopt);
    Mistakes mistakes;
    const LeverList list{"care", list_, on_, fields_, nullptr, {{"last", "give a factor"}}};
    auto found = lever_blocks({settings, frame, tables}, list, mistakes);
    mistakes.throw_if_any(Fault::scenario);
    return found;
  }

  static DrawBlock block(std::size_t draws) { return {0, draws, 7, true}; }

  /// What each draw makes of a rate, in an area: [draw].
  static std::vector<double> draws_of(const Effect& effect, const Frame& frame, double rate,
                                      std::size_t interval, std::size_t area = 0,
                                      const DrawBlock& draws = block(40000)) {
    DrawnLevers drawn({effect}, frame, draws);
    drawn.advance(Interval(interval));
    const RateChange expected = effect.at(Interval(interval), Sex(0), Age(70), Area(area));
    std::vector<double> rates(draws.count, expected.of(rate));
    drawn.apply(Sex(0), Age(70), Area(area), rates);
    return rates;
  }

  std::string write(const std::string& name, const std::string& text) const {
    return folder_.write(name, text);
  }

 private:
  enum class On { onset, last };
  test::Folder folder_;
  LeverFields fields_{"care.lever"};
  Choice<On> on_{{.name = "care.lever.on"}, {{"onset", On::onset}, {"last", On::last}}};
  BlockList list_{{.name = "care.lever"}, fields_.with({&on_})};
};

using test::mean_of;
using test::sd_of;

TEST_F(Interventions, ComeIntoEffectALikePartAYear) {
  const Effect effect =
      this->effect("factor = 0.8\nphase_in = 4\nfrom = 2005\nto = 2010\n", frame_of(1));
  const auto factor = [&](int year) {
    return effect.at(Interval(static_cast<std::size_t>(year - 2001)), Sex(0), Age(70), Area(0))
        .factor;
  };
  EXPECT_EQ(factor(2004), 1.0) << "the year before";
  EXPECT_NEAR(factor(2006), 0.9, 1e-15) << "half way";
  EXPECT_EQ(factor(2008), 0.8);
  EXPECT_EQ(factor(2011), 1.0) << "the year after";
}

TEST_F(Interventions, SpreadFromAreaToAreaByALogisticCurve) {
  const Effect spread =
      effect("factor = 0.5\nspread = \"logistic\"\nphase_in = 8\ntake_part = 0.6\nfrom = 2005\n",
             frame_of(1));
  const auto share = [](const Effect& of, int year) {
    return of.in_effect(Interval(static_cast<std::size_t>(year - 2001)));
  };
  EXPECT_NEAR(share(spread, 2005), 0.06, 1e-12);
  EXPECT_NEAR(share(spread, 2009), 0.30, 1e-12);  // half way
  EXPECT_NEAR(share(spread, 2013), 0.54, 1e-12);
  EXPECT_NEAR(spread.at(Interval(8), Sex(0), Age(70), Area(0)).factor, 1.0 - 0.5 * 0.30, 1e-12);
  const Effect later =
      effect("factor = 0.5\nspread = \"logistic\"\nphase_in = 8\nmidpoint = 2015.0\n", frame_of(1));
  EXPECT_NEAR(share(later, 2015), 0.5, 1e-12);
  EXPECT_NEAR(share(later, 2011), 0.1, 1e-12);
}

TEST_F(Interventions, FollowTheCourseOfATable) {
  Frame frame = frame_of(1);
  frame.intervals = 3;
  write("course.csv", "year,value\n2001,0\n2002,0.25\n2003,1\n");
  const Effect effect = this->effect(
      "factor = 0.6\ncourse = { file = \"course.csv\", basis = \"assumed\" }\n", frame);
  EXPECT_EQ(effect.at(Interval(0), Sex(0), Age(70), Area(0)).factor, 1.0);
  EXPECT_NEAR(effect.at(Interval(1), Sex(0), Age(70), Area(0)).factor, 0.9, 1e-15);
  EXPECT_EQ(effect.at(Interval(2), Sex(0), Age(70), Area(0)).factor, 0.6);
}

TEST_F(Interventions, MultiplyBeforeTheyAdd) {
  RateChange change{0.5, 0.0};
  change *= RateChange{1.0, 0.02};
  change *= RateChange{0.8, 0.01};
  EXPECT_DOUBLE_EQ(change.of(0.1), 0.1 * 0.4 + 0.03);
  EXPECT_EQ(change.of(0.0), 0.0) << "what does not happen stays so";
}

TEST_F(Interventions, HaveInEachDrawAFactorWithTheMeanAndErrorOfTheEvidence) {
  const Frame frame = frame_of(2);
  const Effect effect = this->effect("factor = 0.8\nse = 0.1\nevidence = \"trial\"\n", frame);
  const std::vector<double> rates = draws_of(effect, frame, 1.0, 5);
  EXPECT_NEAR(mean_of(rates), 0.8, 4.0 * 0.1 / std::sqrt(40000));
  EXPECT_NEAR(sd_of(rates), 0.1, 0.003);
  EXPECT_GT(*std::min_element(rates.begin(), rates.end()), 0.0);
  EXPECT_EQ(rates, draws_of(effect, frame, 1.0, 9, 1)) << "the same in all years and areas";
}

TEST_F(Interventions, HaveInEachDrawAShiftWithTheMeanAndErrorOfTheEvidence) {
  const Frame frame = frame_of(1);
  const Effect effect = this->effect("shift = -0.02\nse = 0.01\nevidence = \"trial\"\n", frame);
  const std::vector<double> rates = draws_of(effect, frame, 0.5, 0);
  EXPECT_NEAR(mean_of(rates), 0.48, 4.0 * 0.01 / std::sqrt(40000));
  EXPECT_NEAR(sd_of(rates), 0.01, 0.0003);
}

TEST_F(Interventions, LetFactorsOfDrawsWorkOnWhatOthersHaveNotAdded) {
  const Frame frame = frame_of(1);
  const Effect factor = effect("factor = 0.8\nse = 0.1\nevidence = \"trial\"\n", frame);
  const Effect shift = effect("shift = 0.3\n", frame);
  DrawnLevers drawn({shift, factor}, frame, block(10));
  drawn.advance(Interval(0));
  std::vector<double> rates(10, 0.5 * 0.8 + 0.3);
  drawn.apply(Sex(0), Age(70), Area(0), rates);
  const std::vector<double> alone = draws_of(factor, frame, 0.5, 0, 0, block(10));
  for (std::size_t draw = 0; draw < 10; ++draw) EXPECT_NEAR(rates[draw], alone[draw] + 0.3, 1e-15);
}

TEST_F(Interventions, HaveInEachDrawTheirOwnAreasThatTakePartAndStayWithIt) {
  constexpr std::size_t draws = 400;
  const Frame frame = frame_of(100);
  const Effect expected =
      effect("factor = 0.5\nspread = \"logistic\"\nphase_in = 10\ntake_part = 0.7\n", frame);
  for (const std::size_t interval : {0U, 5U, 29U}) {
    double taking_part = 0.0;
    for (std::size_t area = 0; area < 100; ++area) {
      const auto rates = draws_of(expected, frame, 1.0, interval, area, block(draws));
      const auto at_last = draws_of(expected, frame, 1.0, 29, area, block(draws));
      for (std::size_t draw = 0; draw < draws; ++draw) {
        const bool takes_part = std::abs(rates[draw] - 0.5) < 1e-12;
        EXPECT_TRUE(takes_part || std::abs(rates[draw] - 1.0) < 1e-12);
        if (!takes_part) continue;
        taking_part += 1.0;
        EXPECT_NEAR(at_last[draw], 0.5, 1e-12);
      }
    }
    EXPECT_NEAR(taking_part / (100.0 * draws), expected.in_effect(Interval(interval)), 0.01);
  }
}

TEST_F(Interventions, AreTakenUpAsExpectedByTheRestOfTheCountry) {
  Frame frame = frame_of(1);
  frame.areas[0].rest = true;
  const Effect expected = effect("factor = 0.5\nspread = \"logistic\"\nphase_in = 10\n", frame);
  const double factor = expected.at(Interval(6), Sex(0), Age(70), Area(0)).factor;
  EXPECT_EQ(draws_of(expected, frame, 1.0, 6, 0, block(3)), std::vector<double>(3, factor));
}

TEST_F(Interventions, HaveTheSameLuckWhateverElseIsProjected) {
  const std::string fields =
      "factor = 0.8\nse = 0.1\nevidence = \"trial\"\nspread = \"logistic\"\nphase_in = 9\n";
  const Frame many = frame_of(5);
  Frame few = frame_of(1);
  few.areas[0].code = "3";
  const Effect among_many = effect(fields, many);
  const Effect alone = effect(fields, few);
  for (std::size_t interval = 0; interval < 30; ++interval) {
    EXPECT_EQ(draws_of(among_many, many, 1.0, interval, 3, block(50))[20],
              draws_of(alone, few, 1.0, interval, 0, {20, 1, 7, true})[0]);
  }
}

TEST_F(Interventions, AreRefusedWithPlaceAndRemedyWhereTheySayTooLittleOrTooMuch) {
  const Frame frame = frame_of(1);
  const auto refused = [&](const std::string& fields) {
    return test::error_of(Fault::scenario, [&] { blocks(fields, frame); });
  };
  EXPECT_HAS(refused("on = \"care.onset\"\n"), "nothing says by how much");
  EXPECT_HAS(refused("on = \"care.onset\"\nfactor = 0.9\nshift = 0.1\n"),
             "s.toml:5:9: error: intervention.shift: there is a factor too; leave out one");
  EXPECT_HAS(refused("on = \"care.onset\"\nfactor = 0.9\nse = 0.1\n"),
             "s.toml:5:6: error: intervention.se: nothing says where it is from");
  EXPECT_HAS(refused("on = \"care.onset\"\nfactor = 0.9\ngrade = \"high\"\n"),
             "there is no evidence to be graded");
  EXPECT_HAS(refused("on = \"care.onset\"\nfactor = 0.9\ntake_part = 0.5\n"),
             "areas take part one after the other");
  EXPECT_HAS(refused("on = \"care.last\"\nshift = 0.1\n"),
             "nothing can be added to 'care.last'; give a factor");
}

TEST_F(Interventions, AreRefusedWhereTheirYearsEndNoInterval) {
  Frame frame = frame_of(1);
  frame.step = 5;
  frame.intervals = 6;
  const auto refused = [&](const std::string& years) {
    return test::error_of(Fault::scenario, [&] { effect("factor = 0.9\n" + years, frame); });
  };
  EXPECT_HAS(
      refused("from = 2006\nto = 2009\n"),
      "s.toml:5:8: error: intervention.from: no interval of 5 years ends in 2006 to 2009, so "
      "that it would do nothing; intervals count by the year in which they end: let it hold "
      "in 2005 or 2010");
  EXPECT_EQ(effect("factor = 0.9\nfrom = 2006\nto = 2010\n", frame)
                .at(Interval(1), Sex(0), Age(0), Area(0))
                .factor,
            0.9);
}

/// What a village comes to with blocks: every variable, all years.
test::CareRun village_with(const std::string& blocks) {
  test::Village village;
  village.add(
      "[[care.service]]\nname = \"help\"\nunit = \"hours\"\nstates = [\"light\"]\n"
      "use = 0.5\nper_user = 100.0\nprice = 400.0\n[[welfare.need]]\nname = \"need\"\nrate = 0.1");
  village.add(blocks);
  return test::CareRun(village.file());
}

/// A lever of a model and the intervention that says the same.
struct Said {
  const char* lever;
  const char* on;
};

class InterventionsOnModels : public ::testing::TestWithParam<Said> {};

TEST_P(InterventionsOnModels, AreLeversSaidInFull) {
  const std::string fields = "factor = 0.7\nfrom = 2002\n";
  const test::CareRun lever = village_with(std::string(GetParam().lever) + fields);
  const test::CareRun intervention = village_with(
      std::string("[[intervention]]\nname = \"x\"\non = \"") + GetParam().on + "\"\n" + fields);
  const test::CareRun none = village_with("");
  bool differs = false;
  for (std::size_t at = 0; at < lever.outcome().recorded.size(); ++at) {
    const auto& values = lever.outcome().recorded[at].values;
    EXPECT_EQ(values, intervention.outcome().recorded[at].values);
    differs = differs || values != none.outcome().recorded[at].values;
  }
  EXPECT_TRUE(differs);
}

INSTANTIATE_TEST_SUITE_P(
    OfEachKind, InterventionsOnModels,
    ::testing::Values(Said{"[[population.multiplier]]\ncomponent = \"mortality\"\n",
                           "population.mortality"},
                      Said{"[[care.lever]]\non = \"onset\"\n", "care.onset"},
                      Said{"[[care.lever]]\non = \"last_state\"\n", "care.last_state"},
                      Said{"[[care.lever]]\non = \"volume\"\n", "care.volume"},
                      Said{"[[care.lever]]\non = \"price\"\n", "care.price"},
                      Said{"[[welfare.lever]]\non = \"rate\"\n", "welfare.rate"}));

TEST(ShiftsOfInterventions, AddToRatesInTheirUnit) {
  const auto sum = [](const test::CareRun& run, const std::string& name, const std::string& kind) {
    const auto& values = run.recorded(name, kind).values;
    return std::accumulate(values.end() - static_cast<std::ptrdiff_t>(values.size() / 5),
                           values.end(), 0.0);
  };
  const auto with = [](const std::string& on, const std::string& shift) {
    return village_with("[[intervention]]\nname = \"x\"\non = \"" + on + "\"\nshift = " + shift);
  };
  const test::CareRun none = village_with("");
  const test::CareRun need = with("welfare.rate", "0.05");
  EXPECT_NEAR(sum(need, "welfare/persons", "need"), 1.5 * sum(none, "welfare/persons", "need"),
              1e-6);
  const test::CareRun share = with("care.coverage", "-0.1");
  EXPECT_NEAR(sum(share, "care/users", "help"), 0.8 * sum(none, "care/users", "help"), 1e-6);
  const test::CareRun price = with("care.price", "100.0");
  const auto& dear = price.recorded("care/cost", "help").values;
  const auto& cheap = none.recorded("care/cost", "help").values;
  for (std::size_t at = 0; at < dear.size(); ++at) EXPECT_NEAR(dear[at], 1.25 * cheap[at], 1e-6);
}

TEST(ShiftsOfInterventions, AddToTheForceOfMortality) {
  const auto run = [](const std::string& block) {
    test::Village village;
    village.set("population.domestic.leaving", "0.0").set("population.emigration.rates", "0.0");
    village.add(block);
    return test::CareRun(village.file());
  };
  const test::CareRun none = run("");
  const test::CareRun more =
      run("[[intervention]]\nname = \"x\"\non = \"population.mortality\"\nshift = 0.01\n"
          "ages = \"70-79\"\nto = 2001");
  const auto survivors = [](const test::CareRun& one, std::size_t age) {
    // [year][area][sex][age], 101 ages: of the first area and sex at the end of 2001.
    return one.recorded("population/persons").values[2 * 2 * 101 + age];
  };
  EXPECT_NEAR(survivors(more, 75) / survivors(none, 75), std::exp(-0.01), 1e-12);
  EXPECT_EQ(survivors(more, 80), survivors(none, 80));
}

/// A village whose light cases have a service, with a need of welfare and staff, and with an
/// intervention that does not act before 2002.
class WorkingVillage : public test::Village {
 public:
  WorkingVillage(const std::string& on, const std::string& fields) {
    set("care.trend", "\"none\"");
    write_table("staff.csv", "sex,area,value\nfemale,a,40\nmale,a,10\nfemale,b,20\nmale,b,5\n");
    write_table("mix.csv", "occupation,value\naide,1\n");
    set("workforce.first_age", "20").set("workforce.last_age", "70");
    set("workforce.participation", "0.9").set("workforce.retirement", "0.05");
    set("workforce.exit", "0.1").set("workforce.other_entry", "0.02");
    set("workforce.staff", "{ file = \"staff.csv\", basis = \"assumed\" }");
    set("workforce.sick_days", "20.0");
    add("[[care.service]]\nname = \"help\"\nunit = \"hours\"\nstates = [\"light\"]\n"
        "use = 0.5\nper_user = 100.0\nprice = 400.0\n"
        "[[welfare.need]]\nname = \"need\"\nrate = 0.1\n"
        "[[workforce.occupation]]\nname = \"aide\"\n"
        "[[workforce.task]]\nname = \"helping\"\nservice = \"help\"\nbasis = \"units\"\n"
        "posts_per_unit = 0.001\nmix = { file = \"mix.csv\", basis = \"assumed\" }\n");
    add("[[intervention]]\nname = \"x\"\non = \"" + on + "\"\n" + fields);
  }
};

class UncertainInterventions : public ::testing::TestWithParam<const char*> {};

const std::string uncertain = "se = 0.1\nevidence = \"trial\"\ngrade = \"low\"\n";

/// What is left of larger numbers moves by more than they do.
bool is_difference(const std::string& name) {
  return name.starts_with("workforce/gap") || name.starts_with("workforce/undone") ||
         name.starts_with("workforce/recruitment");
}

TEST_P(UncertainInterventions, AreOnAverageAsExpected) {
  const std::string fields = "factor = 0.8\nfrom = 2002\n";
  const test::CareRun expected(WorkingVillage(GetParam(), fields).file());
  WorkingVillage many(GetParam(), fields + uncertain);
  many.set("uncertainty.paths", "true").set("draws", "300");
  const test::CareRun drawn(many.file());
  double greatest = 0.0;
  for (std::size_t at = 0; at < expected.outcome().recorded.size(); ++at) {
    const Recorded& one = expected.outcome().recorded[at];
    const Recorded& other = drawn.outcome().recorded[at];
    double sum = 0.0;
    double apart = 0.0;
    for (std::size_t cell = 0; cell < one.values.size(); ++cell) {
      sum += std::abs(one.values[cell]);
      apart += other.values[cell] - one.values[cell];
    }
    if (sum == 0.0 || is_difference(one.variable.name)) continue;
    EXPECT_NEAR(apart / sum, 0.0, 0.03) << one.variable.name << one.variable.category.label;
    greatest = std::max(greatest, std::abs(apart / sum));
  }
  EXPECT_GT(greatest, 1e-9) << "nothing differs between the draws";
}

INSTANTIATE_TEST_SUITE_P(OfEveryModel, UncertainInterventions,
                         ::testing::Values("population.mortality", "population.emigration",
                                           "population.domestic_out", "care.onset",
                                           "care.worsening", "care.recovery", "care.last_state",
                                           "care.coverage", "care.volume", "care.price",
                                           "welfare.rate", "workforce.exit", "workforce.retirement",
                                           "workforce.entry", "workforce.absence",
                                           "workforce.productivity"));

/// Of a variable and kind, the sums over the cells of its last year: [draw].
std::vector<double> last_year(const test::CareRun& run, const std::string& name,
                              const std::string& kind) {
  return test::last_year(run.run(), run.recorded(name, kind));
}

class DrawnInterventions : public ::testing::Test {
 protected:
  /// Runs it with 200 draws, of which a variable is kept.
  static test::CareRun drawn(const std::string& on, const std::string& fields,
                             const std::string& variable) {
    WorkingVillage village(on, fields);
    village.set("uncertainty.paths", "true").set("draws", "200").set("output.draws", "true");
    village.set("output.quantiles_of", "[\"" + variable + "\"]");
    return test::CareRun(village.file());
  }
};

/// Nothing else is uncertain there: each draw has the effect of its own and nothing more.
TEST_F(DrawnInterventions, HaveTheSpreadOfTheEvidenceInWhatTheyActOn) {
  const auto spread = [](const std::vector<double>& sums) { return sd_of(sums) / mean_of(sums); };
  for (const auto& [on, variable, kind] : {std::array{"welfare.rate", "welfare/persons", "need"},
                                           std::array{"care.coverage", "care/users", "help"},
                                           std::array{"care.price", "care/cost", "help"}}) {
    const test::CareRun run = drawn(on, "factor = 0.8\n" + uncertain, variable);
    EXPECT_NEAR(spread(last_year(run, variable, kind)), 0.1 / 0.8, 0.02) << on;
  }
  const test::CareRun shifted =
      drawn("welfare.rate", "shift = 0.05\nse = 0.01\nevidence = \"e\"\n", "welfare/persons");
  EXPECT_NEAR(spread(last_year(shifted, "welfare/persons", "need")), 0.01 / 0.15, 0.01);
}

TEST_F(DrawnInterventions, HaveTheSameLuckInEveryScenario) {
  const std::string factor = "factor = 0.8\n" + uncertain;
  const auto alone =
      last_year(drawn("welfare.rate", factor, "welfare/persons"), "welfare/persons", "need");
  const auto beside = last_year(
      drawn("welfare.rate",
            factor + "[[intervention]]\nname = \"y\"\non = \"welfare.rate\"\nfactor = 0.5",
            "welfare/persons"),
      "welfare/persons", "need");
  for (std::size_t draw = 0; draw < alone.size(); ++draw) {
    EXPECT_NEAR(beside[draw] / alone[draw], 0.5, 1e-6);
  }
}

TEST_F(DrawnInterventions, MakeTheSameBytesOnAnyNumberOfThreads) {
  WorkingVillage village("care.onset",
                         "factor = 0.8\nspread = \"logistic\"\nphase_in = 3\n" + uncertain);
  village.set("uncertainty.paths", "true").set("uncertainty.events", "true").set("draws", "70");
  test::Folder folder;
  const auto bytes = [&](std::size_t threads) {
    ScenarioRun run(village.file(), {});
    run.use_threads(threads);
    const std::string file = folder.name(std::to_string(threads) + ".h5");
    run.write(run.project(), file);
    return read_file(file).text.value_or("");
  };
  const std::string one = bytes(1);
  EXPECT_FALSE(one.empty());
  EXPECT_TRUE(bytes(2) == one);
}

TEST_F(DrawnInterventions, StandInTheResultWithTheirEvidenceAndWhatTheyAreWorth) {
  WorkingVillage village("welfare.rate", "factor = 0.8\n");
  village.add("[[intervention]]\nname = \"y\"\non = \"care.price\"\nshift = -10.0\n" + uncertain);
  test::Folder folder;
  const std::string file = folder.name("result.h5");
  const test::CareRun run(village.file());
  run.run().write(run.outcome(), file);
  EXPECT_EQ(
      store::Reader(file).text("interventions"),
      R"([{"name":"x","on":"welfare.rate","factor":0.8,"se":0.0,"grade":"assumed","evidence":""},)"
      R"({"name":"y","on":"care.price","shift":-10.0,"se":0.1,"grade":"low","evidence":"trial"}])");
  const auto basis = [&](const std::string& name, const std::string& kind) {
    return run.recorded(name, kind).variable.basis;
  };
  EXPECT_EQ(basis("welfare/persons", "need"), Basis::assumed);
}

TEST(InterventionsOfOneName, LeaveTheLuckOfEverythingElseAsItIs) {
  const auto run = [](const std::string& block) {
    test::Village village;
    village.set("uncertainty.paths", "true").set("uncertainty.events", "true").set("draws", "20");
    village.add(
        "[[intervention]]\nname = \"x\"\non = \"care.onset\"\nfactor = 0.9\nse = 0.1\n"
        "evidence = \"trial\"");
    village.add(block);
    return test::CareRun(village.file());
  };
  const test::CareRun one = run("");
  const test::CareRun other =
      run("[[intervention]]\nname = \"y\"\non = \"care.worsening\"\nfactor = 0.5\n"
          "se = 0.1\nevidence = \"trial\"\nfrom = 2003");
  const auto& before = one.recorded("care/persons", "heavy").values;
  const auto& after = other.recorded("care/persons", "heavy").values;
  const std::size_t year = before.size() / 5;
  EXPECT_TRUE(std::equal(before.begin(), before.begin() + static_cast<std::ptrdiff_t>(3 * year),
                         after.begin()));
  EXPECT_NE(before, after);
}

}  // namespace
}  // namespace kohort
