// What is new in a later forecast: base figures, rates or assumptions, each by itself and together.
#include "engine/compare/revision.hpp"

#include <filesystem>

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "engine/compare/compare.hpp"
#include "engine/compare/decompose.hpp"
#include "tests/care/village.hpp"
#include "tests/support/expect_error.hpp"
#include "tests/support/folder.hpp"

namespace kohort::compare {
namespace {

// Rates of two cells fall by a tenth a year; the other forecast sets out from twice as much.
TEST(LevelOfRates, IsCarriedOnByTheirPath) {
  const Pools pools{{0, 0}, 1};
  const Course path{{0.2, 0.4}, {0.18, 0.36}};
  const Course moved = at_level_of(pools, {1.0, 1.0}, path, {0.4, 0.8});
  EXPECT_DOUBLE_EQ(moved[0][0], 0.4);
  EXPECT_DOUBLE_EQ(moved[1][0], 0.36);
  EXPECT_DOUBLE_EQ(moved[1][1], 0.72);
}

TEST(LevelOfRates, StaysAsFarApartWhereNothingIsThereToBeginWith) {
  const Course moved = at_level_of({{0}, 1}, {1.0}, {{0.0}, {0.3}}, {0.1});
  EXPECT_DOUBLE_EQ(moved[1][0], 0.4);
}

/// How a second forecast of the village differs from the first.
struct Launch {
  double people = 1.0;  ///< times those that the first has in 2001
  double dying = 6.0;   ///< per cent, as a table that is estimated
  std::string blocks{};
  int launch = 2001;
};

class NewForecast : public ::testing::Test {
 protected:
  NewForecast() {
    // Whoever moves can die elsewhere, so that deaths per head would change with the moves.
    village_.set("population.domestic.leaving", "0.0")
        .set("population.emigration.rates", "0.0")
        .set("population.mortality.rates", rates_file("fitted_0.csv", 6.0));
    test::CareRun run(village_.file());
    for (const auto& variable : run.outcome().recorded) {
      if (variable.variable.name == "population/persons") stocks_ = variable.values;
    }
    run.run().write(run.outcome(), folder_.name("first.h5"));
  }

  /// The village launched in 2001, from the people that the first one has then.
  Result second(const Launch& of) {
    const std::size_t cells = stocks_.size() / 5;
    std::string text = "area,sex,age,value\n";
    for (std::size_t at = 0; at < cells; ++at) {
      text += fmt::format("{},{},{},{}\n", at < cells / 2 ? "a" : "b",
                          at / 101 % 2 == 0 ? "female" : "male", at % 101,
                          of.people * stocks_[cells + at]);
    }
    village_.write_table("base_2001.csv", text);
    village_
        .set("population.base",
             "{ file = \"base_2001.csv\", basis = \"observed\", age_definition = \"end_of_year\" }")
        .set("projection.base_year", std::to_string(of.launch));
    village_.set("population.mortality.rates", rates_file("fitted_1.csv", of.dying));
    if (!of.blocks.empty()) village_.add(of.blocks);
    const test::CareRun run(village_.file());
    run.run().write(run.outcome(), folder_.name("second.h5"));
    return Result(folder_.name("second.h5"));
  }

  std::string rates_file(const std::string& name, double per_cent) {
    std::string text = "age,value\n";
    for (int age = 0; age <= 100; ++age) text += fmt::format("{},{}\n", age, per_cent / 100.0);
    village_.write_table(name, text);
    return "{ file = \"" + name + "\", basis = \"estimated\", age_definition = \"end_of_year\" }";
  }

  struct Found {
    std::vector<Decomposition> parts;
    ScenarioChanges changes;

    const Decomposition& of(PartedBy by, const Quantity& quantity = persons_quantity) const {
      for (const Decomposition& one : parts) {
        if (one.by == by && one.quantity == quantity) return one;
      }
      throw std::out_of_range("no such parts");
    }
  };

  Found found(const Result& second) const {
    const Result first(folder_.name("first.h5"));
    const ScenarioChanges changes(first, second);
    const Comparison comparison =
        compare(first, second, {.variables = {"population/persons", "care/persons"}});
    return {decompose(first, second, changes, comparison), changes};
  }

  /// All of the difference is one part's, in every figure.
  static void expect_only(const Decomposition& of, const std::string& name) {
    double most = 0.0;
    for (std::size_t at = 0; at < of.axes.size(); ++at) {
      most = std::max(most, std::abs(of.difference[at]));
      for (const Part& part : of.parts) {
        EXPECT_NEAR(part.values[at], part.name == name ? of.difference[at] : 0.0, 1e-6)
            << part.name;
      }
    }
    EXPECT_GT(most, 1.0);
  }

  static void expect_sums(const Found& found) {
    for (const Decomposition& of : found.parts) {
      for (std::size_t at = 0; at < of.axes.size(); ++at) {
        double sum = 0.0;
        for (const Part& part : of.parts) sum += part.values[at];
        EXPECT_NEAR(sum, of.difference[at], 1e-9 * 1e4) << to_string(of.quantity);
      }
    }
  }

  test::Folder folder_{"news"};

 private:
  test::Village village_;
  std::vector<double> stocks_;
};

TEST_F(NewForecast, DiffersByItsBaseAlone) {
  const Found of = found(second({.people = 1.1}));
  expect_only(of.of(PartedBy::news), "new_base");
  expect_only(of.of(PartedBy::news_components), "base_population");
  expect_sums(of);
}

TEST_F(NewForecast, DiffersByWhatWasFittedAlone) {
  const Found of = found(second({.dying = 9.0}));
  expect_only(of.of(PartedBy::news), "new_rates");
  expect_only(of.of(PartedBy::news_components), "deaths_rates");
  EXPECT_TRUE(of.changes.assumptions().empty());
  expect_sums(of);
}

const std::string half_from_2003 = R"([[population.multiplier]]
name = "fewer"
component = "mortality"
factor = 0.5
from = 2003
)";

TEST_F(NewForecast, DiffersByAnAssumptionAlone) {
  const Found of = found(second({.blocks = half_from_2003}));
  expect_only(of.of(PartedBy::news), "new_assumptions");
  expect_only(of.of(PartedBy::news_components), "deaths_assumptions");
  ASSERT_FALSE(of.changes.assumptions().empty());
  const ChangedAssumption& first = of.changes.assumptions().front();
  EXPECT_HAS(first.name, "population.multiplier[fewer].");
  EXPECT_EQ(first.parts, std::vector<std::string>{"deaths"});
  expect_sums(of);
}

// Half as many again die from 2002 on, and half of them from 2003: until then all is new rates.
TEST_F(NewForecast, TellsRatesFromAssumptions) {
  const Found of = found(second({.people = 0.9, .dying = 9.0, .blocks = half_from_2003}));
  expect_sums(of);
  const Decomposition& parts = of.of(PartedBy::news_components);
  const auto part = [&](const std::string& name, int year) {
    const CellPosition cell{*position_of(parts.axes.areas, std::string("all")),
                            *position_of(parts.axes.ages, std::string("all")),
                            *position_of(parts.axes.sexes, std::string("both")),
                            *position_of(parts.axes.years, year)};
    for (const Part& one : parts.parts) {
      if (one.name == name) return one.values[parts.axes.at(cell)];
    }
    throw std::out_of_range(name);
  };
  EXPECT_NEAR(part("deaths_assumptions", 2002), 0.0, 1e-9);
  EXPECT_LT(part("deaths_rates", 2002), -1.0);
  EXPECT_GT(part("deaths_assumptions", 2004), 1.0);
  EXPECT_LT(part("deaths_rates", 2004), part("deaths_rates", 2002) - 1.0);
  EXPECT_NEAR(part("births_assumptions", 2004), 0.0, 1e-9);
}

// People in care follow the people; what is fitted anew of care itself is new rates of care.
TEST_F(NewForecast, TellsWhatIsNewOfCare) {
  const Quantity housing{"care/persons", "housing"};
  const Found of = found(second({.people = 1.1}));
  const Decomposition& parts = of.of(PartedBy::news, housing);
  EXPECT_EQ(parts.parts.size(), 6U);
  expect_sums(of);
  double most = 0.0;
  for (std::size_t at = 0; at < parts.axes.size(); ++at) {
    most = std::max(most, std::abs(parts.parts[0].values[at]));
    EXPECT_NEAR(parts.parts[1].values[at], 0.0, 1e-6);
    EXPECT_NEAR(parts.parts[2].values[at], 0.0, 1e-6);
    EXPECT_EQ(parts.parts[4].values[at], 0.0);
    EXPECT_EQ(parts.parts[5].values[at], 0.0);
  }
  EXPECT_GT(most, 1.0);
}

// Of the same year: what other figures do to rates is nobody's assumption, nor is a price or a
// source.
TEST_F(NewForecast, OfTheSameYearHasNewRatesWhereNothingIsSupposedOtherwise) {
  second({});
  std::filesystem::copy_file(folder_.name("second.h5"), folder_.name("before.h5"));
  const Result revised = second({.people = 1.1, .blocks = R"([[intervention]]
name = "nothing known"
on = "population.mortality"
factor = 0.99
se = 0.1
evidence = "an example"
grade = "low"
)"});
  const ScenarioChanges changes(Result(folder_.name("before.h5")), revised);
  EXPECT_TRUE(changes.anything_learnt());
  EXPECT_EQ(changes.news_of("births"), News::rates);
  EXPECT_EQ(changes.news_of("domestic_migration"), News::rates);
  for (const ChangedAssumption& one : changes.assumptions()) {
    EXPECT_FALSE(one.name.ends_with(".se") || one.name.ends_with(".grade")) << one.name;
  }
}

TEST_F(NewForecast, OfOtherCareHasNewAssumptionsOnCare) {
  const Found of = found(second({.blocks = R"([[care.lever]]
name = "prevention"
on = "onset"
factor = 0.5
from = 2002
)"}));
  double assumed = 0.0;
  for (const std::string state : {"light", "heavy", "housing"}) {
    const Decomposition& parts = of.of(PartedBy::news, {"care/persons", state});
    for (std::size_t at = 0; at < parts.axes.size(); ++at) assumed += parts.parts[4].values[at];
  }
  EXPECT_LT(assumed, -1.0);
  EXPECT_EQ(of.changes.news_of("births"), News::rates);
  EXPECT_EQ(of.changes.news_of("care"), News::both);
  expect_sums(of);
}

TEST_F(NewForecast, OfTheSameFiguresHasNoNews) {
  const Result second = this->second({});
  const ScenarioChanges changes(second, second);
  EXPECT_FALSE(changes.anything_learnt());
  EXPECT_EQ(changes.news_of("deaths"), News::rates);
  const Comparison comparison = compare(second, second, {.variables = {"population/persons"}});
  EXPECT_EQ(decompose(second, second, changes, comparison).size(), 1U);
}

}  // namespace
}  // namespace kohort::compare
