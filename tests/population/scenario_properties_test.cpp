// What must hold of every scenario, whatever its form, conventions and rates: rapidcheck tries
// many, each written as a user would write it. Rates made in memory stand in properties_test.cpp.
#include <algorithm>
#include <cmath>
#include <iostream>

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include "tests/population/sketch.hpp"

namespace kohort {
namespace {

using test::Form;
using test::Net;
using test::Projected;
using test::Sketch;
using test::Who;

const std::vector<std::string> all_flows{"births",       "deaths",      "domestic_in",
                                         "domestic_out", "immigration", "emigration"};

bool close(double a, double b) {
  return std::abs(a - b) <= 1e-9 * std::max({1.0, std::abs(a), std::abs(b)});
}

/// Tries the property: fewer times than usual, as each writes a scenario or two and runs them.
template <class Property>
bool holds(const Property& property) {
  rc::detail::TestParams params = rc::detail::configuration().testParams;
  params.maxSuccess = 30;
  const rc::detail::TestMetadata metadata;
  const auto result = rc::detail::checkTestable(property, metadata, params);
  rc::detail::printResultMessage(result, std::cerr);
  return result.template is<rc::detail::SuccessResult>();
}

/// The flows that a result has.
std::vector<std::string> flows_of(const Projected& projected) {
  std::vector<std::string> flows = all_flows;
  for (const char* flow : {"net_migration", "group_in", "group_out"}) {
    if (projected.has(flow)) flows.emplace_back(flow);
  }
  return flows;
}

/// The flow, or 0 where the result does not have it.
double flow(const Projected& projected, const std::string& name, int year, const Who& who) {
  return projected.has(name) ? projected.at(name, year, who) : 0.0;
}

Who aged(Who who, int age) {
  who.age = age;
  return who;
}

/// Those who are in a cell at the end of an interval if nothing happens to them but being born.
double at_risk(const Sketch& sketch, const Projected& ours, int year, const Who& who) {
  const int before = year - sketch.step;
  double people = 0.0;
  if (who.age == 0) {
    for (const int age : sketch.ages()) people += ours.at("births", year, aged(who, age));
    return people;
  }
  people = ours.at("persons", before, aged(who, who.age - sketch.step));
  if (who.age == sketch.open_age) people += ours.at("persons", before, who);
  return people;
}

/// A form of the model, with a form of net migration.
struct Kind {
  const char* name;
  Form form;
  Net net;
};
void PrintTo(const Kind& kind, std::ostream* out) { *out << kind.name; }

class Scenarios : public ::testing::TestWithParam<Kind> {
 protected:
  static Sketch any() {
    std::mt19937_64 random(*rc::gen::noShrink(rc::gen::arbitrary<std::uint64_t>()));
    return test::any_sketch(GetParam().form, GetParam().net, random);
  }
  Projected project(const Sketch& sketch) const { return test::project(sketch, folder_); }

  test::Folder folder_;
};

TEST_P(Scenarios, BalanceEveryCell) {
  const auto property = [this] {
    const Sketch sketch = any();
    const Projected ours = project(sketch);
    for (const int year : sketch.flow_years()) {
      for (const Who& who : sketch.everyone()) {
        const auto of = [&](const char* name) { return flow(ours, name, year, who); };
        const double expected = at_risk(sketch, ours, year, who) - of("deaths") +
                                of("domestic_in") - of("domestic_out") + of("immigration") -
                                of("emigration") + of("net_migration") + of("group_in") -
                                of("group_out");
        RC_ASSERT(close(ours.at("persons", year, who), expected));
      }
    }
  };
  EXPECT_TRUE(holds(property));
}

TEST_P(Scenarios, LoseAndGainNobodyBetweenAreasOrGroups) {
  const auto property = [this] {
    const Sketch sketch = any();
    const Projected ours = project(sketch);
    for (const int year : sketch.flow_years()) {
      for (const std::string sex : {"female", "male"}) {
        for (const int age : sketch.ages()) {
          double moves = 0.0;
          double changes = 0.0;
          for (const std::string& area : sketch.areas) {
            for (const std::string& group : sketch.group_labels()) {
              const Who who{area, sex, age, group};
              moves += flow(ours, "domestic_in", year, who) - flow(ours, "domestic_out", year, who);
              changes += flow(ours, "group_in", year, who) - flow(ours, "group_out", year, who);
            }
          }
          RC_ASSERT(close(moves, 0.0));
          RC_ASSERT(close(changes, 0.0));
        }
      }
    }
  };
  EXPECT_TRUE(holds(property));
}

TEST_P(Scenarios, HaveNoNegativeStocksOrGrossFlows) {
  const auto property = [this] {
    const Sketch sketch = any();
    const Projected ours = project(sketch);
    for (const std::string name :
         {"persons", "births", "domestic_in", "domestic_out", "emigration"}) {
      for (const double figure : ours.values(name)) RC_ASSERT(figure >= 0.0);
    }
  };
  EXPECT_TRUE(holds(property));
}

TEST_P(Scenarios, LetAllArriveWhoAreCounted) {
  const auto property = [this] {
    const Sketch sketch = any();
    const Projected ours = project(sketch);
    double counted = 0.0;
    double arrived = 0.0;
    for (const auto& row : sketch.tables.at("population.immigration.counts").rows) {
      counted += row.figure;
    }
    for (const int year : sketch.flow_years()) arrived += ours.total("immigration", year);
    RC_ASSERT(close(arrived, counted));
  };
  EXPECT_TRUE(holds(property));
}

/// All but the residual, which arrives at its target whatever happens.
class StillScenarios : public Scenarios {};

TEST_P(StillScenarios, OnlyAge) {
  const auto property = [this] {
    const Sketch sketch = test::without_events(any());
    const Projected ours = project(sketch);
    const bool dropped = sketch.has("population.open_age_survivors", "dropped");
    for (const int year : sketch.flow_years()) {
      for (const Who& who : sketch.everyone()) {
        double expected = at_risk(sketch, ours, year, who);
        if (dropped && who.age == sketch.open_age) {
          expected = ours.at("persons", year - sketch.step, aged(who, who.age - sketch.step));
        }
        RC_ASSERT(close(ours.at("persons", year, who), expected));
        for (const std::string& name : flows_of(ours)) {
          const bool leaves = dropped && name == "deaths" && who.age == sketch.open_age;
          RC_ASSERT(leaves || std::abs(ours.at(name, year, who)) <= 1e-9);
        }
      }
    }
  };
  EXPECT_TRUE(holds(property));
}

TEST_P(Scenarios, ScaleWithTheirInputs) {
  const auto property = [this] {
    const Sketch sketch = any();
    const double factor = *rc::gen::element(0.01, 0.5, 3.0, 1000.0);
    Sketch scaled = sketch;
    for (auto& [parameter, table] : scaled.tables) {
      const bool rates = parameter == "population.net_migration.values" &&
                         sketch.has("population.net_migration.form", "rates");
      if (!test::counts_persons(parameter) || rates) continue;
      for (auto& row : table.rows) row.figure *= factor;
    }
    const Projected ours = project(sketch);
    const Projected theirs = project(scaled);
    for (const auto& recorded : ours.outcome().recorded) {
      const std::string name = recorded.variable.name.substr(std::string("population/").size());
      const auto& scaled_values = theirs.values(name);
      for (std::size_t at = 0; at < recorded.values.size(); ++at) {
        RC_ASSERT(close(recorded.values[at], scaled_values[at] / factor));
      }
    }
  };
  EXPECT_TRUE(holds(property));
}

TEST_P(Scenarios, AreTheSameWhenTheirAreasChangePlaces) {
  const auto property = [this] {
    const Sketch sketch = any();
    Sketch reversed = sketch;
    std::reverse(reversed.areas.begin(), reversed.areas.end());
    const Projected ours = project(sketch);
    const Projected theirs = project(reversed);
    for (const int year : sketch.flow_years()) {
      for (const Who& who : sketch.everyone()) {
        RC_ASSERT(close(ours.at("persons", year, who), theirs.at("persons", year, who)));
        for (const std::string& name : flows_of(ours)) {
          RC_ASSERT(close(ours.at(name, year, who), theirs.at(name, year, who)));
        }
      }
    }
  };
  EXPECT_TRUE(holds(property));
}

TEST_P(Scenarios, HaveTheSameSumsWhenAreasAreSplitInHalves) {
  const auto property = [this] {
    const Sketch sketch = any();
    const Projected whole = project(sketch);
    const Projected halves = project(test::halved(sketch));
    const bool multistate = GetParam().form != Form::pool;
    const auto compare = [&](const std::string& name, int year, const Who& who) {
      Who x = who;
      Who y = who;
      x.area += "x";
      y.area += "y";
      RC_ASSERT(
          close(whole.at(name, year, who), halves.at(name, year, x) + halves.at(name, year, y)));
    };
    for (const int year : sketch.flow_years()) {
      for (const Who& who : sketch.everyone()) {
        compare("persons", year, who);
        for (const std::string& name : flows_of(whole)) {
          // Who moves away and back within an interval, but to the other half, has moved.
          const bool transitions = name.ends_with("_in") || name.ends_with("_out");
          if (multistate && transitions) continue;
          compare(name, year, who);
        }
      }
    }
  };
  EXPECT_TRUE(holds(property));
}

class Residuals : public Scenarios {};

TEST_P(Residuals, ArriveAtTheirTarget) {
  const auto property = [this] {
    const Sketch sketch = any();
    const Projected ours = project(sketch);
    const auto& target = sketch.tables.at("population.net_migration.target");
    const bool grouped = !sketch.groups.empty();
    for (const auto& row : target.rows) {
      const auto& labels = row.labels;  // year, area, group, sex, age
      const std::size_t sex = grouped ? 3 : 2;
      const Who who{labels[1], labels[sex], std::stoi(labels[sex + 1]), grouped ? labels[2] : ""};
      RC_ASSERT(close(ours.at("persons", std::stoi(labels[0]), who), row.figure));
    }
  };
  EXPECT_TRUE(holds(property));
}

const Kind residual{"residual", Form::pool, Net::residual};
const std::vector<Kind> others{
    {"pool", Form::pool, Net::none},
    {"net_counts", Form::pool, Net::counts},
    {"net_rates", Form::pool, Net::rates},
    {"linear", Form::linear, Net::none},
    {"linear_net_rates", Form::linear, Net::rates},
    {"exponential", Form::exponential, Net::none},
    {"exponential_net_counts", Form::exponential, Net::counts},
};
std::vector<Kind> all() {
  std::vector<Kind> kinds = others;
  kinds.push_back(residual);
  return kinds;
}
std::string name_of(const ::testing::TestParamInfo<Kind>& kind) { return kind.param.name; }

INSTANTIATE_TEST_SUITE_P(Population, Scenarios, ::testing::ValuesIn(all()), name_of);
INSTANTIATE_TEST_SUITE_P(Population, StillScenarios, ::testing::ValuesIn(others), name_of);
INSTANTIATE_TEST_SUITE_P(Population, Residuals, ::testing::Values(residual), name_of);

}  // namespace
}  // namespace kohort
