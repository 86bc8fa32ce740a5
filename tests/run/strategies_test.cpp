// The library of strategies, scenarios/orebro/strategies: each scenario runs, and does what it
// says.
#include <algorithm>
#include <filesystem>
#include <set>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "engine/base/file.hpp"
#include "tests/care/services_fixture.hpp"

namespace kohort {
namespace {

const std::string folder = test::project_file("scenarios/orebro/strategies");

/// Of what a scenario brings more or less than the base.
enum class Direction { more, less };

/// What a scenario says that it changes in the county, and by how many per cent it may do so at
/// most: as much as its numbers would if they worked on all of it at once.
struct Claim {
  std::string scenario;
  std::string variable;
  std::string kind;
  Direction direction;
  double most;
};

const std::string volume = "care/volume";
const std::string demand = "workforce/demand_fte";

const std::vector<Claim> claims{
    {"prevention-activity", volume, "home_care", Direction::less, 3.6},
    {"prevention-risk-assessment", volume, "special_housing", Direction::less, 6.5},
    {"prevention-risk-assessment", volume, "home_care", Direction::more, 6.5},
    {"prevention-risk-assessment", volume, "hospital_days", Direction::less, 3.0},
    {"early-measures", "welfare/persons", "children_in_vulnerable_households", Direction::less,
     5.1},
    {"rehabilitation", volume, "home_care", Direction::less, 8.9},
    {"rehabilitation", volume, "special_housing", Direction::less, 8.9},
    {"technology", volume, "home_care", Direction::less, 1.7},
    {"technology", demand, "nurse", Direction::less, 6.7},
    {"competence-places", "workforce/headcount", "nurse", Direction::more, 12.0},
    {"competence-completion", "workforce/headcount", "assistant_nurse", Direction::more, 15.0},
    {"competence-division", demand, "assistant_nurse", Direction::less, 10.0},
    {"competence-division", demand, "care_assistant", Direction::more, 40.0},
    {"integration", "workforce/headcount", "care_assistant", Direction::more, 50.0},
    {"cooperation-staff", "workforce/gap_fte", "assistant_nurse", Direction::less, 50.0},
    {"cooperation-care-chain", volume, "hospital_days", Direction::less, 6.1},
    {"leadership", "workforce/exits", "assistant_nurse", Direction::less, 10.0},
    {"leadership", demand, "assistant_nurse", Direction::less, 2.0},
    {"full-time", "workforce/supply_fte", "assistant_nurse", Direction::more, 12.5},
    {"civil-society-carers", volume, "special_housing", Direction::less, 2.9},
    {"civil-society-volunteers", volume, "home_care", Direction::less, 3.1},
    {"civil-society-volunteers", volume, "informal_care", Direction::more, 10.1},
    {"knowledge", volume, "special_housing", Direction::less, 16.0},
    {"together", volume, "home_care", Direction::less, 20.0},
    {"together", demand, "assistant_nurse", Direction::less, 25.0},
    {"low-migration", "population/immigration", "", Direction::less, 16.1},
    {"high-migration", "population/immigration", "", Direction::more, 25.1},
    {"healthy-ageing", volume, "home_care", Direction::less, 10.0},
    {"frozen-mortality", "population/deaths", "", Direction::more, 15.0},
    {"later-retirement", "workforce/retirements", "assistant_nurse", Direction::less, 60.0},
};

/// As expected, so that a claim is held to what the scenario does and not to luck, to the year in
/// which most of the scenarios work in full.
std::vector<std::string> shortened() {
  std::vector<std::string> overrides{
      "draws=1", "uncertainty.paths=false", "uncertainty.events=false", "projection.end_year=2021",
      "output.cells_of=[\"population/deaths\", \"population/immigration\", \"welfare/persons\", "
      "\"workforce/headcount\"]"};
  const std::size_t goals = 6;
  for (std::size_t at = 0; at < goals; ++at) {
    overrides.push_back("goal[" + std::to_string(at) + "].year=2021");
  }
  return overrides;
}

/// A scenario of the folder, shortened.
struct ShortRun {
  explicit ShortRun(const std::string& scenario)
      : run(folder + "/" + scenario + ".toml", shortened()), outcome(run.project()) {}

  /// The last year's figure of the county: of what is missing, where it is missing.
  double of(const Claim& claim) const {
    const std::size_t areas = run.frame().areas.size();
    const bool is_gap = claim.variable == "workforce/gap_fte";
    const std::size_t years = is_stock(claim) ? run.frame().intervals + 1 : run.frame().intervals;
    const auto sums = test::by_area(outcome, claim.variable, claim.kind, years * areas);
    double sum = 0.0;
    for (std::size_t area = 0; area + 1 < areas; ++area) {  // the last is the rest of the country
      const double figure = sums[(years - 1) * areas + area];
      sum += is_gap ? std::max(0.0, figure) : figure;
    }
    return sum;
  }

  ScenarioRun run;
  Outcome outcome;

 private:
  bool is_stock(const Claim& claim) const {
    return std::any_of(outcome.recorded.begin(), outcome.recorded.end(), [&](const Recorded& one) {
      return one.variable.name == claim.variable && one.variable.moment == Moment::stock;
    });
  }
};

std::set<std::string> claimed() {
  std::set<std::string> names;
  for (const Claim& claim : claims) names.insert(claim.scenario);
  return names;
}

class Strategies : public ::testing::TestWithParam<std::string> {
 protected:
  static const ShortRun& base() {
    static const ShortRun one("base");
    return one;
  }
};

TEST_P(Strategies, DoesWhatItSays) {
  const ShortRun run(GetParam());
  for (const Claim& claim : claims) {
    if (claim.scenario != GetParam()) continue;
    const double change = 100.0 * (run.of(claim) / base().of(claim) - 1.0);
    const double wanted = claim.direction == Direction::more ? change : -change;
    EXPECT_GT(wanted, 0.1) << claim.variable << " " << claim.kind;
    EXPECT_LT(wanted, claim.most) << claim.variable << " " << claim.kind;
  }
}

// So that none is shipped that no test runs, no table explains and no plan compares.
TEST(StrategiesFolder, IsRunExplainedAndPlannedAsAWhole) {
  const std::string readme = read_file(folder + "/README.md").text.value();
  const std::string plans = read_file(folder + "/../programme.toml").text.value() +
                            read_file(folder + "/../programme-variants.toml").text.value();
  std::set<std::string> shipped;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    const std::filesystem::path& file = entry.path();
    if (file.extension() != ".toml") continue;
    const std::string name = file.filename().string();
    EXPECT_NE(readme.find("[" + file.stem().string() + "](" + name + ")"), std::string::npos)
        << name;
    EXPECT_NE(plans.find("\"strategies/" + name + "\""), std::string::npos) << name;
    if (name != "base.toml") shipped.insert(file.stem().string());
  }
  EXPECT_EQ(shipped, claimed());
}

INSTANTIATE_TEST_SUITE_P(, Strategies, ::testing::ValuesIn(claimed()), [](const auto& scenario) {
  std::string name = scenario.param;
  std::replace(name.begin(), name.end(), '-', '_');
  return name;
});

}  // namespace
}  // namespace kohort
