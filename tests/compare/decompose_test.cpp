// Differences in parts: by hand, and that the parts add up whatever the results.
#include "engine/compare/decompose.hpp"

#include <algorithm>
#include <cmath>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "engine/compare/accounts.hpp"
#include "engine/compare/care_parts.hpp"
#include "engine/compare/compare.hpp"
#include "engine/compare/workforce_parts.hpp"
#include "tests/compare/hand_made.hpp"
#include "tests/population/sketch.hpp"
#include "tests/support/expect_error.hpp"
#include "tests/support/folder.hpp"

namespace kohort::compare {
namespace {

/// One area of women aged 0 and 1+; only those of 0 are there at first.
const AccountShape alone{1, 1, 2, 0};

Accounts mortal(double people, double dying) {
  const std::vector<double> none(2, 0.0);
  const std::vector<double> base{people, 0.0};
  return {base, {rates_of(alone, base, {none, {0.0, dying}, none, none, none, none, none})}};
}

double part(const Mixture& mixture, Component component) {
  const std::vector<double> weights =
      evaluate::shapley_weights(5, static_cast<std::size_t>(component));
  double sum = 0.0;
  for (evaluate::Swapped swapped = 0; swapped < weights.size(); ++swapped) {
    sum += weights[swapped] * mixture.project(swapped).back()[1];
  }
  return sum;
}

// 100 people of whom a tenth dies, 200 of whom a fifth does: 90 against 160. The base adds 100 at
// 0.9 or 0.8, the deaths take 0.1 of 100 or of 200.
TEST(Parts, AreTheMeanOfBothOrders) {
  const Accounts first = mortal(100.0, 10.0);
  const Accounts second = mortal(200.0, 40.0);
  const Mixture mixture(alone, first, second);
  EXPECT_DOUBLE_EQ(part(mixture, Component::base), 85.0);
  EXPECT_DOUBLE_EQ(part(mixture, Component::deaths), -15.0);
  EXPECT_NEAR(part(mixture, Component::births), 0.0, 1e-12);
  EXPECT_NEAR(part(mixture, Component::domestic), 0.0, 1e-12);
}

// Twice as many women at the same rate have twice as many children, which the base is the cause of.
TEST(Parts, CountLaterBirthsAsTheirMothersDo) {
  const std::vector<double> none(2, 0.0);
  const auto fertile = [&](double women) {
    const std::vector<double> base{0.0, women};
    return Accounts{
        base, {rates_of(alone, base, {{0.0, 0.1 * women}, none, none, none, none, none, none})}};
  };
  const Accounts first = fertile(100.0);
  const Accounts second = fertile(200.0);
  const Mixture mixture(alone, first, second);
  EXPECT_DOUBLE_EQ(mixture.project(0).back()[0], 10.0);
  EXPECT_DOUBLE_EQ(mixture.project(1).back()[0], 20.0);
}

TEST(Flows, FromNobodyStayNumbers) {
  EXPECT_EQ(FlowRate::of(3.0, 0.0).from(10.0), 3.0);
  EXPECT_EQ(FlowRate::of(3.0, 6.0).from(10.0), 5.0);
}

const std::vector<double> alike(2, 1.0);

// 10 of 100 and 40 of 100 people, 0.1 and 0.5 of whom have care, against twice the people alike.
TEST(CareParts, OfTwiceThePeopleAreOfTheirNumber) {
  const std::vector<double> persons{60.0, 40.0};
  const std::vector<double> users{6.0, 20.0};
  const std::vector<double> twice{120.0, 80.0};
  const std::vector<double> users_twice{12.0, 40.0};
  const auto parts = care_parts({persons, users}, {twice, users_twice}, alike);
  EXPECT_NEAR(parts[0], 26.0, 1e-12);
  EXPECT_NEAR(parts[1], 0.0, 1e-12);
  EXPECT_NEAR(parts[2], 0.0, 1e-12);
  EXPECT_EQ(parts[3], 0.0);
}

// The same people by a definition that counts a quarter more: 26 users are 32.5.
TEST(CareParts, OfAnotherDefinitionAreOfThatAlone) {
  const std::vector<double> persons{60.0, 40.0};
  const std::vector<double> users{6.0, 20.0};
  const std::vector<double> more{7.5, 25.0};
  const std::vector<double> factors(2, 1.25);
  const auto parts = care_parts({persons, users}, {persons, more}, factors);
  EXPECT_EQ(parts[0], 0.0);
  EXPECT_EQ(parts[1], 0.0);
  EXPECT_NEAR(parts[2], 0.0, 1e-12);
  EXPECT_NEAR(parts[3], 6.5, 1e-12);
}

RC_GTEST_PROP(CarePartsOfAny, AddUpToTheDifference, ()) {
  std::mt19937_64 random(*rc::gen::arbitrary<std::uint64_t>());
  std::uniform_real_distribution<double> number(0.0, 1000.0);
  const std::size_t cells = *rc::gen::inRange<std::size_t>(1, 8);
  const bool same_definition = *rc::gen::inRange(0, 2) == 0;
  std::vector<double> figures[4];
  std::vector<double> factors;
  double difference = 0.0;
  for (std::size_t at = 0; at < cells; ++at) {
    for (int side = 0; side < 2; ++side) {
      const bool nobody = *rc::gen::inRange(0, 5) == 0;
      const double persons = nobody ? 0.0 : number(random);
      figures[2 * side].push_back(persons);
      figures[2 * side + 1].push_back(persons * number(random) / 1000.0);
    }
    difference += figures[3].back() - figures[1].back();
    factors.push_back(same_definition ? 1.0 : 0.5 + number(random) / 1000.0);
  }
  const auto parts = care_parts({figures[0], figures[1]}, {figures[2], figures[3]}, factors);
  const double sum = parts[0] + parts[1] + parts[2] + parts[3];
  RC_ASSERT(std::abs(sum - difference) < 1e-9 * 1000.0 * 8.0);
  RC_ASSERT(!same_definition || parts[3] == 0.0);
}

/// A cell of which the parts are asked for, by their names.
double news(const CareCell& cell, std::string_view name) {
  const auto parts = care_news(cell);
  for (std::size_t part = 0; part < parts.size(); ++part) {
    if (care_news_names.at(part) == name) return parts.at(part);
  }
  throw std::out_of_range(std::string(name));
}

// 100 people, a tenth of them users: whatever alone changes has all of the difference.
TEST(CareNews, AreOfWhatAloneIsNew) {
  const CareCell same{100.0, {}, 0.1, 0.1, 0.1, 0.1, 1.0};
  const auto only = [](const CareCell& cell, std::string_view name, double difference) {
    for (const std::string_view other : care_news_names) {
      EXPECT_NEAR(news(cell, other), other == name ? difference : 0.0, 1e-12) << other;
    }
  };
  CareCell cell = same;
  cell.new_persons = {20.0, 0.0, 0.0};
  only(cell, "new_base", 2.0);
  cell.new_persons = {0.0, 0.0, -20.0};
  only(cell, "new_assumptions", -2.0);
  cell = same;
  cell.rate_at_new_level = cell.new_rate = 0.2;
  only(cell, "new_care_rates", 10.0);
  cell = same;
  cell.rate_on_new_path = cell.new_rate = 0.2;
  only(cell, "new_care_assumptions", 10.0);
  cell = same;
  cell.definition_factor = 1.5;
  only(cell, "definitions", 5.0);
}

RC_GTEST_PROP(CareNewsOfAny, AddUpToTheDifference, ()) {
  std::mt19937_64 random(*rc::gen::arbitrary<std::uint64_t>());
  std::uniform_real_distribution<double> number(0.0, 1.0);
  const auto people = [&] { return 100.0 * number(random) - 30.0; };
  const CareCell cell{100.0,
                      {people(), people(), people()},
                      number(random),
                      number(random),
                      number(random),
                      number(random),
                      0.5 + number(random)};
  const auto parts = care_news(cell);
  const double second =
      cell.persons + cell.new_persons[0] + cell.new_persons[1] + cell.new_persons[2];
  const double difference =
      second * cell.new_rate * cell.definition_factor - cell.persons * cell.rate;
  double sum = 0.0;
  for (const double part : parts) sum += part;
  RC_ASSERT(std::abs(sum - difference) < 1e-9 * 100.0);
}

// 100 heads at 0.8 posts each: 10 enter and a tenth leave, or a fifth. 100 and 90 heads are there
// at the end, 80 and 72 posts; so 8 posts are missing more, because more leave.
TEST(WorkforceParts, OfMoreLeaversAreOfTheExit) {
  const StaffCourse first{100.0, {{10.0, 10.0, 0.0}}, {80.0, 80.0}, {90.0, 90.0}, {0.0, 0.0}};
  StaffCourse second = first;
  second.years[0].leavers = 20.0;
  second.supply[1] = 72.0;
  const auto parts = workforce_parts(first, second);
  ASSERT_EQ(parts.size(), 2U);
  for (std::size_t part = 0; part < workforce_part_names.size(); ++part) {
    EXPECT_NEAR(parts[0].at(part), 0.0, 1e-12);
    const bool exit = workforce_part_names.at(part) == "exit";
    EXPECT_NEAR(parts[1].at(part), exit ? 8.0 : 0.0, 1e-12) << workforce_part_names.at(part);
  }
}

// Half as many heads at the start lose half as many: 40 posts fewer, of which nothing is the exit.
TEST(WorkforceParts, OfFewerStaffAreOfThoseAtTheStart) {
  const StaffCourse first{100.0, {{0.0, 10.0, 5.0}}, {80.0, 76.0}, {90.0, 90.0}, {0.0, 0.0}};
  const StaffCourse second{50.0, {{0.0, 5.0, 2.5}}, {40.0, 38.0}, {90.0, 90.0}, {0.0, 0.0}};
  const auto parts = workforce_parts(first, second);
  EXPECT_NEAR(parts[0][0], 40.0, 1e-12);
  EXPECT_NEAR(parts[1][0], 38.0, 1e-12);
  EXPECT_NEAR(parts[1][2], 0.0, 1e-12);
}

/// Staff who come and go at random, none of them at all now and then.
StaffCourse any_course(std::mt19937_64& random, std::size_t years) {
  std::uniform_real_distribution<double> number(0.0, 100.0);
  const auto any = [&] { return number(random) < 20.0 ? 0.0 : number(random); };
  StaffCourse course{any(), {}, {}, {}, {}};
  double heads = course.heads;
  for (std::size_t year = 0; year < years; ++year) {
    if (year > 0) {
      const StaffYear flows{any(), heads * number(random) / 200.0, heads * number(random) / 200.0};
      course.years.push_back(flows);
      heads += flows.entrants - flows.leavers + flows.others;
    }
    course.supply.push_back(heads * number(random) / 100.0);
    course.demand.push_back(any());
    course.borrowed.push_back(any() - any());
  }
  return course;
}

RC_GTEST_PROP(WorkforcePartsOfAny, AddUpToTheDifference, ()) {
  std::mt19937_64 random(*rc::gen::arbitrary<std::uint64_t>());
  const std::size_t years = *rc::gen::inRange<std::size_t>(1, 6);
  const StaffCourse first = any_course(random, years);
  const StaffCourse second = any_course(random, years);
  const auto parts = workforce_parts(first, second);
  for (std::size_t at = 0; at < years; ++at) {
    const double difference = second.demand[at] - second.supply[at] - second.borrowed[at] -
                              (first.demand[at] - first.supply[at] - first.borrowed[at]);
    double sum = 0.0;
    for (const double one : parts[at]) sum += one;
    RC_ASSERT(std::abs(sum - difference) < 1e-9 * 1000.0);
  }
}

/// The same scenario with other figures: people and rates somewhat lower, deaths a little more, as
/// longer lives need not fit the open age group.
test::Sketch other_figures(test::Sketch sketch, std::mt19937_64& random) {
  std::uniform_real_distribution<double> factor(0.6, 1.0);
  for (auto& [parameter, table] : sketch.tables) {
    const bool deaths = parameter == "population.mortality.rates";
    const bool survival = sketch.has("population.mortality.measure", "survival_ratio");
    const bool sums_to_one = parameter == "population.fertility.newborn_groups" ||
                             parameter == "population.domestic.destination_shares";
    if ((deaths && survival) || sums_to_one) continue;
    for (test::SketchTable::Row& row : table.rows) {
      const double more = std::min(1.05 * row.figure, std::max(row.figure, 0.95));
      row.figure = deaths ? more : row.figure * factor(random);
    }
  }
  return sketch;
}

std::string written(const test::Sketch& sketch, const test::Folder& folder) {
  const test::Projected projected = project(sketch, folder);
  projected.run().write(projected.outcome(), folder.name("result.h5"));
  return folder.name("result.h5");
}

std::vector<Decomposition> parts_between(const Result& first, const Result& second,
                                         const Comparison& comparison) {
  return decompose(first, second, ScenarioChanges(first, second), comparison);
}

void expect_sums(const Decomposition& of, const Compared& compared) {
  ASSERT_FALSE(of.difference.empty());
  for (std::size_t at = 0; at < of.axes.size(); ++at) {
    double sum = 0.0;
    for (const Part& one : of.parts) sum += one.values[at];
    double people = 1.0;
    for (const double figure : compared.standard) people = std::max(people, std::abs(figure));
    ASSERT_NEAR(sum, of.difference[at], 1e-9 * people);
    const CellPosition cell = of.axes.cell(at);
    const std::size_t year = *position_of(compared.axes.years, of.axes.years[cell.year]);
    const std::size_t there = compared.axes.at({cell.area, cell.ages, cell.sex, year});
    ASSERT_NEAR(of.difference[at], compared.result[there] - compared.standard[there],
                1e-9 * people);
  }
}

/// By components, and what is new: the base of the second is another table; of all else once every
/// setting is another one, once nothing but settings.
RC_GTEST_PROP(PartsOfAnyTwoResults, AddUpToTheirDifference, ()) {
  std::mt19937_64 random(*rc::gen::arbitrary<std::uint64_t>());
  const auto form =
      *rc::gen::element(test::Form::pool, test::Form::linear, test::Form::exponential);
  const auto net = *rc::gen::element(test::Net::none, test::Net::counts);
  const test::Sketch sketch = test::any_sketch(form, net, random);
  const test::Folder folder("-one");
  const test::Folder folder_too("-other");
  const Result first(written(sketch, folder));
  const Result second(written(other_figures(sketch, random), folder_too));
  const Comparison comparison = compare(first, second, {.variables = {"population/persons"}});
  const std::vector<std::string> all{"births", "deaths", "domestic_migration",
                                     "international_migration", "net_migration"};
  const ScenarioChanges of_all({{"every setting", "", "", all}});
  for (const ScenarioChanges& changes : {ScenarioChanges(first, second), of_all}) {
    const std::vector<Decomposition> found = decompose(first, second, changes, comparison);
    ASSERT_EQ(found.size(), 3U);
    for (const Decomposition& one : found) expect_sums(one, comparison.quantities.front());
  }
}

TEST(PartsOfAResult, AreNoneAgainstItself) {
  std::mt19937_64 random(3);
  const test::Folder folder;
  const Result result(written(test::any_sketch(test::Form::pool, test::Net::none, random), folder));
  const Comparison comparison = compare(result, result, {.variables = {"population/persons"}});
  const std::vector<Decomposition> found = parts_between(result, result, comparison);
  for (const Part& one : found.front().parts) {
    for (const double value : one.values) EXPECT_NEAR(value, 0.0, 1e-9);
  }
  for (const double noise : found.front().noise) EXPECT_EQ(noise, 0.0);
}

TEST(PartsOfAResult, AreNotThereOfOtherAreasOrYears) {
  const test::Folder folder;
  const auto made = [&](const std::string& name, const std::vector<std::string>& areas,
                        const std::vector<std::int32_t>& years) {
    test::HandMade result;
    result.areas = areas;
    result.years = years;
    result.persons = [](const std::string&, int, std::size_t, std::size_t) { return 1.0; };
    test::write_result(result, folder.name(name));
    return Result(folder.name(name));
  };
  const Result first = made("a.h5", {"a", "b"}, {2010, 2011});
  const auto refused = [&](const Result& second) {
    return test::error_of(Fault::scenario, [&] { parts_between(first, second, {}); });
  };
  EXPECT_HAS(refused(made("b.h5", {"a", "c"}, {2010, 2011})), "the areas are not the same");
  EXPECT_HAS(refused(made("c.h5", {"a", "b"}, {2011, 2012})),
             "there are no intervals that both have");
}

}  // namespace
}  // namespace kohort::compare
