// Hindcasts: the file, what was known at the launch, how methods are judged, why they were wrong.
#include "engine/hindcast/hindcast.hpp"

#include <cmath>
#include <numeric>

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "engine/base/file.hpp"
#include "engine/hindcast/error_parts.hpp"
#include "engine/hindcast/judged.hpp"
#include "engine/hindcast/known_figures.hpp"
#include "engine/hindcast/naive_methods.hpp"
#include "engine/hindcast/parameters.hpp"
#include "tests/compare/hand_made.hpp"
#include "tests/support/expect_error.hpp"
#include "tests/support/folder.hpp"

namespace kohort::hindcast {
namespace {

const std::string sound =
    "format = 1\n"
    "[[run]]\nlaunch = 2010\nscenario = \"one.toml\"\n"
    "[[judged]]\nname = \"all\"\nyears = [2020]\n"
    "[[outturn]]\nfile = \"truth.csv\"\n";

class HindcastFiles : public ::testing::Test {
 protected:
  Plan read(const std::string& text) { return read_plan(folder.write("plan.toml", text)); }
  std::string refused(const std::string& text) {
    return test::error_of(Fault::scenario, [&] { read(text); });
  }
  test::Folder folder;
};

TEST_F(HindcastFiles, SayWhatIsJudged) {
  const Plan plan = read(sound +
                         "columns = [\"ages=age\"]\ncode_digits = 2\n"
                         "[[judged]]\nname = \"old\"\nages = [\"80+\"]\nhorizons = [5, 10]\n"
                         "launches = [2005]\nareas = [\"00=all\", \"18\"]\n");
  EXPECT_EQ(plan.runs.front().method, "kohort");
  EXPECT_EQ(plan.runs.front().scenario, folder.path() / "one.toml");
  EXPECT_EQ(plan.outturns.front().options.columns.at("ages"), "age");
  EXPECT_EQ(plan.outturns.front().code_digits, 2U);
  EXPECT_EQ(plan.judged.front().years_of(2010), std::vector<int>{2020});
  EXPECT_EQ(plan.judged.back().years_of(2005), (std::vector<int>{2010, 2015}));
  EXPECT_FALSE(plan.judged.back().of_launch(2010));
  EXPECT_EQ(plan.judged.back().areas.front(), std::pair(std::string("00"), std::string("all")));
  EXPECT_TRUE(is_plan(folder.name("plan.toml")));
}

TEST_F(HindcastFiles, AreToldFromScenarios) {
  EXPECT_FALSE(is_plan(test::project_file("scenarios/orebro/reference.toml")));
}

TEST_F(HindcastFiles, NameTheLineOfAMistake) {
  EXPECT_HAS(refused(sound + "colums = []\n"), "plan.toml:10:1: error: ");
  EXPECT_HAS(refused(sound + "columns = [\"ages\"]\n"), "plan.toml:10:11: error: outturn.columns");
  EXPECT_HAS(refused(sound + "[naive]\nmethods = [\"linear5\"]\n"), "did you mean 'linear_5'?");
  EXPECT_HAS(refused(sound + "[naive]\naverage_of = [\"linear_7\"]\n"),
             "there is no method 'linear_7'");
  EXPECT_HAS(refused(sound + "[[judged]]\nname = \"b\"\n"), "no year is judged");
  EXPECT_HAS(refused(sound + "[[judged]]\nname = \"b\"\nages = [\"old\"]\nyears = [2020]\n"),
             "'old' are no ages");
  EXPECT_HAS(refused(sound + "[[run]]\nlaunch = 2010\nscenario = \"two.toml\"\n"),
             "there is a run 'kohort' launched 2010 already");
  EXPECT_HAS(refused(sound + "[[run]]\nlaunch = 2021\nscenario = \"two.toml\"\n"),
             "nothing of 2021 is judged");
}

TEST_F(HindcastFiles, AreDocumented) {
  const std::string readme = *read_file(test::project_file("engine/hindcast/README.md")).text;
  const Catalogue catalogue = hindcast_catalogue();
  for (const Section& section : catalogue.sections()) {
    for (const Parameter* parameter : section.parameters) {
      EXPECT_HAS(readme, "`" + parameter->name + "`");
      for (const Parameter* field : parameter->fields) EXPECT_HAS(readme, "`" + field->key() + "`");
    }
  }
}

class WhatWasKnown : public ::testing::Test {
 protected:
  ReadTable table(const std::string& text, const std::string& card,
                  std::optional<std::size_t> digits = {}) {
    folder.write("t.card.toml", card);
    const std::string file = folder.write("t.csv", text);
    return read_table({file, {"persons", "", {}}, digits, {"plan.toml", 7, 1}});
  }
  static double at(const KnownFigures& known, const std::string& area, int year) {
    return known.figure(area, {"all", "both"}, year);
  }
  const std::string rows =
      "year,area,persons\n2005,1801,5\n2010,1801,6\n2011,1801,7\n2010,1802,2\n";
  const std::string yearly = "known_from = \"year\"\n";
  test::Folder folder;
};

TEST_F(WhatWasKnown, HasNoLaterRows) {
  const std::vector<ReadTable> tables{table(rows, yearly)};
  const KnownFigures then(tables, 2010);
  EXPECT_EQ(at(then, "1801", 2010), 6.0);
  EXPECT_TRUE(std::isnan(at(then, "1801", 2011)));
  EXPECT_EQ(at(KnownFigures(tables), "1801", 2011), 7.0);
}

TEST_F(WhatWasKnown, RefusesATableThatBecameKnownLater) {
  const std::vector<ReadTable> later{table(rows, "known_from = 2011\n")};
  EXPECT_HAS(test::error_of(Fault::scenario, [&] { KnownFigures(later, 2010); }),
             "plan.toml:7:1: error: ");
  EXPECT_NO_THROW(KnownFigures(later, 2011));
}

TEST_F(WhatWasKnown, RefusesATableThatDoesNotSaySinceWhen) {
  const std::vector<ReadTable> unsaid{table(rows, "unit = \"persons\"\n")};
  EXPECT_HAS(test::error_of(Fault::scenario, [&] { KnownFigures(unsaid, 2010); }),
             "nobody says since when");
}

TEST_F(WhatWasKnown, AddsUpAreasThatAreCodedAlike) {
  const std::vector<ReadTable> tables{table(rows + "2010,2501,9\n2010,rest,90\n", yearly)};
  const KnownFigures known(tables);
  EXPECT_EQ(known.sum_like("1801", 2, {"all", "both"}, 2010), 8.0);
  EXPECT_EQ(known.sum_like("1801", 0, {"all", "both"}, 2010), 17.0);
  EXPECT_EQ(known.sum_like("1801", 2, {"all", "both"}, 2005), 5.0);  // 1802 was not there yet
  EXPECT_TRUE(std::isnan(known.sum_like("1801", 2, {"all", "both"}, 2004)));
}

TEST_F(WhatWasKnown, AddsUpATableByCodes) {
  const std::vector<ReadTable> counties{table(rows, yearly, 2)};
  EXPECT_EQ(at(KnownFigures(counties), "18", 2010), 8.0);
  const std::vector<ReadTable> nation{table(rows, yearly, 0)};
  EXPECT_EQ(at(KnownFigures(nation), "00", 2010), 8.0);
}

TEST_F(WhatWasKnown, GivesTheNaiveForecasts) {
  const std::vector<ReadTable> tables{table(rows, yearly)};
  const KnownFigures known(tables, 2010);
  const NaivePlan plan{{}, {}, 2, 5};
  const NaiveBasis basis{known, 2010, plan};
  const compare::CellAxes axes{{"1801", "1802"}, {"all"}, {"both"}, {2020}};
  const auto first = [&](const std::string& method) {
    return naive_figures(method, basis, axes).figures.front();
  };
  EXPECT_DOUBLE_EQ(first("no_change"), 6.0);
  EXPECT_DOUBLE_EQ(first("linear_5"), 8.0);  // a fifth of a person a year
  // The county goes from 5 to 8, and so to 14; three quarters of it.
  EXPECT_DOUBLE_EQ(first("constant_share"), 10.5);
  EXPECT_TRUE(std::isnan(first("linear_10")));      // nothing is known of 2000
  EXPECT_TRUE(std::isnan(first("cohort_ratios")));  // nor of single ages
}

/// Two areas that had 100 and 200, of which 110 and 190 came about.
JudgedLaunch two_areas() {
  JudgedLaunch judged{"all people",   2010,           {{"a", "b"}, {"all"}, {"both"}, {2020}},
                      {110.0, 190.0}, {100.0, 200.0}, {}};
  judged.methods.push_back({"kohort", MethodKind::run, {121.0, 190.0}});
  judged.methods.push_back({"no_change", MethodKind::naive, {100.0, 200.0}});
  return judged;
}

double measure(const std::vector<compare::Comparison>& comparisons, const std::string& method,
               const std::string& name) {
  for (const compare::Comparison& one : comparisons) {
    if (one.result != method) continue;
    for (const compare::Measured& measured : one.quantities.front().measures) {
      if (measured.name == name) return measured.value;
    }
  }
  ADD_FAILURE() << "no " << name << " of " << method;
  return compare::not_known;
}

TEST(Judging, TellsWhatIsAvoidedOfNaiveErrors) {
  const auto judged = judge(two_areas());
  EXPECT_NEAR(measure(judged, "kohort", "mape"), 5.0, 1e-12);
  const double naive = 50.0 * (10.0 / 110.0 + 10.0 / 190.0);
  EXPECT_NEAR(measure(judged, "no_change", "mape"), naive, 1e-12);
  EXPECT_NEAR(measure(judged, "kohort", "skill_no_change"), 100.0 * (1.0 - 5.0 / naive), 1e-12);
}

TEST(Judging, IsOverTheCellsThatAllMethodsHave) {
  JudgedLaunch two = two_areas();
  two.methods.back().figures[0] = compare::not_known;
  two.methods.push_back({"linear_5", MethodKind::naive, {compare::not_known, compare::not_known}});
  two.methods.push_back({"printed", MethodKind::published, {1.0, 209.0}});
  const auto judged = judge(two);
  EXPECT_EQ(measure(judged, "kohort", "mape"), 0.0);
  EXPECT_NEAR(measure(judged, "printed", "mape"), 10.0, 1e-12);
  ASSERT_EQ(judged.front().left_out.size(), 2U);
  EXPECT_HAS(judged.front().left_out[0], "linear_5");
  EXPECT_HAS(judged.front().left_out[1], "1 of 2 figures");
}

TEST(Judging, TakesAStatementOfDirectionAsCertain) {
  JudgedLaunch two = two_areas();
  two.methods.push_back(
      {.name = all_grow, .kind = MethodKind::naive, .figures = {1.0, 1.0}, .directions = true});
  const auto judged = judge(two);
  EXPECT_EQ(measure(judged, all_grow, "direction_hits"), 50.0);
  EXPECT_EQ(measure(judged, all_grow, "brier"), 0.5);
}

TEST(Judging, RefusesARunThatSaysNothing) {
  JudgedLaunch two = two_areas();
  two.methods.front().figures.assign(2, compare::not_known);
  EXPECT_HAS(test::error_of(Fault::scenario, [&] { judge(two); }), "has no figure");
}

TEST(Judging, AveragesMethods) {
  const JudgedLaunch two = two_areas();
  EXPECT_EQ(average_of(two.methods, {"kohort", "no_change"}).figures,
            (std::vector<double>{110.5, 195.0}));
}

/// People who grow by seven a year in each cell.
const compare::Result& growing() {
  static const test::Folder folder;
  static const compare::Result result = [] {
    test::HandMade made;
    made.persons = [](const std::string&, int year, std::size_t, std::size_t age) {
      return 1000.0 + 7.0 * (year - 2010) + static_cast<double>(age);
    };
    test::write_result(made, folder.name("r.h5"));
    return compare::Result(folder.name("r.h5"));
  }();
  return result;
}

RC_GTEST_PROP(PartsOfAnError, SumToIt, ()) {
  const compare::Result& result = growing();
  const test::Folder folder("-tables");
  std::string persons = "year,area,persons\n";
  std::string flows = "year,area,events\n";
  for (const std::string area : {"a", "b"}) {
    for (int year = 2010; year <= 2012; ++year) {
      persons += fmt::format("{},{},{}\n", year, area, *rc::gen::inRange(1, 10000));
      flows += fmt::format("{},{},{}.25\n", year, area, *rc::gen::inRange(-900, 900));
    }
  }
  const auto read = [&](const std::string& name, const std::string& value,
                        const std::string& text) {
    return read_table({folder.write(name, text), {value, "", {}}, {}, {}});
  };
  const std::vector<ReadTable> stocks{read("p.csv", "persons", persons)};
  const KnownFigures outturn(stocks);
  const std::vector<OutturnFlows> components{
      {"births", KnownFlows(read("f.csv", "events", flows))},
      {"deaths", KnownFlows(read("f.csv", "events", flows))}};
  const auto parts = error_parts(result, {outturn, components}, {{"a", "a"}, {"b", "b"}});
  RC_ASSERT(parts.has_value());
  RC_ASSERT(parts->axes.years == (std::vector<int>{2011, 2012}));
  for (std::size_t at = 0; at < parts->axes.size(); ++at) {
    double sum = 0.0;
    for (const compare::Part& part : parts->parts) sum += part.values[at];
    RC_ASSERT(std::abs(sum - parts->difference[at]) <=
              1e-9 * std::abs(parts->difference[at]) + 1e-9);
  }
}

}  // namespace
}  // namespace kohort::hindcast
