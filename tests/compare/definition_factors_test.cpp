// Users by other definitions: by how much they differ, and what cannot be told.
#include "engine/compare/definition_factors.hpp"

#include <gtest/gtest.h>

#include "engine/compare/compare.hpp"
#include "engine/compare/decompose.hpp"
#include "tests/compare/hand_made.hpp"
#include "tests/support/expect_error.hpp"
#include "tests/support/folder.hpp"

namespace kohort::compare {
namespace {

const Quantity in_home_care{"care/persons", "home"};

class OtherDefinitions : public ::testing::Test {
 protected:
  OtherDefinitions() {
    made.persons = [](const std::string&, int year, std::size_t, std::size_t) {
      return 100.0 + (year - 2010);
    };
    count_by("old", 1.0);
  }

  /// A tenth of those of 1, a third of those of 2 and older, so many times over.
  void count_by(const std::string& definition, double times) {
    made.definition = definition;
    made.scenario = "[care.national_definitions]\nhome = [\"" + definition +
                    "\"]\n[[care.state]]\nname = \"none\"\n[[care.state]]\nname = \"home\"\n"
                    "series = \"home\"\n";
    made.users = [people = made.persons, times](const std::string& area, int year, std::size_t sex,
                                                std::size_t age) {
      const double share = age == 0 ? 0.0 : age == 1 ? 0.1 : 0.3;
      return times * share * people(area, year, sex, age);
    };
  }

  Result result(const std::string& name) const {
    test::write_result(made, folder.name(name));
    return Result(folder.name(name));
  }

  static Decomposition parts(const Result& first, const Result& second,
                             const std::string& kind = "home") {
    const Comparison comparison =
        compare(first, second, {.variables = {"care/persons"}, .any_definition = true});
    for (const Decomposition& one :
         decompose(first, second, ScenarioChanges(first, second), comparison)) {
      if (one.quantity.kind == kind && one.by == PartedBy::components) return one;
    }
    return {};
  }

  test::Folder folder;
  test::HandMade made;
};

// Old counts 10 and 30 per cent, new 12.5 and 37.5: a quarter more of everybody.
TEST_F(OtherDefinitions, HaveAllOfADifferenceThatIsTheirs) {
  made.shares = {{"old", {0.10, 0.30}}, {"new", {0.125, 0.375}}};
  const Result first = result("a.h5");
  count_by("new", 1.25);
  const Result second = result("b.h5");
  for (const std::string kind : {"home", "none"}) {
    const Decomposition of = parts(first, second, kind);
    ASSERT_EQ(of.parts.size(), 4U);
    EXPECT_EQ(of.parts[3].name, "definitions");
    for (std::size_t at = 0; at < of.axes.size(); ++at) {
      for (std::size_t part = 0; part < 3; ++part)
        EXPECT_NEAR(of.parts[part].values[at], 0.0, 1e-9);
      EXPECT_NEAR(of.parts[3].values[at], of.difference[at], 1e-9);
      EXPECT_NE(of.difference[at], 0.0);
    }
  }
  const Decomposition of = parts(first, second);
  ASSERT_EQ(of.definitions.size(), 3U);
  EXPECT_EQ(of.definitions[0].people, "1+ female");
  EXPECT_EQ(of.definitions[0].overlap, 2009);
  EXPECT_DOUBLE_EQ(of.definitions[0].factor, 1.25);
}

// By the new definition a fifth more are users, and a tenth more besides.
TEST_F(OtherDefinitions, AreToldFromOtherRates) {
  made.shares = {{"old", {0.10, 0.30}}, {"new", {0.12, 0.36}}};
  const Result first = result("a.h5");
  count_by("new", 1.2 * 1.1);
  const Decomposition of = parts(first, result("b.h5"));
  for (std::size_t at = 0; at < of.axes.size(); ++at) {
    const double users = of.difference[at] / (1.2 * 1.1 - 1.0);
    // The mean of both orders: 0.2 of 1 and of 1.1, and 0.1 of 1 and of 1.2.
    EXPECT_NEAR(of.parts[3].values[at], 0.2 * 1.05 * users, 1e-9);
    EXPECT_NEAR(of.parts[2].values[at], 0.1 * 1.1 * users, 1e-9);
  }
}

// Of 40 users 30 are the oldest, of whom the new definition counts as many: those of 1 carry all.
TEST_F(OtherDefinitions, CanDifferByAge) {
  made.shares = {{"old", {0.2, 0.30}}, {"new", {0.25, 0.30}}};
  const Result first = result("a.h5");
  count_by("new", 1.0);
  const Result second = result("b.h5");
  const CellAxes axes{{"a"}, {"0", "1", "2+"}, {"female"}, {2010}};
  const auto factors = definition_factors(first, second, in_home_care, axes);
  ASSERT_TRUE(factors);
  EXPECT_EQ(factors->of_cells[0], 1.0);
  EXPECT_EQ(factors->of_cells[2], 1.0);
  // 10 and 30 of the second are 32 of the first, as 0.25 to 0.2: 30 oldest and 2 of age 1.
  EXPECT_NEAR(factors->of_cells[1], 10.0 / 2.0, 1e-9);
}

TEST_F(OtherDefinitions, HaveNothingWhereTheyAreTheSame) {
  made.shares = {{"old", {0.10, 0.30}}};
  const Result first = result("a.h5");
  count_by("old", 1.3);
  const Decomposition of = parts(first, result("b.h5"));
  for (const double value : of.parts[3].values) EXPECT_EQ(value, 0.0);
  EXPECT_TRUE(of.definitions.empty());
}

TEST_F(OtherDefinitions, HaveNothingWhereUsersComeFromARegister) {
  made.shares = {{"old", {0.10, 0.30}}, {"new", {0.12, 0.36}}};
  const Result first = result("a.h5");
  count_by("new", 1.2);
  made.level_basis = 3.0;
  const Decomposition of = parts(first, result("b.h5"));
  for (const double value : of.parts[3].values) EXPECT_EQ(value, 0.0);
}

TEST_F(OtherDefinitions, AreNotToldFromRatesWithoutAYearInCommon) {
  made.shares = {{"old", {0.10, 0.30}}};
  const Result first = result("a.h5");
  count_by("new", 1.2);
  made.shares = {{"new", {0.12, 0.36}}};
  const Decomposition of = parts(first, result("b.h5"));
  // Both are published in 2009, each in its own file.
  EXPECT_EQ(of.parts.back().name, "definitions");
  made.shares = {{"new", {0.0, 0.0}}};
  const Decomposition unknown = parts(first, result("c.h5"));
  ASSERT_EQ(unknown.parts.size(), 3U);
  EXPECT_EQ(unknown.parts.back().name, "rates_and_definitions");
  for (std::size_t at = 0; at < unknown.axes.size(); ++at) {
    EXPECT_NEAR(unknown.parts.back().values[at], unknown.difference[at], 1e-9);
  }
}

TEST_F(OtherDefinitions, AreRefusedUnlessAskedFor) {
  made.shares = {{"old", {0.10, 0.30}}, {"new", {0.12, 0.36}}};
  const Result first = result("a.h5");
  count_by("new", 1.2);
  const Result second = result("b.h5");
  EXPECT_HAS(test::error_of(Fault::scenario,
                            [&] { compare(first, second, {.variables = {"care/persons"}}); }),
             "care/persons of home counts by new, in");
}

}  // namespace
}  // namespace kohort::compare
