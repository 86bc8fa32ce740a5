#include "engine/batch/batch.hpp"

#include <algorithm>
#include <cmath>

#include <gtest/gtest.h>

#include "engine/base/file.hpp"
#include "engine/evaluate/quantile.hpp"
#include "engine/store/reader.hpp"
#include "tests/support/expect_error.hpp"
#include "tests/support/folder.hpp"

namespace kohort {
namespace {

namespace fs = std::filesystem;

using Texts = std::vector<std::string>;

/// Two small areas with elder care, in a folder of the test's own.
class Batches : public ::testing::Test {
 protected:
  Batches() {
    fs::copy(test::project_file("tests/scenario/broken/base"), folder.path() / "base");
    fs::remove(folder.path() / "base/circle.toml");
  }

  static std::string scenario(const std::string& name, const std::string& more = "",
                              const std::string& file = "care.toml") {
    return "[[scenario]]\nname = \"" + name + "\"\nfile = \"base/" + file + "\"\n" + more + "\n";
  }
  static std::string longer(const std::string& name, double dying) {
    return scenario(name, "set = [\"population.mortality.rates=" + std::to_string(dying) + "\"]");
  }
  std::string plan(const std::string& text) const {
    return folder.write("plan.toml",
                        "format = 1\nkind = \"plan\"\ntitle = \"towns\"\ndraws = 20\n"
                        "set = [\"uncertainty.events=true\"]\n" +
                            text);
  }
  Batch batch(const std::string& text, bool resume = false) const {
    return Batch(read_plan(plan(text)), {folder.name("b.h5"), resume, 0});
  }
  store::Reader result() const { return store::Reader(folder.name("b.h5")); }
  std::string bytes() const { return read_file(folder.name("b.h5")).text.value_or(""); }

  /// Runs a batch until the first of its parts is there; returns how many then are.
  std::size_t begin(const std::string& text) const {
    Batch begun = batch(text);
    std::stop_source stop;
    const auto look = [&](const BatchProgress&) {
      if (begun.parts().count() > 0) stop.request_stop();
    };
    EXPECT_THROW(begun.run({look, stop.get_token()}), Interrupted);
    return begun.parts().count();
  }

  test::Folder folder;
};

TEST_F(Batches, GiveSideBySideWhatEachScenarioGivesAlone) {
  Batch whole = batch(longer("longer", 0.03) + scenario("now"));
  whole.run();
  const store::Reader together = result();
  EXPECT_EQ(together.labels("scenario"), store::Labels(Texts({"longer", "now"})));
  EXPECT_EQ(together.text("base"), "longer");
  together.verify();
  for (std::size_t at = 0; at < 2; ++at) {
    const PlanMember& member = whole.plan().members[at];
    const ScenarioRun run(member.file, member.overrides);
    run.write(run.project(), folder.name("alone.h5"));
    const store::Reader alone(folder.name("alone.h5"));
    std::size_t compared = 0;
    for (const std::string& path : alone.datasets()) {
      if (path.find('/') == std::string::npos) continue;  // texts along an axis
      EXPECT_EQ(together.values_at(path, {at}), alone.values(path)) << path;
      ++compared;
    }
    EXPECT_GT(compared, 40U);
    EXPECT_EQ(std::get<Texts>(together.labels("scenario_resolved"))[at], run.resolved_scenario());
  }
}

TEST_F(Batches, DoNotDependOnThreads) {
  const std::string text = scenario("now") + longer("longer", 0.03) + longer("longest", 0.02);
  Batch(read_plan(plan(text)), {folder.name("b.h5"), false, 1}).run();
  const std::string on_one = bytes();
  Batch(read_plan(plan(text)), {folder.name("b.h5"), false, 3}).run();
  EXPECT_EQ(bytes(), on_one);
  EXPECT_FALSE(fs::exists(folder.name("b.h5.parts")));
}

/// People of all ages, sexes and areas of a year in each draw, of a result that keeps its draws.
std::vector<double> people(const store::Reader& reader, std::size_t scenario, std::size_t year) {
  const std::string path = "population/persons_draws";
  std::vector<double> draws(reader.lengths(path)[1]);
  for (std::size_t draw = 0; draw < draws.size(); ++draw) {
    for (const double persons : reader.values_at(path, {scenario, draw, year})) {
      draws[draw] += persons;
    }
  }
  return draws;
}

TEST_F(Batches, HoldEveryDrawAgainstTheSameDrawOfTheBase) {
  batch("base = \"now\"\n" + longer("longer", 0.03) + scenario("now")).run();
  const store::Reader reader = result();
  const std::string path = "difference/population/persons";
  const std::vector<std::size_t> lengths = reader.lengths(path);
  const std::size_t last = lengths[1] - 1;
  const double mean = reader.values_at(path, {0, last}).back();
  const double low = reader.values_at(path + "_quantiles", {0, 0, last}).back();
  const double high = reader.values_at(path + "_quantiles", {0, 4, last}).back();
  // The same with every draw kept, from which the differences are reckoned by hand.
  folder.write("base/care.toml", read_file(folder.name("base/care.toml")).text.value_or("") +
                                     "[output]\ndraws = true\n");
  Batch(read_plan(plan("base = \"now\"\n" + longer("longer", 0.03) + scenario("now"))),
        {folder.name("draws.h5"), false, 0})
      .run();
  const store::Reader kept(folder.name("draws.h5"));
  const std::vector<double> longer_lives = people(kept, 0, last);
  const std::vector<double> now = people(kept, 1, last);
  std::vector<double> by_hand;
  double sum = 0.0;
  for (std::size_t draw = 0; draw < now.size(); ++draw) {
    by_hand.push_back(longer_lives[draw] - now[draw]);
    sum += by_hand.back();
  }
  std::sort(by_hand.begin(), by_hand.end());
  EXPECT_GT(mean, 0.0);
  EXPECT_DOUBLE_EQ(mean, sum / static_cast<double>(now.size()));
  EXPECT_DOUBLE_EQ(low, quantile_of_sorted(by_hand, 0.025));
  EXPECT_DOUBLE_EQ(high, quantile_of_sorted(by_hand, 0.975));
  EXPECT_LT(low, high);
}

TEST_F(Batches, FindThatTheBaseDiffersFromItselfInNothing) {
  batch(scenario("now") + longer("longer", 0.03)).run();
  for (const double difference : result().values_at("difference/care/volume", {0})) {
    EXPECT_EQ(difference, 0.0);
  }
}

TEST_F(Batches, HoldOnlyWhatIsNamedAgainstTheBase) {
  batch("differences_of = [\"care/volume\"]\n" + scenario("now") + longer("longer", 0.03)).run();
  EXPECT_TRUE(result().has("difference/care/volume"));
  EXPECT_FALSE(result().has("difference/population/persons"));
}

TEST_F(Batches, DoNotHoldWhatNobodyHasAgainstTheBase) {
  EXPECT_HAS(
      test::error_of(Fault::scenario,
                     [&] { batch("differences_of = [\"care/volumes\"]\n" + scenario("now")); }),
      "plan.toml:6:18: error: differences_of: no scenario has a variable 'care/volumes'; "
      "did you mean 'care/volume'?");
}

TEST_F(Batches, TellNothingOfAScenarioThatDoesNotHaveIt) {
  batch(scenario("now") + scenario("people", "", "people.toml")).run();
  const store::Reader reader = result();
  const std::vector<double> none = reader.values_at("care/volume", {1});
  EXPECT_TRUE(std::all_of(none.begin(), none.end(), [](double v) { return std::isnan(v); }));
  const std::vector<double> some = reader.values_at("care/volume", {0});
  EXPECT_TRUE(std::none_of(some.begin(), some.end(), [](double v) { return std::isnan(v); }));
}

TEST_F(Batches, GoOnWithoutAScenarioThatFailsAndTryItAgain) {
  const std::string text = scenario("now") + scenario("broken", "", "later.toml");
  folder.write("base/later.toml", "format = 1\nextends = \"care.toml\"\n[care]\nfirst = 3\n");
  Batch with_fault = batch(text);
  EXPECT_NE(with_fault.members()[1].error, nullptr);
  with_fault.run();
  EXPECT_EQ(result().labels("scenario_status"), store::Labels(Texts({"complete", "failed"})));
  EXPECT_HAS(std::get<Texts>(result().labels("scenario_error"))[1], "no parameter 'care.first'");
  EXPECT_TRUE(std::isnan(result().values_at("population/persons", {1}).front()));
  EXPECT_EQ(with_fault.parts().count(), 1U);

  folder.write("base/later.toml", "format = 1\nextends = \"care.toml\"\n");
  Batch mended = batch(text, true);
  mended.run();
  EXPECT_TRUE(mended.members()[0].kept);
  EXPECT_FALSE(mended.members()[1].kept);
  EXPECT_EQ(result().labels("scenario_status"), store::Labels(Texts({"complete", "complete"})));
  EXPECT_EQ(result().values_at("population/persons", {1}),
            result().values_at("population/persons", {0}));
  EXPECT_FALSE(fs::exists(folder.name("b.h5.parts")));
}

TEST_F(Batches, WithoutTheirBaseDifferFromNothing) {
  folder.write("base/later.toml", "format = 1\n");
  const std::string text = scenario("base", "", "later.toml") + scenario("now");
  batch(text).run();
  EXPECT_FALSE(result().has("difference/population/persons"));
  fs::copy_file(folder.name("base/care.toml"), folder.name("base/later.toml"),
                fs::copy_options::overwrite_existing);
  Batch mended = batch(text, true);
  mended.run();
  EXPECT_FALSE(mended.members()[1].kept) << "it was not held against the base";
  EXPECT_TRUE(result().has("difference/population/persons"));
}

const std::string many =
    "[[sample]]\nname = \"s\"\nfile = \"base/care.toml\"\nsize = 8\n"
    "[[sample.axis]]\nparameter = \"population.mortality.rates\"\n"
    "from = 0.01\nto = 0.05\n";

TEST_F(Batches, GoOnWithExactlyWhatIsMissing) {
  batch(scenario("now") + many).run();
  const std::string uninterrupted = bytes();
  fs::remove(folder.name("b.h5"));
  const std::size_t complete = begin(scenario("now") + many);
  ASSERT_GT(complete, 0U);
  ASSERT_LT(complete, 9U);
  Batch rest = batch(scenario("now") + many, true);
  rest.run();
  const auto kept = std::count_if(rest.members().begin(), rest.members().end(),
                                  [](const BatchMember& member) { return member.kept; });
  EXPECT_EQ(static_cast<std::size_t>(kept), complete);
  EXPECT_EQ(bytes(), uninterrupted);
}

TEST_F(Batches, SharedByProcessesComeToTheSameBytes) {
  const std::string text = "base = \"now\"\n" + many + scenario("now");
  batch(text).run();
  const std::string whole = bytes();
  fs::remove(folder.name("b.h5"));
  std::size_t own = 0;
  for (const std::size_t number : {2U, 0U, 3U, 1U}) {
    Batch part(read_plan(plan(text)), {folder.name("b.h5"), false, 0, BatchShare{number, 3}});
    part.run();
    EXPECT_EQ(part.complete(), part.own()) << number;
    own += part.own();
  }
  EXPECT_EQ(own, 9U) << "each scenario belongs to one part";
  EXPECT_FALSE(fs::exists(folder.name("b.h5")));
  Batch merge = batch(text, true);
  merge.run();
  for (const BatchMember& member : merge.members()) EXPECT_TRUE(member.kept) << member.plan.name;
  EXPECT_EQ(bytes(), whole);
  EXPECT_FALSE(fs::exists(folder.name("b.h5.parts")));
}

TEST_F(Batches, LeaveAScenarioThatAnotherProcessIsAbout) {
  const std::string text = scenario("now") + longer("longer", 0.03) + longer("longest", 0.02);
  Batch part(read_plan(plan(text)), {folder.name("b.h5"), false, 0, BatchShare{1, 1}});
  {
    const auto other = part.parts().join();
    const auto claim = part.parts().claim("longest");
    part.run();
    EXPECT_EQ(part.complete(), 1U);
    Batch whole = batch(text, true);
    EXPECT_HAS(test::error_of(Fault::storage, [&] { whole.run(); }),
               "another batch is at work on this file");
  }
  part.run();
  EXPECT_EQ(part.complete(), 2U);
}

TEST_F(Batches, DoNotKeepWhatAnotherPlanHasLeft) {
  ASSERT_GT(begin(scenario("now") + many), 0U);
  Batch other = batch("seed = 2\n" + scenario("now") + many, true);
  other.run();
  for (const BatchMember& member : other.members()) EXPECT_FALSE(member.kept) << member.plan.name;
}

TEST_F(Batches, AreNotBegunOverWhatAnotherHasLeft) {
  ASSERT_GT(begin(scenario("now") + many), 0U);
  Batch again = batch(scenario("now") + many);
  EXPECT_HAS(test::error_of(Fault::scenario, [&] { again.run(); }),
             "an earlier batch has left the results of some scenarios here; go on with --resume");
}

TEST_F(Batches, LeaveAFinishedResultAsItIs) {
  batch(scenario("now")).run();
  Batch again = batch(scenario("now"), true);
  EXPECT_TRUE(again.is_done());
  again.run();
  EXPECT_FALSE(batch(longer("now", 0.02), true).is_done());
}

TEST_F(Batches, OfScenariosThatCannotStandBesideEachOtherAreRefused) {
  const auto error = [&](const std::string& more) {
    return test::error_of(Fault::scenario,
                          [&] { batch(scenario("now") + scenario("other", more)); });
  };
  EXPECT_HAS(error("set = [\"projection.end_year=2003\"]"),
             "plan.toml:10:1: error: scenario 'other' has year 2000, 2001, 2002, 2003, and 'now' "
             "has 2000, 2001, 2002, 2003, 2004; say end_year in the plan");
  EXPECT_HAS(error("set = [\"draws=10\"]"),
             "has draws 10, and 'now' has 20; say draws in the plan");
  EXPECT_HAS(error("set = [\"seed=7\"]"), "say seed in the plan");
  EXPECT_HAS(error("set = [\"output.quantiles=[0.5]\"]"), "has quantile 0.5, and 'now' has 0.025");
}

TEST_F(Batches, ThatDoNotFitAreRefusedWithWhatMakesThemFit) {
  const Batch ready = batch(scenario("now") + longer("longer", 0.03));
  const BatchSize size = ready.size({std::size_t{1} << 40U, std::size_t{1} << 40U});
  EXPECT_GT(size.memory, 0U);
  EXPECT_GT(size.disk, 0U);
  EXPECT_HAS(test::error_of(Fault::storage,
                            [&] {
                              ready.require_room({size.memory / 2, size.disk});
                            }),
             "it fits with --draws ");
  EXPECT_HAS(test::error_of(Fault::storage,
                            [&] {
                              ready.require_room({size.memory, size.disk / 2});
                            }),
             "write it elsewhere with -o");
  ready.require_room({size.memory, size.disk});
}

TEST_F(Batches, SayOfARunThatDoesNotFitWithHowManyDrawsItDoes) {
  const ScenarioRun run(folder.name("base/care.toml"), {"draws=100", "uncertainty.events=true"});
  const Plan whole = run.plan();
  const std::size_t memory = whole.working / 2;
  const std::string said = test::error_of(Fault::storage, [&] {
    require_room(run, {memory, whole.disk});
  });
  const std::size_t fits = most_draws(run, memory);
  EXPECT_HAS(said, "it fits with --draws " + std::to_string(fits));
  EXPECT_LE(run.plan(fits).working, memory);
  EXPECT_GT(run.plan(fits + 1).working, memory);
  EXPECT_HAS(test::error_of(Fault::storage,
                            [&] {
                              require_room(run, {whole.working, whole.disk - 1});
                            }),
             "the result takes up to ");
  require_room(run, {whole.working, whole.disk});
}

TEST_F(Batches, OfScenariosThatDoNotFitSideBySideRunOneByOne) {
  const Batch ready = batch(scenario("now") + longer("longer", 0.03));
  EXPECT_EQ(ready.size({1000, 1000}).side_by_side, 1U);
}

}  // namespace
}  // namespace kohort
