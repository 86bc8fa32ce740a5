// How uncertain fitted rates are: what is national, what is an area's own, what is mere counting.
#include <algorithm>
#include <cmath>

#include <gtest/gtest.h>

#include "engine/estimate/time_series.hpp"
#include "models/population/fit/deviations.hpp"
#include "models/population/fit/fit.hpp"
#include "tests/population/fit/country.hpp"

namespace kohort::population::fit {
namespace {

TEST(OwnDeviations, CanBeCheckedOnPaper) {
  // Around its mean of 3 the row is -1, 1, -1, 1: variance 4/3, less 1/3 of counting, is 1. The
  // covariance of neighbours is negative, so nothing is left of a deviation after a year.
  Eigen::MatrixXd rows(1, 4);
  rows << 2.0, 4.0, 2.0, 4.0;
  const OwnDeviations own = own_deviations(rows, Eigen::MatrixXd::Constant(1, 4, 1.0 / 3.0));
  EXPECT_EQ(own.phi, 0.0);
  EXPECT_DOUBLE_EQ(own.sd[0], 1.0);
}

TEST(OwnDeviations, KeepWhatLasts) {
  // -1, -1, 1, 1: variance 4/3, covariance of neighbours (1 - 1 + 1)/3: phi = 1/4.
  Eigen::MatrixXd rows(1, 4);
  rows << -1.0, -1.0, 1.0, 1.0;
  const OwnDeviations own = own_deviations(rows, Eigen::MatrixXd::Zero(1, 4));
  EXPECT_DOUBLE_EQ(own.phi, 0.25);
  EXPECT_DOUBLE_EQ(own.sd[0], std::sqrt(4.0 / 3.0 * (1.0 - 0.0625)));
}

TEST(OwnDeviations, AreNoneWhereCountingExplainsAll) {
  Eigen::MatrixXd rows(1, 4);
  rows << 2.0, 4.0, 2.0, 4.0;
  EXPECT_EQ(own_deviations(rows, Eigen::MatrixXd::Constant(1, 4, 2.0)).sd[0], 0.0);
}

TEST(AutoregressiveProcess, NeedsFourYears) {
  const std::vector<double> series{1.0, 2.0, 1.5};
  EXPECT_EQ(autoregressive(series).kind, DeviationKind::none);
}

class FittedUncertainty : public ::testing::Test {
 protected:
  ParameterUncertainty fit(const std::string& sources) {
    figures.sources = sources;
    country = std::make_unique<test::LoadedCountry>(figures.load(folder_));
    Rates rates;
    return fit_rates(country->source(), {}, country->base, rates, estimates);
  }

  test::Country figures;
  std::unique_ptr<test::LoadedCountry> country;
  std::vector<Estimate> estimates;

 private:
  test::Folder folder_;
};

TEST_F(FittedUncertainty, ComponentsThatAreNotFittedHaveNone) {
  const ParameterUncertainty uncertainty = fit("fertility");
  EXPECT_EQ(uncertainty.mortality.kind, DeviationKind::none);
  EXPECT_TRUE(uncertainty.mortality_response.empty());
  EXPECT_EQ(uncertainty.domestic.kind, DeviationKind::none);
  EXPECT_EQ(uncertainty.fertility.kind, DeviationKind::ar1);
}

TEST_F(FittedUncertainty, MortalityIsTheRandomWalkOfTheIndex) {
  // The logarithm of the open age group's rate steps by -2, 0, -2, 0 times ln 2: drift -1, and
  // squares of 1 four times over three degrees of freedom.
  figures.deaths = [](int year, const std::string&, const std::string&, int age) {
    return age == 5 ? 160.0 * std::pow(0.25, (year - 2005) / 2) : 0.0;
  };
  figures.history = "mortality_second_stage = \"none\"\n";
  const ParameterUncertainty uncertainty = fit("mortality");
  EXPECT_EQ(uncertainty.mortality.kind, DeviationKind::random_walk_with_drift);
  EXPECT_NEAR(uncertainty.mortality.national_sd, std::log(2.0) * std::sqrt(4.0 / 3.0), 1e-9);
  EXPECT_NEAR(uncertainty.mortality.drift_sd, std::log(2.0) * std::sqrt(1.0 / 3.0), 1e-9);
  EXPECT_NEAR(uncertainty.mortality_response(Sex(1), Age(5)), 1.0, 1e-9);
  EXPECT_NEAR(uncertainty.mortality_response(Sex(1), Age(4)), 0.0, 1e-9);
  ASSERT_EQ(uncertainty.mortality.area_sd.size(), 3U);
}

TEST_F(FittedUncertainty, CountiesThatMoveApartHaveTheirOwnDeviations) {
  // County 1 has more and fewer births in turn, the others balance it.
  figures.births = [](int year, const std::string& county, const std::string&, int age) {
    if (age != 2) return 0.0;
    const double more = year % 2 == 0 ? 60.0 : 0.0;
    return county == "1" ? 70.0 + more : 100.0 - more / 2.0 + 15.0;
  };
  const DeviationProcess fertility = fit("fertility").fertility;
  EXPECT_NEAR(fertility.national_sd, 0.0, 1e-9);
  EXPECT_GT(fertility.area_sd[0], 0.2);
  EXPECT_GT(fertility.area_sd[0], fertility.area_sd[1]);
}

TEST_F(FittedUncertainty, DomesticMovesAreSplitIntoTheNationsAndTheAreas) {
  // All origins halve and double together, so nothing is an area's own.
  figures.history = "domestic_years = 5\n";
  figures.moves = [](int year, const std::string&, const std::string&) {
    return year % 2 == 0 ? 400.0 : 200.0;
  };
  const DeviationProcess domestic = fit("domestic").domestic;
  EXPECT_EQ(domestic.kind, DeviationKind::ar1);
  EXPECT_NEAR(domestic.phi, -largest_coefficient, 1e-12);
  for (const double sd : domestic.area_sd) EXPECT_NEAR(sd, 0.0, 1e-9);
}

TEST_F(FittedUncertainty, ImmigrationMovesWithTheNationsNetMigration) {
  // One more emigrates and one more immigrates where the account is closed: net 0, emigrants 390.
  figures.give("net_migration");
  figures.history = "international_years = 5\ninternational_path_years = 5\n";
  const ParameterUncertainty uncertainty = fit("emigration immigration");
  EXPECT_EQ(uncertainty.immigration.kind, DeviationKind::ar1);
  EXPECT_NEAR(uncertainty.immigration.national_sd, 0.0, 1e-9);
  EXPECT_EQ(uncertainty.emigration.kind, DeviationKind::ar1);
  for (const double sd : uncertainty.immigration.area_sd) EXPECT_NEAR(sd, 0.0, 1e-9);
}

TEST_F(FittedUncertainty, AreasWhoseNetMovesHaveTheirOwnDeviations) {
  figures.give("net_migration");
  figures.history = "international_years = 5\ninternational_path_years = 5\n";
  figures.net_migration = [](int year, const std::string& area) {
    return area == "A" ? (year % 2 == 0 ? 60.0 : -60.0) : 0.0;
  };
  const DeviationProcess immigration = fit("immigration").immigration;
  // A: 142 in the mean (12 net in 2006-2010), 190 or 70 in a year, and 1/142 by counting.
  const double variance = 1.2 * 60.0 * 60.0 * 4.0 / 5.0 / (142.0 * 142.0) * 5.0 / 4.0 * 1.0;
  EXPECT_NEAR(immigration.area_sd[0], std::sqrt(variance - 1.0 / 142.0), 0.02);
  EXPECT_EQ(immigration.area_sd[1], 0.0);
}

TEST_F(FittedUncertainty, ReportsWhatItFound) {
  fit("fertility");
  const auto reported = [&](const std::string& name) {
    return std::any_of(estimates.begin(), estimates.end(),
                       [&](const Estimate& one) { return one.name == "fit/" + name; });
  };
  EXPECT_TRUE(reported("uncertainty_fertility_phi"));
  EXPECT_TRUE(reported("uncertainty_fertility_area_sd"));
  EXPECT_FALSE(reported("uncertainty_mortality_national_sd"));
}

}  // namespace
}  // namespace kohort::population::fit
