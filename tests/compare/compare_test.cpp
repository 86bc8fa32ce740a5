// Results held against each other and against tables: by labels, and not where they do not fit.
#include "engine/compare/compare.hpp"

#include <algorithm>
#include <cmath>

#include <gtest/gtest.h>

#include "engine/evaluate/scores.hpp"
#include "tests/compare/hand_made.hpp"
#include "tests/support/expect_error.hpp"
#include "tests/support/folder.hpp"

namespace kohort::compare {
namespace {

/// 100 people per cell in a and 50 in b, 10 more each year, as many more as the age, men one more.
double people(const std::string& area, int year, std::size_t sex, std::size_t age) {
  return (area == "a" ? 100.0 : 50.0) + 10.0 * (year - 2010) + static_cast<double>(age + sex);
}

class Comparisons : public ::testing::Test {
 protected:
  Result result(const std::string& name, const std::function<void(test::HandMade&)>& change = {}) {
    test::HandMade made;
    made.persons = people;
    if (change) change(made);
    test::write_result(made, folder.name(name));
    return Result(folder.name(name));
  }

  Reference table(const std::string& rows, const std::string& unit = "persons") {
    folder.write("table.card.toml", "unit = \"" + unit + "\"\n");
    return read_reference(folder.write("table.csv", rows), {});
  }

  static std::string refused(const Result& one, const Result& other, const Wanted& wanted = {}) {
    return test::error_of(Fault::scenario, [&] { compare(one, other, wanted); });
  }
  static std::string refused(const Reference& one, const Result& other, const Wanted& wanted = {}) {
    return test::error_of(Fault::scenario, [&] { compare(one, other, wanted); });
  }

  test::Folder folder;
};

/// The figures of a cell, by its labels.
std::pair<double, double> at(const Compared& compared, const std::string& area,
                             const std::string& ages, const std::string& sex, int year) {
  const CellAxes& axes = compared.axes;
  const std::size_t cell =
      axes.at({position_of(axes.areas, area).value(), position_of(axes.ages, ages).value(),
               position_of(axes.sexes, sex).value(), position_of(axes.years, year).value()});
  return {compared.standard[cell], compared.result[cell]};
}

/// A measure over the areas in a year, or over the years of an area.
const Measured& measure(const Compared& compared, const std::string& name, int year,
                        const std::string& ages = "all", const std::string& sex = "both") {
  for (const Measured& one : compared.measures) {
    if (one.name == name && one.year && compared.axes.years[*one.year] == year &&
        compared.axes.ages[one.ages] == ages && compared.axes.sexes[one.sex] == sex) {
      return one;
    }
  }
  throw std::out_of_range(name);
}

bool has_measure(const Compared& compared, const std::string& name) {
  return std::any_of(compared.measures.begin(), compared.measures.end(),
                     [&](const Measured& one) { return one.name == name; });
}

TEST_F(Comparisons, FindFiguresByLabelsWhateverTheirOrder) {
  const Result one = result("one.h5");
  const Result other = result("other.h5", [](test::HandMade& made) {
    made.areas = {"b", "a"};
    made.years = {2009, 2010, 2011};
  });
  const Comparison found = compare(one, other, {});
  ASSERT_EQ(found.quantities.size(), 1U);
  const Compared& persons = found.quantities.front();
  EXPECT_EQ(persons.axes.years, (std::vector<int>{2010, 2011}));
  EXPECT_EQ(persons.axes.areas, (std::vector<std::string>{"a", "b", "all"}));
  for (std::size_t cell = 0; cell < persons.axes.size(); ++cell) {
    EXPECT_EQ(persons.standard[cell], persons.result[cell]);
  }
  EXPECT_EQ(at(persons, "a", "all", "both", 2011).first, 2.0 * (3.0 * 110.0 + 3.0) + 3.0);
  EXPECT_EQ(measure(persons, "mape", 2011).value, 0.0);
}

TEST_F(Comparisons, MeasureDifferencesOverTheAreas) {
  const Result one = result("one.h5");
  const Result other = result("other.h5", [](test::HandMade& made) {
    made.persons = [](const std::string& area, int year, std::size_t sex, std::size_t age) {
      return people(area, year, sex, age) * (area == "a" ? 1.10 : 0.98);
    };
  });
  const Compared persons = compare(one, other, {}).quantities.front();
  EXPECT_NEAR(measure(persons, "mape", 2012).value, 6.0, 1e-9);
  EXPECT_NEAR(measure(persons, "malpe", 2012).value, 4.0, 1e-9);
  EXPECT_NEAR(measure(persons, "within_5", 2012).value, 50.0, 1e-9);
  EXPECT_NEAR(measure(persons, "age_structure", 2012).value, 0.0, 1e-9);
  EXPECT_EQ(measure(persons, "mape", 2012).count, 2U);
  EXPECT_FALSE(has_measure(persons, "crps"));
}

// One in each cell of age 0 too many of 3 x 100 + 3 and one of 2+ too few.
TEST_F(Comparisons, MeasureTheAgeStructureBySingleAges) {
  const Result one = result("one.h5");
  const Result other = result("other.h5", [](test::HandMade& made) {
    made.areas = {"a"};
    made.persons = [](const std::string& area, int year, std::size_t sex, std::size_t age) {
      return people(area, year, sex, age) + (age == 0 ? 1.0 : age == 2 ? -1.0 : 0.0);
    };
  });
  const Wanted wanted{.sexes = {"female"}, .common = true};
  const Compared persons = compare(one, other, wanted).quantities.front();
  EXPECT_NEAR(measure(persons, "age_structure", 2010, "all", "female").value, 100.0 / 303.0, 1e-9);
}

TEST_F(Comparisons, ReckonAgesThatAreAskedForFromSingleOnes) {
  const Result one = result("one.h5");
  const Compared persons =
      compare(one, one, {.ages = {"1+"}, .sexes = {"male"}, .years = {2012}}).quantities.front();
  EXPECT_EQ(at(persons, "b", "1+", "male", 2012).first, 2.0 * 70.0 + 2.0 + 3.0);
}

TEST_F(Comparisons, RefuseOtherAreas) {
  const Result one = result("one.h5");
  const Result other = result("other.h5", [](test::HandMade& made) { made.areas = {"a", "c"}; });
  const std::string text = refused(one, other);
  EXPECT_HAS(text, "one.h5: error: only it has the areas b; --common compares what both have");
  EXPECT_HAS(text, "other.h5: error: only it has the areas c");
  const Comparison common = compare(one, other, {.common = true});
  EXPECT_EQ(common.quantities.front().axes.areas, (std::vector<std::string>{"a"}));
  EXPECT_FALSE(common.left_out.empty());
}

TEST_F(Comparisons, RefuseYearsThatDoNotOverlap) {
  const Result one = result("one.h5");
  const Result other = result("other.h5", [](test::HandMade& made) { made.years = {2013, 2014}; });
  EXPECT_HAS(refused(one, other), "have none in common");
}

TEST_F(Comparisons, RefuseOtherUnits) {
  const Result one = result("one.h5");
  const Result other = result("other.h5", [](test::HandMade& made) { made.unit = "years"; });
  EXPECT_HAS(refused(one, other), "the unit of population/persons is 'years'");
}

TEST_F(Comparisons, RefuseVariablesThatAreNotThere) {
  const Result one = result("one.h5");
  EXPECT_HAS(refused(one, one, {.variables = {"population/person"}}),
             "did you mean 'population/persons'?");
}

TEST_F(Comparisons, HoldAResultAgainstATable) {
  const Result one = result("one.h5");
  const Reference reference =
      table("year,area,value\n2012,a,733\n2012,b,400\n2012,everywhere,1000\n2030,a,1\n");
  EXPECT_HAS(refused(reference, one), "the areas everywhere are not in");
  const Comparison found = compare(reference, one, {.areas = {{"everywhere", "all"}}}).front();
  const Compared& persons = found.quantities.front();
  EXPECT_EQ(at(persons, "everywhere", "all", "both", 2012).first, 1000.0);
  EXPECT_EQ(at(persons, "everywhere", "all", "both", 2012).second, 729.0 + 429.0);
  EXPECT_EQ(measure(persons, "mae", 2012).value, (4.0 + 29.0) / 2.0);
  // No change is 609 of 733 in a, 309 of 400 in b.
  EXPECT_DOUBLE_EQ(measure(persons, "mase", 2012).value, (4.0 + 29.0) / (124.0 + 91.0));
  EXPECT_EQ(measure(persons, "direction_hits", 2012).value, 100.0);
  EXPECT_EQ(found.left_out.size(), 1U);  // 2030
}

TEST_F(Comparisons, RefuseATableInAnotherUnit) {
  const Result one = result("one.h5");
  EXPECT_HAS(refused(table("year,area,value\n2012,a,0.7\n", "thousand persons"), one),
             "its card says that the unit is 'thousand persons'");
}

TEST_F(Comparisons, RefuseATableOfOtherYears) {
  const Result one = result("one.h5");
  EXPECT_HAS(refused(table("year,area,value\n2030,a,7\n"), one),
             "population/persons is of 2030, and");
}

TEST_F(Comparisons, RefuseAgesThatTheResultCannotTell) {
  const Result one = result("one.h5");
  EXPECT_HAS(refused(table("year,area,ages,value\n2012,a,80+,7\n"), one),
             "cannot tell the ages 80+ of population/persons apart");
}

TEST_F(Comparisons, JudgeDirectionsAndChanges) {
  const Result one = result("one.h5");
  const Comparison found =
      compare(table("year,since,area,direction\n2012,2010,a,grows\n2012,2010,b,falls\n"), one, {})
          .front();
  EXPECT_EQ(measure(found.quantities.front(), "direction_hits", 2012).value, 50.0);
  EXPECT_FALSE(has_measure(found.quantities.front(), "mape"));
  const Compared change = compare(table("year,since,area,value\n2012,2010,a,100\n"), one, {})
                              .front()
                              .quantities.front();
  EXPECT_EQ(at(change, "a", "all", "both", 2012).second, 120.0);
  EXPECT_EQ(measure(change, "mae", 2012).value, 20.0);
}

TEST_F(Comparisons, KeepVintagesApart) {
  const Result one = result("one.h5");
  const std::vector<Comparison> found =
      compare(table("vintage,year,area,value\n2010,2012,a,700\n2012,2012,a,750\n"), one, {});
  ASSERT_EQ(found.size(), 2U);
  EXPECT_EQ(found[0].vintage, 2010);
  EXPECT_EQ(found[1].quantities.front().standard.front(), 750.0);
}

/// 41 draws from 20 below to 20 above the mean in every cell, as of 2011; 6 cells make 6 times
/// that.
void make_ensemble(test::HandMade& made, bool keep_draws) {
  made.draws = 41;
  made.keep_draws = keep_draws;
  made.more = [](int year, std::size_t draw) {
    return year == 2010 ? 0.0 : static_cast<double>((draw * 7) % 41) - 20.0;
  };
}

// 729 in a, more or less 120; 850 lies beyond all draws, and 735 one draw above the middle.
TEST_F(Comparisons, ScoreTheDrawsThatAreKept) {
  const Result one = result("one.h5", [](test::HandMade& made) { make_ensemble(made, true); });
  const Compared persons = compare(table("year,area,value\n2012,a,735\n2012,b,850\n"), one, {})
                               .front()
                               .quantities.front();
  std::vector<double> draws;
  for (int at = -20; at <= 20; ++at) draws.push_back(729.0 + 6.0 * at);
  std::vector<double> of_b;
  for (const double draw : draws) of_b.push_back(draw - 300.0);
  const Measured& crps = measure(persons, "crps", 2012);
  EXPECT_NEAR(crps.value,
              (evaluate::crps_of_draws(draws, 735.0) + evaluate::crps_of_draws(of_b, 850.0)) / 2.0,
              1e-9);
  EXPECT_EQ(crps.by, By::draws);
  EXPECT_GT(crps.monte_carlo_error, 0.0);
  const Measured& coverage = measure(persons, "coverage_80", 2012);
  EXPECT_EQ(coverage.value, 50.0);
  EXPECT_DOUBLE_EQ(coverage.binomial_error, 100.0 * std::sqrt(0.8 * 0.2 / 2.0));
  // In both the draws grow in all but the lowest, of which the mean change is 120 and the least 0.
  EXPECT_NEAR(measure(persons, "brier", 2012).value, 1.0 / (41.0 * 41.0), 1e-12);
  double parts = 0.0;
  for (int part = 1; part <= 10; ++part) {
    parts += measure(persons, "pit_" + std::to_string(part), 2012).value;
  }
  EXPECT_NEAR(parts, 100.0, 1e-9);
}

TEST_F(Comparisons, ScoreByQuantilesWhereDrawsAreNotKept) {
  const Result one = result("one.h5", [](test::HandMade& made) { make_ensemble(made, false); });
  const Compared persons =
      compare(table("year,area,value\n2012,a,735\n"), one, {}).front().quantities.front();
  const std::vector<double> shares{0.1, 0.5, 0.9};
  const std::vector<double> values{729.0 - 96.0, 729.0, 729.0 + 96.0};
  const Measured& crps = measure(persons, "crps", 2012);
  EXPECT_NEAR(crps.value, evaluate::crps_of_quantiles({shares, values}, 735.0), 1e-9);
  EXPECT_EQ(crps.by, By::quantiles);
  EXPECT_TRUE(std::isnan(crps.monte_carlo_error));
  EXPECT_TRUE(has_measure(persons, "coverage_80"));
  EXPECT_FALSE(has_measure(persons, "coverage_95"));
}

const std::string care =
    "[care]\nprice_year = 2013\n[care.national_definitions]\nhome_care = [\"series_2020\"]\n"
    "special_housing = [\"series_2016\"]\n"
    "[[care.state]]\nname = \"none\"\n[[care.state]]\nname = \"some\"\nseries = \"home_care\"\n"
    "[[care.state]]\nname = \"most\"\nseries = \"special_housing\"\n"
    "[[care.service]]\nname = \"help\"\nstates = [\"some\", \"most\"]\n"
    "[areas.groups]\nwest = [\"a\", \"b\"]\n[uncertainty]\npaths = true\n";

TEST(DefinitionsOfAScenario, FollowStatesAndServices) {
  using Texts = std::vector<std::string>;
  const Definitions definitions(care, "a.h5");
  EXPECT_EQ(definitions.of({"care/persons", "some"}), Texts{"series_2020"});
  EXPECT_EQ(definitions.of({"care/persons", "none"}), Texts{});
  EXPECT_EQ(definitions.of({"care/users", "help"}), (Texts{"series_2020", "series_2016"}));
  EXPECT_EQ(definitions.of({"care/cost", "help"}).back(), "prices of 2013");
  EXPECT_EQ(definitions.of({"population/persons"}), Texts{});
  EXPECT_EQ(definitions.group("west"), (std::set<std::string>{"a", "b"}));
  EXPECT_FALSE(definitions.group("east"));
  EXPECT_TRUE(definitions.left_to_chance());
  EXPECT_FALSE(Definitions("", "a.h5").left_to_chance());
}

}  // namespace
}  // namespace kohort::compare
