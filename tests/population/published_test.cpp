// Published projections with known answers, each run from its scenario file in tests/published.
#include <cmath>
#include <numeric>

#include <gtest/gtest.h>

#include "engine/input/csv.hpp"
#include "engine/run/scenario_run.hpp"
#include "tests/support/folder.hpp"

namespace kohort {
namespace {

/// A scenario of tests/published, run; its results by name and position.
class Published {
 public:
  explicit Published(const std::string& scenario, const std::vector<std::string>& overrides = {})
      : run_(test::project_file("tests/published/" + scenario), overrides),
        outcome_(run_.project()) {}

  /// [area][group][sex][age] of a variable; `time` counts years of stocks or intervals of flows.
  double at(const std::string& variable, std::size_t time, std::size_t area, std::size_t group,
            const std::string& sex, int age) const {
    const Frame& frame = run_.frame();
    std::size_t offset = (time * frame.areas.size() + area) * frame.group_count() + group;
    offset = offset * frame.sexes.size() + position(frame.sexes, sex);
    offset = offset * frame.ages() + static_cast<std::size_t>(age / frame.step);
    return values(variable)[offset];
  }

  double persons(int year, const std::string& sex, int age) const {
    return at("population/persons", time(year), 0, 0, sex, age);
  }

  /// Sum over everything but time.
  double total(const std::string& variable, std::size_t time) const {
    const auto& all = values(variable);
    const Frame& frame = run_.frame();
    const std::size_t cells = frame.places() * frame.sexes.size() * frame.ages();
    const auto first = all.begin() + static_cast<std::ptrdiff_t>(time * cells);
    return std::accumulate(first, first + static_cast<std::ptrdiff_t>(cells), 0.0);
  }

  std::size_t time(int year) const {
    return static_cast<std::size_t>((year - run_.frame().base_year.value()) / run_.frame().step);
  }

  static std::size_t position(const std::vector<std::string>& labels, const std::string& label) {
    return static_cast<std::size_t>(std::find(labels.begin(), labels.end(), label) -
                                    labels.begin());
  }

  const ScenarioRun& run() const { return run_; }
  const Outcome& outcome() const { return outcome_; }

 private:
  const std::vector<double>& values(const std::string& variable) const {
    for (const Recorded& recorded : outcome_.recorded) {
      if (recorded.variable.name == variable) return recorded.values;
    }
    throw std::out_of_range(variable);
  }

  ScenarioRun run_;
  Outcome outcome_;
};

/// A table of expected values.
class Expected {
 public:
  explicit Expected(const std::string& file)
      : csv_(Csv::read(test::project_file("tests/published/" + file))) {}
  std::size_t rows() const { return csv_.rows(); }
  std::string text(std::size_t row, const std::string& column) const {
    return std::string(csv_.cell(row, *csv_.column(column)));
  }
  double number(std::size_t row, const std::string& column) const {
    return std::stod(text(row, column));
  }
  int whole(std::size_t row, const std::string& column) const {
    return std::stoi(text(row, column));
  }

 private:
  Csv csv_;
};

// Preston, Heuveline & Guillot (2001), box 6.2. Every value rounds to the printed one.
TEST(Preston, Box62OpenToMigration) {
  const Published ours("preston_box6/open.toml");
  const Expected book("preston_box6/expected.csv");
  for (std::size_t row = 0; row < book.rows(); ++row) {
    const int age = book.whole(row, "age");
    EXPECT_NEAR(ours.persons(1998, "female", age), book.number(row, "female_1998"), 0.5);
    EXPECT_NEAR(ours.persons(1998, "male", age), book.number(row, "male_1998"), 0.5);
  }
}

// The same, box 6.1.
TEST(Preston, Box61Closed) {
  const Published ours("preston_box6/closed.toml");
  const Expected book("preston_box6/expected.csv");
  for (std::size_t row = 0; row < book.rows(); ++row) {
    const int age = book.whole(row, "age");
    EXPECT_NEAR(ours.persons(1998, "female", age), book.number(row, "closed_1998"), 0.5);
    EXPECT_NEAR(ours.persons(2003, "female", age), book.number(row, "closed_2003"), 0.5);
  }
}

// United Nations reference function over 70 single years; inputs printed with nine digits.
TEST(UnitedNations, Canada1950To2020) {
  const Published ours("canada/scenario.toml");
  const Expected theirs("canada/expected.csv");
  constexpr double tolerance = 1e-7;
  for (std::size_t row = 0; row < theirs.rows(); ++row) {
    const double persons = theirs.number(row, "persons");
    EXPECT_NEAR(
        ours.persons(theirs.whole(row, "year"), theirs.text(row, "sex"), theirs.whole(row, "age")),
        persons, tolerance * persons)
        << "row " << row;
  }
  const Expected totals("canada/expected_totals.csv");
  for (std::size_t row = 0; row < totals.rows(); ++row) {
    const double births = totals.number(row, "births");
    EXPECT_NEAR(ours.total("population/births", row), births, tolerance * births);
    const double persons = totals.number(row, "persons_end");
    EXPECT_NEAR(ours.total("population/persons", row + 1), persons, tolerance * persons);
  }
}

// Swiss Federal Statistical Office: within a person in every cell, 0.01 % of every total.
TEST(SwissFederalStatisticalOffice, Aargau2025To2055) {
  const Published ours("aargau/scenario.toml");
  const Expected theirs("aargau/expected.csv");
  const auto& groups = ours.run().frame().groups;
  std::map<int, double> totals;
  for (std::size_t row = 0; row < theirs.rows(); ++row) {
    const int year = theirs.whole(row, "year");
    const double persons = theirs.number(row, "persons");
    totals[year] += persons;
    EXPECT_NEAR(ours.at("population/persons", ours.time(year), 0,
                        Published::position(groups, theirs.text(row, "group")),
                        theirs.text(row, "sex"), theirs.whole(row, "age")),
                persons, 1.0)
        << "row " << row;
  }
  for (const auto& [year, total] : totals) {
    EXPECT_NEAR(ours.total("population/persons", ours.time(year)), total, 1e-4 * total);
  }
}

class WorldPopulationProspects : public ::testing::TestWithParam<const char*> {};

// What is needed to arrive at the next published population must be the published net migration, to
// a thousand; the source names these periods.
TEST_P(WorldPopulationProspects, NetMigrationIsThePublishedOne) {
  const std::string country = GetParam();
  const Published ours("wpp2019_" + country + "/scenario.toml");
  const Expected theirs("wpp2019_" + country + "/totals.csv");
  std::size_t compared = 0;
  for (std::size_t row = 0; row < theirs.rows(); ++row) {
    const int year = theirs.whole(row, "year");
    if (year != 2025 && year != 2030 && year != 2050 && year != 2100) continue;
    ++compared;
    EXPECT_NEAR(ours.total("population/net_migration", ours.time(year) - 1) / 1000.0,
                theirs.number(row, "net_migration_thousands"), 1.0)
        << country << " " << year;
  }
  EXPECT_EQ(compared, 4U);
}

INSTANTIATE_TEST_SUITE_P(Countries, WorldPopulationProspects,
                         ::testing::Values("norway", "finland"));

// Willekens & Rogers (1978), table 3.2: printed integers, eight steps.
TEST(Rogers, Yugoslavia1961InTwoRegions) {
  const Published ours("yugoslavia_1961/scenario.toml");
  const Expected book("yugoslavia_1961/expected.csv");
  for (std::size_t row = 0; row < book.rows(); ++row) {
    const std::size_t area = book.text(row, "area") == "slovenia" ? 0 : 1;
    EXPECT_NEAR(ours.at("population/persons", ours.time(book.whole(row, "year")), area, 0, "female",
                        book.whole(row, "age")),
                book.number(row, "persons"), 0.5)
        << "row " << row;
  }
}

std::vector<double> life_expectancies(const Published& published) {
  for (const Estimate& estimate : published.outcome().estimates) {
    if (estimate.name == "life_table/life_expectancy") return estimate.values;
  }
  return {};
}

// United Nations (1982), p. 34, from a scenario to the life table of its result.
TEST(UnitedNations, LifeTableOfAScenario) {
  const Published ours("un1982_life_table/scenario.toml");
  const Expected theirs("un1982_life_table/case.csv");
  const std::vector<double> e = life_expectancies(ours);
  ASSERT_EQ(e.size(), theirs.rows());
  for (std::size_t row = 0; row < e.size(); ++row) {
    EXPECT_NEAR(e[row], theirs.number(row, "expected_ex"), 0.05);
  }
}

// Human Mortality Database, France 2000, females; read in place.
TEST(HumanMortalityDatabase, LifeTableOfAScenario) {
  const std::string file = test::shared_file("cases/lifetable_single_france2000_female/case.csv");
  const Published ours("france_2000_life_table/scenario.toml");
  const Csv theirs = Csv::read(file);
  const std::vector<double> e = life_expectancies(ours);
  ASSERT_EQ(e.size(), theirs.rows());
  for (std::size_t row = 0; row < e.size(); ++row) {
    const double published = std::stod(std::string(theirs.cell(row, *theirs.column("ex"))));
    EXPECT_NEAR(e[row], published, 1e-6 * published);
  }
}

}  // namespace
}  // namespace kohort
