// The services of the shipped scenario of Örebro county against the figures that were published.
#include <cmath>
#include <map>
#include <string>

#include <gtest/gtest.h>

#include "engine/input/csv.hpp"
#include "tests/care/services_fixture.hpp"

namespace kohort {
namespace {

/// The published figures of an indicator in 2013, by municipality.
std::map<std::string, double> published(const std::string& file, const std::string& indicator) {
  const Csv csv = Csv::read(test::shared_file("data/care/" + file));
  const auto cell = [&](std::size_t row, const char* column) {
    return std::string(csv.cell(row, csv.column(column).value()));
  };
  std::map<std::string, double> figures;
  for (std::size_t row = 0; row < csv.rows(); ++row) {
    if (cell(row, "indicator") != indicator || cell(row, "year") != "2013") continue;
    figures[cell(row, "area_code")] = std::stod(cell(row, "value"));
  }
  return figures;
}

/// The scenario's first year, run once.
class OrebroServices : public ::testing::Test {
 protected:
  /// The mean of the users at both ends of the year.
  double users(const std::string& service, std::size_t area) const {
    const auto sums = test::by_area(shipped_.outcome, "care/users", service, 2 * areas());
    return 0.5 * (sums[area] + sums[areas() + area]);
  }
  double flow(const std::string& name, const std::string& service, std::size_t area) const {
    return test::figures(shipped_.outcome, name, service)[area];
  }
  std::size_t areas() const { return shipped_.run.frame().areas.size(); }
  const std::string& code(std::size_t area) const { return shipped_.run.frame().areas[area].code; }

 private:
  struct Shipped {
    ScenarioRun run{test::project_file("scenarios/orebro/care.toml"), {"projection.end_year=2016"}};
    Outcome outcome = run.project();
  };
  static const Shipped& shipped() {
    static const Shipped one;
    return one;
  }

  const Shipped& shipped_ = shipped();
};

// The base year meets the mean exactly; within a year the mix of light and heavy users shifts.
TEST_F(OrebroServices, GiveTheHoursPerUserThatWerePublished) {
  const auto hours = published("municipal_care_intensity.csv", "home_care_hours_per_user_month");
  ASSERT_EQ(hours.size(), 13U);  // the twelve, and Sweden
  for (std::size_t area = 0; area + 1 < areas(); ++area) {
    const double mean = flow("care/volume", "home_care", area) / users("home_care", area) / 12.0;
    EXPECT_NEAR(mean / hours.at(code(area)), 1.0, 0.02) << code(area);
  }
}

TEST_F(OrebroServices, CostPerUserWhatWasPublished) {
  const std::map<std::string, std::string> indicators{
      {"home_care", "cost_home_care_per_user"},
      {"special_housing", "cost_special_housing_per_user"}};
  for (const auto& [service, indicator] : indicators) {
    const auto costs = published("municipal_care_costs.csv", indicator);
    for (std::size_t area = 0; area + 1 < areas(); ++area) {
      const double cost = flow("care/cost", service, area) / users(service, area);
      EXPECT_NEAR(cost / costs.at(code(area)), 1.0, 0.02) << service << " in " << code(area);
    }
  }
}

TEST_F(OrebroServices, ArePaidByTheMunicipalityAlone) {
  double cost = 0.0;
  for (const char* service : {"home_care", "special_housing", "short_term_care"}) {
    cost += flow("care/cost", service, 0);
  }
  EXPECT_NEAR(flow("care/cost_paid", "municipality", 0), cost, 1e-6 * cost);
  EXPECT_EQ(flow("care/cost_paid", "region", 0), 0.0);
}

}  // namespace
}  // namespace kohort
