// How uncertain fitted rates are: what is national, what is an area's own, what is mere counting.
#include <algorithm>
#include <cmath>

#include <gtest/gtest.h>

#include "engine/estimate/time_series.hpp"
#include "engine/random/normal.hpp"
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
  // -1, -1, 1, 1: variance 4/3, covariance of neighbours (1 - 1 + 1)/3, their ratio 1/4. Even a
  // random walk is expected to show no more than 1/20 in four years, so the coefficient is the
  // greatest. The mean of four years then has (4 + 2 (3 c + 2 c^2 + c^3))/16 = 0.939046875 of the
  // variance of one, and the rows show 4/3 (1 - 0.939...) of it.
  Eigen::MatrixXd rows(1, 4);
  rows << -1.0, -1.0, 1.0, 1.0;
  const OwnDeviations own = own_deviations(rows, Eigen::MatrixXd::Zero(1, 4));
  EXPECT_NEAR(own.phi, 0.95, 1e-12);
  EXPECT_NEAR(own.sd[0], std::sqrt((1.0 - 0.9025) / (1.0 - 0.939046875)), 1e-12);
}

TEST(OwnDeviations, JoinNoYearsAcrossOneThatIsLeftOut) {
  // Of 2000, 2002 and 2003 the last two alone are neighbours. With a coefficient of 1/2 each has
  // with the mean (1 + 1/4 + 1/8)/3, (1 + 1/2 + 1/4)/3 and (1 + 1/2 + 1/8)/3, so the mean has
  // 19/36, squares 3 (1 - 19/36) = 17/12, the product 1/2 - 14/24 - 13/24 + 19/36 = -7/72: as -1 -
  // x, 1, x where x / (2 (1 + x + x^2)) = -7/102.
  const double x = (std::sqrt(792.0) - 29.0) / 7.0;
  Eigen::MatrixXd rows(1, 3);
  rows << -1.0 - x, 1.0, x;
  const std::vector<Year> gap{Year(2000), Year(2002), Year(2003)};
  EXPECT_NEAR(own_deviations(rows, Eigen::MatrixXd::Zero(1, 3), gap).phi, 0.5, 1e-9);
  EXPECT_EQ(own_deviations(rows, Eigen::MatrixXd::Zero(1, 3)).phi, 0.0);
}

TEST(OwnDeviations, AreNoneWhereNoTwoYearsAreNeighbours) {
  Eigen::MatrixXd rows(1, 3);
  rows << -1.0, 1.0, 0.0;
  const std::vector<Year> apart{Year(2000), Year(2002), Year(2004)};
  EXPECT_EQ(own_deviations(rows, Eigen::MatrixXd::Zero(1, 3), apart).sd[0], 0.0);
}

TEST(OwnDeviations, AreNoneWhereCountingExplainsAll) {
  Eigen::MatrixXd rows(1, 4);
  rows << 2.0, 4.0, 2.0, 4.0;
  EXPECT_EQ(own_deviations(rows, Eigen::MatrixXd::Constant(1, 4, 2.0)).sd[0], 0.0);
}

TEST(OwnDeviations, AreUnbiasedForAShortPanel) {
  // 400 rows of 20 years with coefficient 0.7 and steps of 1: without the corrections 0.60 and
  // 0.93.
  constexpr Eigen::Index areas = 400, years = 20;
  Eigen::MatrixXd rows(areas, years);
  for (Eigen::Index area = 0; area < areas; ++area) {
    Stream numbers(StreamKey(1, std::to_string(area)), Site{});
    double x = sample_normal(numbers) / std::sqrt(1.0 - 0.49);
    for (Eigen::Index year = 0; year < years; ++year) {
      rows(area, year) = x;
      x = 0.7 * x + sample_normal(numbers);
    }
  }
  const OwnDeviations own = own_deviations(rows, Eigen::MatrixXd::Zero(areas, years));
  double variance = 0.0;
  for (const double sd : own.sd) variance += sd * sd / areas;
  EXPECT_NEAR(own.phi, 0.7, 0.03);
  EXPECT_NEAR(variance, 1.0, 0.08);
}

TEST(PooledDeviations, OfOneAreaAreItsOwn) {
  Eigen::MatrixXd rows(1, 4);
  rows << 2.0, 4.0, 2.0, 4.0;
  const OwnDeviations own = pooled_deviations(rows, Eigen::MatrixXd::Constant(1, 4, 1.0 / 3.0));
  EXPECT_EQ(own.phi, 0.0);
  EXPECT_NEAR(own.sd[0], 1.0, 1e-12);
}

TEST(PooledDeviations, AreNoneWhereCountingExplainsAll) {
  Eigen::MatrixXd rows(2, 4);
  rows << 2.0, 4.0, 2.0, 4.0, 1.0, 0.0, 1.0, 0.0;
  EXPECT_EQ(pooled_deviations(rows, Eigen::MatrixXd::Constant(2, 4, 2.0)).sd[1], 0.0);
}

/// Areas whose deviations have a standard deviation of 0.3, without memory, and chance of so much
/// more in each.
Eigen::MatrixXd panel(const std::vector<double>& chance, Eigen::Index years) {
  Eigen::MatrixXd rows(static_cast<Eigen::Index>(chance.size()), years);
  for (Eigen::Index area = 0; area < rows.rows(); ++area) {
    Stream numbers(StreamKey(7, std::to_string(area)), Site{});
    const double sd = std::hypot(0.3, chance[static_cast<std::size_t>(area)]);
    for (Eigen::Index year = 0; year < years; ++year) {
      rows(area, year) = sd * sample_normal(numbers);
    }
  }
  return rows;
}

// In every third area chance is 300 times what there is to be seen: five years of it show
// anything between nothing and hundreds.
TEST(PooledDeviations, OfAreasThatShowNothingAreThoseOfTheOthers) {
  std::vector<double> chance;
  for (int area = 0; area < 300; ++area) chance.push_back(area % 3 == 0 ? 100.0 : 0.1);
  const Eigen::MatrixXd rows = panel(chance, 5);
  Eigen::MatrixXd counting(rows.rows(), rows.cols());
  for (Eigen::Index area = 0; area < rows.rows(); ++area) {
    const double sd = chance[static_cast<std::size_t>(area)];
    counting.row(area).setConstant(sd * sd);
  }
  const OwnDeviations alone = own_deviations(rows, counting);
  const OwnDeviations pooled = pooled_deviations(rows, counting);
  EXPECT_GT(*std::max_element(alone.sd.begin(), alone.sd.end()), 50.0);
  for (std::size_t area = 0; area < pooled.sd.size(); ++area) {
    const double sd = pooled.sd[area] / std::sqrt(1.0 - pooled.phi * pooled.phi);
    EXPECT_NEAR(sd, 0.3, area % 3 == 0 ? 0.03 : 0.15) << area;
  }
}

// Areas that do differ keep what they show, the better the longer they are seen.
TEST(PooledDeviations, KeepWhatAreasDifferBy) {
  Eigen::MatrixXd rows = panel(std::vector<double>(100, 0.1), 40);
  rows.bottomRows(50) *= 4.0;
  const Eigen::MatrixXd counting = Eigen::MatrixXd::Constant(100, 40, 0.01);
  const OwnDeviations pooled = pooled_deviations(rows, counting);
  double calm = 0.0;
  double wild = 0.0;
  for (std::size_t area = 0; area < 50; ++area) calm += pooled.sd[area] / 50.0;
  for (std::size_t area = 50; area < 100; ++area) wild += pooled.sd[area] / 50.0;
  // About 0.94 of each area's own variance and 0.06 of the common 0.8 is what is left of it.
  EXPECT_NEAR(calm, std::sqrt(0.94 * 0.09 + 0.06 * 0.8), 0.03);
  EXPECT_NEAR(wild, std::sqrt(16.0 * 0.1 - 0.01), 0.15);
}

TEST(AutoregressiveProcess, HasItsCoefficientCorrectedForAShortSeries) {
  const std::vector<double> series{0.0, 1.0, 1.0, 0.0, 1.0, 0.0, 0.0, 1.0};
  const double raw = fit_autoregression(series, SeriesMean::estimated).coefficient;
  EXPECT_DOUBLE_EQ(autoregressive(series).phi, raw + (1.0 + 3.0 * raw) / 8.0);
}

TEST(MeanOfYears, HasTheVarianceOfAnAutoregression) {
  const std::vector<double> two{0.5, 0.5};
  EXPECT_DOUBLE_EQ(variance_of_mean(0.0, two), 0.5);
  EXPECT_DOUBLE_EQ(variance_of_mean(0.5, two), 0.75);  // 1/4 + 1/4 + 2 x 1/2 x 1/4
}

TEST(OffsetFromMean, IsNoneAtTheLaunchWhereTheLastYearIsTheForecast) {
  const std::vector<double> last{0.0, 1.0};
  const LaunchOffset offset = offset_from_mean(0.8, last);
  EXPECT_DOUBLE_EQ(offset.level, 1.0);
  EXPECT_DOUBLE_EQ(offset.carried, -1.0);  // what the mean is missed by, the process stands off
  EXPECT_EQ(offset.own, 0.0);
}

TEST(OffsetFromMean, GivesTheVarianceOfTheErrorOfAMeanInEveryYear) {
  const double phi = 0.6;
  const std::vector<double> weights{0.2, 0.3, 0.5};  // the latest last
  const LaunchOffset offset = offset_from_mean(phi, weights);
  const double mean = variance_of_mean(phi, weights);
  const double covariance = 0.5 + 0.3 * phi + 0.2 * phi * phi;
  for (const int years : {0, 1, 10}) {
    const double left = std::pow(phi, years);
    const double level = offset.level + left * offset.carried;
    const double drawn = level * level + left * left * offset.own * offset.own + 1.0 - left * left;
    EXPECT_NEAR(drawn, 1.0 + mean - 2.0 * left * covariance, 1e-12) << years;
  }
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
  // Five years are few: the others, of which nothing is seen, draw it down, and it draws them up.
  EXPECT_LT(immigration.area_sd[0], std::sqrt(variance - 1.0 / 142.0));
  EXPECT_GT(immigration.area_sd[0], 1.3 * immigration.area_sd[1]);
  EXPECT_GT(immigration.area_sd[1], 0.0);
}

TEST_F(FittedUncertainty, ForecastsByAMeanSetOutFromIt) {
  figures.births = [](int year, const std::string&, const std::string&, int age) {
    return age == 2 ? 100.0 + 10.0 * (year % 3) : 0.0;
  };
  figures.history = "fertility_years = 5\n";
  const DeviationProcess fertility = fit("fertility").fertility;
  const LaunchOffset expected =
      offset_from_mean(fertility.phi, std::vector<double>{0.2, 0.2, 0.2, 0.2, 0.2});
  EXPECT_DOUBLE_EQ(fertility.national_offset.level, expected.level);
  EXPECT_GT(fertility.national_offset.level, 0.0);
}

TEST_F(FittedUncertainty, SetsOutFromTheLastYearOfTheHistory) {
  EXPECT_EQ(fit("fertility").fertility.last_year, Year(2010));
  figures.history = "last_year = 2009\nfertility_path_years = 4\n";
  EXPECT_EQ(fit("fertility").fertility.last_year, Year(2009));
}

TEST_F(FittedUncertainty, AForecastFromTheLastYearIsNotOffAtTheLaunch) {
  figures.births = [](int year, const std::string&, const std::string&, int age) {
    return age == 2 ? 100.0 + 10.0 * (year % 3) : 0.0;
  };
  figures.history = "fertility_path = \"ar1\"\n";
  EXPECT_EQ(fit("fertility").fertility.national_offset.level, 0.0);
}

/// So many of each sex aged 2 come to a county in even years, and leave a year later.
void come_and_go(test::Country& figures, const std::function<double(const std::string&)>& many) {
  figures.history = "net_migration_years = 5\ninternational_years = 5\n";
  figures.stocks = [=](int year, const std::string& county, const std::string&, int age) {
    return 100.0 + (age == 2 && year % 2 == 0 ? many(county) : 0.0);
  };
}

TEST_F(FittedUncertainty, NetMigrationOfTheNationIsNoCountysOwn) {
  come_and_go(figures, [](const std::string&) { return 10.0; });
  const ParameterUncertainty uncertainty = fit("net_migration");
  EXPECT_EQ(uncertainty.net_migration.kind, DeviationKind::ar1);
  EXPECT_DOUBLE_EQ(uncertainty.net_migration.phi, -largest_coefficient);
  for (const double sd : uncertainty.net_migration.area_sd) EXPECT_NEAR(sd, 0.0, 1e-9);
  for (const double share : uncertainty.area_share) EXPECT_NEAR(share, 1.0 / 3.0, 1e-12);
}

TEST_F(FittedUncertainty, CountiesThatGainOfEachOtherHaveTheirOwnNetMigration) {
  come_and_go(figures, [](const std::string& county) {
    return county == "1" ? 40.0 : county == "2" ? -40.0 : 0.0;
  });
  const DeviationProcess process = fit("net_migration").net_migration;
  EXPECT_NEAR(process.national_sd, 0.0, 1e-12);
  EXPECT_GT(process.area_sd[0], 0.02);
  EXPECT_NEAR(process.area_sd[1], process.area_sd[0], 0.01);
  EXPECT_EQ(process.area_sd[2], 0.0);
}

TEST_F(FittedUncertainty, NetMigrationRespondsAtTheAgesThatMoved) {
  come_and_go(figures, [](const std::string&) { return 10.0; });
  const Table<double, Sex, Age> response = fit("net_migration").net_migration_response;
  // Those aged 2 come; that they leave at 3 is the other way round, and never below nothing.
  EXPECT_GT(response(Sex(0), Age(2)), 1.0);
  EXPECT_EQ(response(Sex(0), Age(5)), 0.0);
  double mean = 0.0;
  double people = 0.0;
  for (const Sex sex : positions<Sex>(2)) {
    for (const Age age : positions<Age>(6)) {
      const double at_risk = age == Age(3) ? 110.0 : age == Age(5) ? 200.0 : 100.0;
      mean += at_risk * response(sex, age);
      people += at_risk;
      EXPECT_GE(response(sex, age), 0.0);
    }
  }
  EXPECT_NEAR(mean / people, 1.0, 1e-12);
}

TEST_F(FittedUncertainty, NetMigrationLeavesOutAYearInWhichABorderMoved) {
  figures.history = "net_migration_years = 3\nnet_migration_without = [\"2010\"]\n";
  figures.stocks = [](int year, const std::string& county, const std::string&, int age) {
    const bool moved = year == 2010 && age == 2;
    return 100.0 + (!moved ? 0.0 : county == "1" ? 50.0 : county == "2" ? -50.0 : 0.0);
  };
  for (const double sd : fit("net_migration").net_migration.area_sd) EXPECT_EQ(sd, 0.0);
}

TEST_F(FittedUncertainty, ABorderThatMovedSaysNothingOfTheNation) {
  come_and_go(figures, [](const std::string&) { return 10.0; });
  const double all = fit("net_migration").net_migration.national_sd;
  figures.history += "net_migration_without = [\"2008\"]\n";
  EXPECT_EQ(fit("net_migration").net_migration.national_sd, all);
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
