// Published projections with known answers, each run from its scenario file in tests/published.
#include <cmath>
#include <map>
#include <ostream>
#include <string>

#include <gtest/gtest.h>

#include "engine/input/csv.hpp"
#include "tests/support/folder.hpp"
#include "tests/support/projected.hpp"

namespace kohort {
namespace {

using test::Projected;

/// A scenario of tests/published, run.
Projected published(const std::string& scenario) {
  return Projected(test::project_file("tests/published/" + scenario));
}

/// A published projection, from tables that were brought into shape or from those that the source
/// has, which lie in a folder of ../shared.
struct Case {
  const char* name;
  const char* scenario;
  const char* shared = nullptr;
};
void PrintTo(const Case& one, std::ostream* out) { *out << one.name; }

std::string name_of(const ::testing::TestParamInfo<Case>& info) { return info.param.name; }

class PublishedCase : public ::testing::TestWithParam<Case> {
 protected:
  /// The test fails, and says why, where the source's tables are missing.
  static Projected project() {
    if (GetParam().shared != nullptr) test::shared_file(GetParam().shared);
    return Projected(test::project_file("tests/" + std::string(GetParam().scenario)));
  }
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
class Preston : public PublishedCase {};

TEST_P(Preston, Box62OpenToMigration) {
  const Projected ours = project();
  const Expected book("preston_box6/expected.csv");
  const bool men = ours.frame().position_of("male").has_value();
  for (std::size_t row = 0; row < book.rows(); ++row) {
    const int age = book.whole(row, "age");
    EXPECT_NEAR(ours.at("persons", 1998, {"SE", "female", age}), book.number(row, "female_1998"),
                0.5);
    if (!men) continue;
    EXPECT_NEAR(ours.at("persons", 1998, {"SE", "male", age}), book.number(row, "male_1998"), 0.5);
  }
}

INSTANTIATE_TEST_SUITE_P(Published, Preston,
                         ::testing::Values(Case{"Tabulated", "published/preston_box6/open.toml"},
                                           Case{"AsPrinted", "population/raw/sweden_1993.toml",
                                                "cases/ccm_sweden1993_preston_box6_2/input.csv"}),
                         name_of);

// The same, box 6.1.
TEST(PrestonBox61, Closed) {
  const Projected ours = published("preston_box6/closed.toml");
  const Expected book("preston_box6/expected.csv");
  for (std::size_t row = 0; row < book.rows(); ++row) {
    const int age = book.whole(row, "age");
    EXPECT_NEAR(ours.at("persons", 1998, {"SE", "female", age}), book.number(row, "closed_1998"),
                0.5);
    EXPECT_NEAR(ours.at("persons", 2003, {"SE", "female", age}), book.number(row, "closed_2003"),
                0.5);
  }
}

// United Nations reference function over 70 single years; inputs printed with nine digits.
class UnitedNations : public PublishedCase {};

TEST_P(UnitedNations, Canada1950To2020) {
  const Projected ours = project();
  const Expected theirs("canada/expected.csv");
  constexpr double tolerance = 1e-7;
  for (std::size_t row = 0; row < theirs.rows(); ++row) {
    const double persons = theirs.number(row, "persons");
    const test::Who who{"CA", theirs.text(row, "sex"), theirs.whole(row, "age")};
    EXPECT_NEAR(ours.at("persons", theirs.whole(row, "year"), who), persons, tolerance * persons)
        << "row " << row;
  }
  const Expected totals("canada/expected_totals.csv");
  for (std::size_t row = 0; row < totals.rows(); ++row) {
    const double births = totals.number(row, "births");
    const int end = totals.whole(row, "year") + 1;  // the source names a year by its start
    EXPECT_NEAR(ours.total("births", end), births, tolerance * births);
    const double persons = totals.number(row, "persons_end");
    EXPECT_NEAR(ours.total("persons", end), persons, tolerance * persons);
  }
}

INSTANTIATE_TEST_SUITE_P(Published, UnitedNations,
                         ::testing::Values(Case{"Tabulated", "published/canada/scenario.toml"},
                                           Case{"AsPublished", "population/raw/canada.toml",
                                                "cases/ccm_canada_1950_2020_un1x1/srb.csv"}),
                         name_of);

// Swiss Federal Statistical Office: within a person in every cell, 0.01 % of every total.
class SwissFederalStatisticalOffice : public PublishedCase {};

TEST_P(SwissFederalStatisticalOffice, Aargau2025To2055) {
  const Projected ours = project();
  const Expected theirs("aargau/expected.csv");
  std::map<int, double> totals;
  for (std::size_t row = 0; row < theirs.rows(); ++row) {
    const int year = theirs.whole(row, "year");
    const double persons = theirs.number(row, "persons");
    totals[year] += persons;
    const test::Who who{"AG", theirs.text(row, "sex"), theirs.whole(row, "age"),
                        theirs.text(row, "group")};
    EXPECT_NEAR(ours.at("persons", year, who), persons, 1.0) << "row " << row;
  }
  for (const auto& [year, total] : totals) {
    EXPECT_NEAR(ours.total("persons", year), total, 1e-4 * total);
  }
}

INSTANTIATE_TEST_SUITE_P(
    Published, SwissFederalStatisticalOffice,
    ::testing::Values(Case{"Tabulated", "published/aargau/scenario.toml"},
                      Case{"AsPublished", "population/raw/aargau.toml",
                           "cases/ccm_fso_aargau_2025_2055_reference/start_population.csv"}),
    name_of);

class WorldPopulationProspects : public PublishedCase {};

// What is needed to arrive at the next published population must be the published net migration, to
// a thousand; the source names these periods.
TEST_P(WorldPopulationProspects, NetMigrationIsThePublishedOne) {
  const Projected ours = project();
  const std::string country = ours.frame().areas[0].code == "NO" ? "norway" : "finland";
  const Expected theirs("wpp2019_" + country + "/totals.csv");
  std::size_t compared = 0;
  for (std::size_t row = 0; row < theirs.rows(); ++row) {
    const int year = theirs.whole(row, "year");
    if (year != 2025 && year != 2030 && year != 2050 && year != 2100) continue;
    ++compared;
    EXPECT_NEAR(ours.total("net_migration", year) / 1000.0,
                theirs.number(row, "net_migration_thousands"), 1.0)
        << country << " " << year;
  }
  EXPECT_EQ(compared, 4U);
}

INSTANTIATE_TEST_SUITE_P(
    Published, WorldPopulationProspects,
    ::testing::Values(Case{"NorwayTabulated", "published/wpp2019_norway/scenario.toml"},
                      Case{"NorwayAsPublished", "population/raw/norway.toml",
                           "cases/wpp2019_5x5_norway/mx_male.csv"},
                      Case{"FinlandTabulated", "published/wpp2019_finland/scenario.toml"},
                      Case{"FinlandAsPublished", "population/raw/finland.toml",
                           "cases/wpp2019_5x5_finland/mx_male.csv"}),
    name_of);

// Willekens & Rogers (1978), table 3.2: printed integers, eight steps.
class Rogers : public PublishedCase {};

TEST_P(Rogers, Yugoslavia1961InTwoRegions) {
  const Projected ours = project();
  const Expected book("yugoslavia_1961/expected.csv");
  for (std::size_t row = 0; row < book.rows(); ++row) {
    const test::Who who{book.text(row, "area"), "female", book.whole(row, "age")};
    EXPECT_NEAR(ours.at("persons", book.whole(row, "year"), who), book.number(row, "persons"), 0.5)
        << "row " << row;
  }
}

INSTANTIATE_TEST_SUITE_P(
    Published, Rogers,
    ::testing::Values(Case{"Tabulated", "published/yugoslavia_1961/scenario.toml"},
                      Case{"AsPrinted", "population/raw/yugoslavia.toml",
                           "cases/multiregional_yugoslavia1961_2region/input.csv"}),
    name_of);

std::vector<double> life_expectancies(const Projected& ours) {
  for (const Estimate& estimate : ours.outcome().estimates) {
    if (estimate.name == "life_table/life_expectancy") return estimate.values;
  }
  return {};
}

// United Nations (1982), p. 34, from a scenario to the life table of its result.
TEST(UnitedNations1982, LifeTableOfAScenario) {
  const Projected ours = published("un1982_life_table/scenario.toml");
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
  const Projected ours = published("france_2000_life_table/scenario.toml");
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
