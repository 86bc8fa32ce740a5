#include "engine/batch/plan.hpp"

#include <gtest/gtest.h>

#include "engine/base/file.hpp"
#include "engine/batch/parameters.hpp"
#include "engine/scenario/document.hpp"
#include "tests/support/expect_error.hpp"
#include "tests/support/folder.hpp"

namespace kohort {
namespace {

using Texts = std::vector<std::string>;

class Plans : public ::testing::Test {
 protected:
  Plans() { folder.write("s.toml", ""); }

  BatchPlan read(const std::string& text, const Texts& overrides = {}) {
    return read_plan(folder.write("plan.toml", "format = 1\nkind = \"plan\"\n" + text), overrides);
  }
  /// What is wrong with it, without the folder.
  std::string error(const std::string& text) {
    std::string found = test::error_of(Fault::scenario, [&] { read(text); });
    const std::string path = folder.path().string() + "/";
    for (std::size_t at = found.find(path); at != std::string::npos; at = found.find(path)) {
      found.erase(at, path.size());
    }
    return found;
  }
  test::Folder folder;
};

Texts names_of(const BatchPlan& plan) {
  Texts names;
  for (const PlanMember& member : plan.members) names.push_back(member.name);
  return names;
}

const std::string one = "[[scenario]]\nname = \"a\"\nfile = \"s.toml\"\n";

TEST_F(Plans, NameScenariosFromTheirFolderWithWhatIsChangedInThem) {
  const BatchPlan plan =
      read("base = \"b\"\ndraws = 5\nset = [\"x=1\"]\n" + one +
               "set = [\"y=2\"]\n[[scenario]]\nname = \"b\"\nfile = \"s.toml\"\n",
           {"draws=7"});
  EXPECT_EQ(names_of(plan), (Texts{"a", "b"}));
  EXPECT_EQ(plan.members[0].file, folder.name("s.toml"));
  EXPECT_EQ(plan.members[0].overrides, (Texts{"draws=5", "x=1", "y=2", "draws=7"}));
  EXPECT_EQ(plan.base, 1U);
}

TEST_F(Plans, SayTheirDrawsSeedAndEndYearOfEveryScenario) {
  const BatchPlan plan = read("draws = 5\nseed = 3\nend_year = 2040\n" + one);
  EXPECT_EQ(plan.members[0].overrides, (Texts{"draws=5", "seed=3", "projection.end_year=2040"}));
}

TEST_F(Plans, MakeAGridOfAllCombinationsTheLastAxisFastest) {
  const BatchPlan plan = read(
      "[[grid]]\nname = \"g\"\nfile = \"s.toml\"\nset = [\"z=0\"]\n"
      "[[grid.axis]]\nparameter = \"care.lever[tech].factor\"\nvalues = [0.5, 1]\n"
      "[[grid.axis]]\nparameter = \"care.method\"\nwords = [\"prevalence\", \"multistate\"]\n");
  EXPECT_EQ(names_of(plan),
            (Texts{"g factor=0.5 method=prevalence", "g factor=0.5 method=multistate",
                   "g factor=1 method=prevalence", "g factor=1 method=multistate"}));
  EXPECT_EQ(plan.members[1].overrides,
            (Texts{"z=0", "care.lever[tech].factor=0.5", "care.method=multistate"}));
}

TEST_F(Plans, CallTheAxesOfAGridByTheirWholeNamesWhereTheirKeysAreAlike) {
  const BatchPlan plan = read(
      "[[grid]]\nname = \"g\"\nfile = \"s.toml\"\n"
      "[[grid.axis]]\nparameter = \"l[a].factor\"\nvalues = [2]\n"
      "[[grid.axis]]\nparameter = \"l[b].factor\"\nvalues = [3]\n");
  EXPECT_EQ(names_of(plan), Texts{"g l[a].factor=2 l[b].factor=3"});
}

TEST_F(Plans, SpreadASampleOverItsRanges) {
  const BatchPlan plan = read(
      "[[sample]]\nname = \"s\"\nfile = \"s.toml\"\nsize = 10\nmethod = \"latin_hypercube\"\n"
      "[[sample.axis]]\nparameter = \"a\"\nfrom = 10\nto = 20\n"
      "[[sample.axis]]\nparameter = \"b\"\nfrom = -1\nto = 1\n");
  ASSERT_EQ(plan.members.size(), 10U);
  EXPECT_EQ(plan.members.front().name, "s 01");
  EXPECT_EQ(plan.members.back().name, "s 10");
  std::vector<int> strata;  // each of the ten holds one point
  for (const PlanMember& member : plan.members) {
    ASSERT_EQ(member.overrides.size(), 2U);
    EXPECT_TRUE(member.overrides[0].starts_with("a=1")) << member.overrides[0];
    strata.push_back(static_cast<int>(std::stod(member.overrides[0].substr(2))));
  }
  std::sort(strata.begin(), strata.end());
  EXPECT_EQ(strata, (std::vector<int>{10, 11, 12, 13, 14, 15, 16, 17, 18, 19}));
  ASSERT_EQ(plan.samples.size(), 1U);
  EXPECT_EQ(plan.samples[0].parameters[1].override_at(0.75), "b=0.5");
}

TEST_F(Plans, KeepTheirTextWithTheOriginOfEveryValue) {
  EXPECT_HAS(read("draws = 5\n" + one).resolved, "draws = 5");
}

TEST(PlanFormat, IsDocumentedAsItIs) {
  const std::string page = read_file(test::project_file("scenarios/PLANS.md")).text.value_or("");
  const std::string mark = "<!-- From here on: made from the catalogue of plans -->\n";
  const std::size_t at = page.find(mark);
  ASSERT_NE(at, std::string::npos);
  const std::string whole = markdown(plan_catalogue());
  EXPECT_EQ(page.substr(at + mark.size()), whole.substr(whole.find("## Parameters")))
      << "write this text below the mark in scenarios/PLANS.md";
}

struct Wrong {
  const char* name;
  std::string plan;
  std::string said;
};

class WrongPlans : public Plans, public ::testing::WithParamInterface<Wrong> {};

TEST_P(WrongPlans, AreRefusedWithPlaceAndRemedy) {
  EXPECT_HAS(error(GetParam().plan), GetParam().said);
}

const std::string grid = "[[grid]]\nname = \"g\"\nfile = \"s.toml\"\n";
const std::string sample = "[[sample]]\nname = \"g\"\nfile = \"s.toml\"\nsize = 3\n";

INSTANTIATE_TEST_SUITE_P(
    All, WrongPlans,
    ::testing::Values(
        Wrong{"Empty", "", "plan.toml: error: the plan has no scenarios; write [[scenario]]"},
        Wrong{"UnknownBase", "base = \"c\"\n" + one,
              "plan.toml:3:8: error: base: there is no scenario 'c'; there is a"},
        Wrong{"NameTwice", one + one,
              "plan.toml:6:1: error: a second scenario 'a'; give each scenario a name of its own"},
        Wrong{"NoSuchFile", "[[scenario]]\nname = \"a\"\nfile = \"t.toml\"\n",
              "plan.toml:5:8: error: scenario.file: there is no file 't.toml'; check the name"},
        Wrong{"OverrideWithoutValue", one + "set = [\"draws\"]\n",
              "plan.toml:6:7: error: scenario.set: found 'draws' in it; write \"key=value\""},
        Wrong{"UnknownKey", one + "drows = 5\n",
              "plan.toml:6:1: error: scenario: a block has no key 'drows'"},
        Wrong{"GridWithoutAxes", grid, "grid.axis: there is none; write [[grid.axis]]"},
        Wrong{"GridWithoutValues", grid + "[[grid.axis]]\nparameter = \"x\"\n",
              "plan.toml:6:1: error: grid.axis.values: neither it nor words is given"},
        Wrong{"GridValueTwice", grid + "[[grid.axis]]\nparameter = \"x\"\nvalues = [1, 1]\n",
              "plan.toml:8:10: error: grid.axis.values: a value stands in it twice"},
        Wrong{"GridParameterTwice",
              grid + "[[grid.axis]]\nparameter = \"x\"\nvalues = [1]\n" +
                  "[[grid.axis]]\nparameter = \"x\"\nvalues = [2]\n",
              "grid.axis: a second 'x', or no parameter; vary each parameter once"},
        Wrong{"SampleWithoutAxes", sample, "sample.axis: there is none; write [[sample.axis]]"},
        Wrong{"SampleOfNoWidth", sample + "[[sample.axis]]\nparameter = \"x\"\nfrom = 2\nto = 2\n",
              "plan.toml:10:6: error: sample.axis.to: found 2; write more than 2"},
        Wrong{"AScenarioForAPlan", "[projection]\nbase_year = 2000\n",
              "error: there is no parameter 'projection'"}),
    [](const auto& wrong) { return wrong.param.name; });

}  // namespace
}  // namespace kohort
