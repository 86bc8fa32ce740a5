// Interventions: how they come into effect, what draws make of them, and that the levers of models
// are the same thing.
#include "engine/model/intervention.hpp"

#include <cmath>

#include <gtest/gtest.h>

#include "engine/model/drawn_factor.hpp"
#include "engine/scenario/read.hpp"
#include "tests/care/village.hpp"
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

class Interventions : public ::testing::Test {
 protected:
  /// The one that the fields say, on the onset of care.
  GradualFactor factor(const std::string& fields, const Frame& frame) {
    Catalogue catalogue;
    catalogue.add_section("", "");
    catalogue.add_section("care", "");
    catalogue.add(parameters::interventions);
    catalogue.add(list_);
    const std::string text = "[[intervention]]\nname = \"x\"\non = \"care.onset\"\n" + fields;
    const Settings settings = read_scenario(folder_.write("s.toml", text), {}, catalogue);
    Mistakes mistakes;
    const auto blocks = lever_blocks(settings, frame, {"care", list_, on_, fields_}, mistakes);
    mistakes.throw_if_any(Fault::scenario);
    return blocks.at(0).factor;
  }

  static DrawBlock block(std::size_t draws) { return {0, draws, 7, true}; }
  static double at(const DrawnFactor& drawn, std::size_t interval, std::size_t draw,
                   std::size_t area = 0) {
    return drawn.at(Interval(interval), Sex(0), Age(70), Area(area), Draw(draw));
  }

 private:
  enum class On { onset };
  test::Folder folder_;
  LeverFields fields_{"care.lever"};
  Choice<On> on_{{.name = "care.lever.on"}, {{"onset", On::onset}}};
  BlockList list_{{.name = "care.lever"}, {&on_, &fields_.factor}};
};

TEST_F(Interventions, SpreadFromAreaToAreaByALogisticCurve) {
  const GradualFactor spread =
      factor("factor = 0.5\nspread = \"logistic\"\nphase_in = 8\ntake_part = 0.6\nfrom = 2005\n",
             frame_of(1));
  const auto share = [&](int year) {
    return spread.in_effect(Interval(static_cast<std::size_t>(year - 2001)));
  };
  EXPECT_NEAR(share(2005), 0.06, 1e-12);
  EXPECT_NEAR(share(2009), 0.30, 1e-12);  // half way
  EXPECT_NEAR(share(2013), 0.54, 1e-12);
  EXPECT_NEAR(spread.at(Interval(8), Sex(0), Age(70), Area(0)), 1.0 - 0.5 * 0.30, 1e-12);
  EXPECT_EQ(spread.at(Interval(3), Sex(0), Age(70), Area(0)), 1.0) << "the year before";
}

TEST_F(Interventions, HaveInEachDrawAnEffectWithTheMeanAndErrorOfTheEvidence) {
  constexpr std::size_t draws = 40000;
  const Frame frame = frame_of(2);
  const DrawnFactor drawn(factor("factor = 0.8\nfactor_se = 0.1\nevidence = \"trial\"\n", frame),
                          frame, block(draws));
  double sum = 0.0;
  double squares = 0.0;
  for (std::size_t draw = 0; draw < draws; ++draw) {
    const double one = at(drawn, 5, draw);
    EXPECT_GT(one, 0.0);
    EXPECT_EQ(one, at(drawn, 9, draw, 1)) << "the same in all years and areas";
    sum += one;
    squares += one * one;
  }
  const double mean = sum / draws;
  EXPECT_NEAR(mean, 0.8, 4.0 * 0.1 / std::sqrt(draws));
  EXPECT_NEAR(std::sqrt(squares / draws - mean * mean), 0.1, 0.003);
}

TEST_F(Interventions, HaveInEachDrawTheirOwnAreasThatTakePartAndStayWithIt) {
  constexpr std::size_t draws = 400;
  const Frame frame = frame_of(100);
  const GradualFactor expected =
      factor("factor = 0.5\nspread = \"logistic\"\nphase_in = 10\ntake_part = 0.7\n", frame);
  const DrawnFactor drawn(expected, frame, block(draws));
  for (const std::size_t interval : {0U, 5U, 29U}) {
    double taking_part = 0.0;
    for (std::size_t area = 0; area < 100; ++area) {
      for (std::size_t draw = 0; draw < draws; ++draw) {
        const double one = at(drawn, interval, draw, area);
        EXPECT_TRUE(one == 1.0 || one == 0.5);
        if (one == 0.5) {
          taking_part += 1.0;
          EXPECT_EQ(at(drawn, 29, draw, area), 0.5);
        }
      }
    }
    EXPECT_NEAR(taking_part / (100.0 * draws), expected.in_effect(Interval(interval)), 0.01);
  }
}

TEST_F(Interventions, HaveTheSameLuckWhateverElseIsProjected) {
  const std::string fields =
      "factor = 0.8\nfactor_se = 0.1\nevidence = \"trial\"\nspread = \"logistic\"\nphase_in = 9\n";
  const Frame many = frame_of(5);
  Frame few = frame_of(1);
  few.areas[0].code = "3";
  const DrawnFactor among_many(factor(fields, many), many, block(50));
  const DrawnFactor alone(factor(fields, few), few, {20, 1, 7, true});
  for (std::size_t interval = 0; interval < 30; ++interval) {
    EXPECT_EQ(at(among_many, interval, 20, 3), at(alone, interval, 0));
  }
}

TEST(InterventionsOnCare, AreLeversSaidInFull) {
  test::Village lever;
  lever.add("[[care.lever]]\non = \"onset\"\nfactor = 0.7\nages = \"70+\"\nphase_in = 3");
  test::Village intervention;
  intervention.add(
      "[[intervention]]\nname = \"x\"\non = \"care.onset\"\nfactor = 0.7\nages = \"70+\"\n"
      "phase_in = 3");
  const test::CareRun one(lever.file());
  const test::CareRun other(intervention.file());
  EXPECT_EQ(one.recorded("care/persons", "heavy").values,
            other.recorded("care/persons", "heavy").values);
}

TEST(InterventionsOnThePopulation, AreMultipliersSaidInFull) {
  test::Village multiplier;
  multiplier.add("[[population.multiplier]]\ncomponent = \"mortality\"\nfactor = 0.7\n");
  test::Village intervention;
  intervention.add("[[intervention]]\nname = \"x\"\non = \"population.mortality\"\nfactor = 0.7\n");
  EXPECT_EQ(test::CareRun(multiplier.file()).recorded("population/persons").values,
            test::CareRun(intervention.file()).recorded("population/persons").values);
}

/// Draws of a village with an uncertain intervention that does not act on care until 2002.
class UncertainInterventions : public ::testing::TestWithParam<const char*> {
 protected:
  test::CareRun run(const std::string& fields, int draws) {
    test::Village village;
    if (draws > 1) village.set("uncertainty.paths", "true");
    village.set("draws", std::to_string(draws)).set("care.trend", "\"none\"");
    village.add(
        "[[care.service]]\nname = \"help\"\nunit = \"hours\"\nstates = [\"light\"]\n"
        "use = 0.5\nper_user = 100.0\n");
    village.add("[[welfare.need]]\nname = \"need\"\nrate = 0.1\n");
    village.add(std::string("[[intervention]]\nname = \"x\"\non = \"") + GetParam() + "\"\n" +
                fields);
    return test::CareRun(village.file());
  }
};

TEST_P(UncertainInterventions, AreOnAverageAsExpected) {
  const std::string fields = "factor = 0.8\nfrom = 2002\n";
  const std::string evidence = "factor_se = 0.1\nevidence = \"trial\"\n";
  const test::CareRun expected = run(fields, 1);
  const test::CareRun drawn = run(fields + evidence, 300);
  double greatest = 0.0;
  for (std::size_t at = 0; at < expected.outcome().recorded.size(); ++at) {
    const Recorded& one = expected.outcome().recorded[at];
    const Recorded& other = drawn.outcome().recorded[at];
    double sum = 0.0;
    double apart = 0.0;
    for (std::size_t cell = 0; cell < one.values.size(); ++cell) {
      sum += one.values[cell];
      apart += other.values[cell] - one.values[cell];
    }
    if (sum == 0.0) continue;
    EXPECT_NEAR(apart / sum, 0.0, 0.02) << one.variable.name << one.variable.category.label;
    greatest = std::max(greatest, std::abs(apart / sum));
  }
  EXPECT_GT(greatest, 0.0) << "nothing differs between the draws";
}

INSTANTIATE_TEST_SUITE_P(OfEveryModel, UncertainInterventions,
                         ::testing::Values("population.mortality", "population.emigration",
                                           "population.domestic_out", "care.onset",
                                           "care.worsening", "care.recovery", "care.last_state",
                                           "care.coverage", "care.volume", "welfare.rate"));

TEST(InterventionsOfOneName, LeaveTheLuckOfEverythingElseAsItIs) {
  const auto run = [](const std::string& block) {
    test::Village village;
    village.set("uncertainty.paths", "true").set("uncertainty.events", "true").set("draws", "20");
    village.add(
        "[[intervention]]\nname = \"x\"\non = \"care.onset\"\nfactor = 0.9\nfactor_se = 0.1\n"
        "evidence = \"trial\"");
    village.add(block);
    return test::CareRun(village.file());
  };
  const test::CareRun one = run("");
  const test::CareRun other =
      run("[[intervention]]\nname = \"y\"\non = \"care.worsening\"\nfactor = 0.5\n"
          "factor_se = 0.1\nevidence = \"trial\"\nfrom = 2003");
  const auto& before = one.recorded("care/persons", "heavy").values;
  const auto& after = other.recorded("care/persons", "heavy").values;
  const std::size_t year = before.size() / 5;
  EXPECT_TRUE(std::equal(before.begin(), before.begin() + static_cast<std::ptrdiff_t>(3 * year),
                         after.begin()));
  EXPECT_NE(before, after);
}

}  // namespace
}  // namespace kohort
