// Areas beside their counties: by their own births and deaths, by natural change, or not at all.
#include "models/population/fit/local_level.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "models/population/fit/fit.hpp"
#include "tests/population/fit/country.hpp"
#include "tests/support/expect_error.hpp"

namespace kohort::population::fit {
namespace {

/// In each area 200 births and 100 deaths of each sex are expected a year.
class LocalLevel : public ::testing::Test {
 protected:
  Rates rates(const std::string& sources = "mortality fertility") {
    figures.sources = sources;
    test::Country with_tables = figures;
    with_tables.history += given_;
    country = std::make_unique<test::LoadedCountry>(with_tables.load(folder_));
    Rates rates;
    estimates.clear();
    fit_rates(country->source(), {}, country->base, rates, estimates);
    return rates;
  }
  std::vector<double> estimate(const std::string& name) const {
    const auto found = std::find_if(estimates.begin(), estimates.end(),
                                    [&](const Estimate& one) { return one.name == "fit/" + name; });
    return found == estimates.end() ? std::vector<double>() : found->values;
  }
  double mortality(std::size_t area, const std::string& sex, std::size_t age) const {
    const auto ages = static_cast<std::size_t>(figures.open_age) + 1;
    return estimate("local_mortality")[(area * 2 + country->sex(sex).position()) * ages + age];
  }
  void give(const std::string& key, const std::string& rows, const std::string& more = "") {
    folder_.write("own_" + key + ".csv", rows);
    given_ += fmt::format(
        "{0} = {{ file = \"own_{0}.csv\", value = \"n\", basis = \"observed\"{1} }}\n", key, more);
  }
  /// The level of several counts of which 200, or as many as said, are expected, on paper.
  static double level(double observed, std::vector<double> all, double expected = 200.0) {
    const double v = 1.0 / (expected + 0.5);
    double squares = 0.0;
    for (const double one : all) squares += std::pow(std::log((one + 0.5) * v), 2);
    const auto n = static_cast<double>(all.size());
    const double between = std::max(0.0, squares / n - v);
    return std::exp(std::log((observed + 0.5) * v) * between / (between + v));
  }

  test::Country figures;
  std::unique_ptr<test::LoadedCountry> country;
  std::vector<Estimate> estimates;
  test::Folder folder_;

 private:
  std::string given_;
};

TEST_F(LocalLevel, OfFertilityComesFromTheAreasOwnBirths) {
  give("area_births", "year,area,n\n2010,A,250\n");
  const Rates fitted = rates();
  const double expected = level(250.0, {250.0});
  EXPECT_GT(expected, 1.2);
  EXPECT_LT(expected, 1.25);
  EXPECT_NEAR(estimate("local_fertility")[0], expected, 1e-12);
  EXPECT_NEAR(fitted.fertility.at(Interval(0))(Age(2), Group(0), Area(0)), expected, 1e-12);
  EXPECT_NEAR(fitted.fertility.at(Interval(0))(Age(2), Group(0), Area(1)), 1.0, 1e-12);
}

TEST_F(LocalLevel, OfMortalityComesFromTheAreasOwnDeaths) {
  give("area_deaths", "year,area,n\n2010,A,160\n2010,B,240\n");
  figures.history = "mortality_improvement = 0.0\n";
  const Rates fitted = rates();
  EXPECT_NEAR(mortality(0, "male", 3), level(160.0, {160.0, 240.0}), 1e-12);
  EXPECT_NEAR(mortality(1, "female", 5), level(240.0, {160.0, 240.0}), 1e-12);
  const double q = fitted.dying.at(Interval(0))(Sex(0), CohortRow(5), Group(0), Area(0));
  EXPECT_NEAR(q / (1.0 - q / 2.0), 100.0 / 150.0 * level(160.0, {160.0, 240.0}), 1e-12);
}

TEST_F(LocalLevel, DiffersBySexWhereTheTableDoes) {
  give("area_deaths", "year,area,sex,n\n2010,A,female,60\n2010,A,male,130\n");
  rates();
  EXPECT_NEAR(mortality(0, "female", 5), level(60.0, {60.0, 130.0}, 100.0), 1e-12);
  EXPECT_NEAR(mortality(0, "male", 5), level(130.0, {60.0, 130.0}, 100.0), 1e-12);
}

TEST_F(LocalLevel, DiffersByBandWhereTheTableHasAges) {
  figures.open_age = 85;
  figures.totals = [](auto&&...) { return 17200.0; };
  give("area_deaths", "year,area,sex,age,n\n2010,A,female,85,200\n2010,A,male,85,200\n",
       ", missing = \"zero\", age_definition = \"at_event\"");
  rates();
  EXPECT_EQ(mortality(0, "female", 79), 1.0);  // nobody is expected to die below 85
  EXPECT_NEAR(mortality(0, "female", 80), level(200.0, {200.0, 200.0}, 100.0), 1e-12);
  EXPECT_NEAR(mortality(0, "male", 85), level(200.0, {200.0, 200.0}, 100.0), 1e-12);
}

TEST_F(LocalLevel, IsTheCountysWhereChanceExplainsTheDifference) {
  give("area_births", "year,area,n\n2010,A,205\n");
  give("area_deaths", "year,area,n\n2010,A,190\n");
  rates();
  EXPECT_EQ(estimate("local_fertility")[0], 1.0);
  EXPECT_EQ(mortality(0, "male", 5), 1.0);
  EXPECT_EQ(estimate("level_basis"), (std::vector{2.0, 0.0, 0.0, 2.0, 0.0, 0.0}));
}

TEST_F(LocalLevel, OfALargeAreaIsTheTruth) {
  // Everybody is ten thousand times as many, and A bears 1.1 of what is expected of it.
  const auto many = [](auto figure) {
    return [figure](auto&&... at) { return 1e4 * figure(at...); };
  };
  figures.stocks = many(figures.stocks);
  figures.deaths = many(figures.deaths);
  figures.births = many(figures.births);
  figures.base = many(figures.base);
  figures.totals = many(figures.totals);
  give("area_births", "year,area,n\n2010,A,2200000\n");
  rates();
  EXPECT_NEAR(estimate("local_fertility")[0], 1.1, 1e-5);
}

TEST_F(LocalLevel, GoesByTheBestThatIsKnownOfEachArea) {
  figures.give("natural_change");  // 1.25 * 200 - 200 / 1.25 = 90, both areas alike
  figures.natural_change = [](auto&&...) { return 90.0; };
  give("area_births", "year,area,n\n2010,A,250\n");
  rates();
  EXPECT_EQ(estimate("level_basis"), (std::vector{2.0, 1.0, 0.0, 1.0, 1.0, 0.0}));
  EXPECT_NEAR(estimate("local_fertility")[0], level(250.0, {250.0}), 1e-12);
  EXPECT_NEAR(estimate("local_fertility")[1], 1.25, 1e-12);
  EXPECT_NEAR(mortality(0, "male", 5), 1.0 / 1.25, 1e-12);
}

TEST_F(LocalLevel, OfAnAreaThatNoTableNamesIsTheCountys) {
  give("natural_change", "year,area,n\n2010,A,90\n");
  rates();
  EXPECT_EQ(estimate("level_basis"), (std::vector{1.0, 0.0, 0.0, 1.0, 0.0, 0.0}));
  EXPECT_EQ(mortality(1, "male", 5), 1.0);
}

TEST_F(LocalLevel, NeedsAllYearsOfAnAreaThatATableNames) {
  figures.history = "local_level_years = 2\n";
  give("area_births", "year,area,n\n2010,A,250\n2010,B,200\n2009,B,200\n");
  EXPECT_HAS(test::error_of(Fault::input, [&] { rates(); }), "area=A");
}

TEST_F(LocalLevel, MayBeOfTheLatestYearAlone) {
  figures.history =
      "local_level_years = 2\nlocal_level_weights = \"exponential\"\nlocal_level_alpha = 1.0\n";
  give("area_births", "year,area,n\n2009,A,100\n2010,A,250\n");
  rates();
  EXPECT_NEAR(estimate("local_fertility")[0], level(250.0, {250.0}), 1e-12);
}

TEST_F(LocalLevel, RefusesAnUnknownArea) {
  give("area_births", "year,area,n\n2010,Atlantis,250\n");
  EXPECT_HAS(test::error_of(Fault::input, [&] { rates(); }), "Atlantis");
}

TEST_F(LocalLevel, OwnBirthsAndDeathsAreTheNaturalChangeOfMigration) {
  // A grows by 50, 20 of them by births and deaths: 30 net; B by nothing, as expected of it.
  figures.totals = [](int year, const std::string& area) {
    return area == "A" && year == 2010 ? 1250.0 : 1200.0;
  };
  give("area_births", "year,area,n\n2010,A,220\n");
  give("area_deaths", "year,area,n\n2010,A,200\n");
  rates("immigration");
  EXPECT_NEAR(estimate("immigrants")[0], 30.0 + 120.0 + 10.0 * 1250.0 / 1200.0, 1e-9);
}

TEST_F(LocalLevel, MigrationNeedsTheNaturalChangeOfEveryArea) {
  give("natural_change", "year,area,n\n2010,A,0\n");
  EXPECT_HAS(test::error_of(Fault::input, [&] { rates("immigration"); }), "area B");
}

}  // namespace
}  // namespace kohort::population::fit
