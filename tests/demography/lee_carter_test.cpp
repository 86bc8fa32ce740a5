#include "engine/demography/lee_carter.hpp"

#include <cmath>
#include <string>

#include <gtest/gtest.h>

#include "engine/estimate/time_series.hpp"
#include "engine/input/csv.hpp"
#include "tests/support/expect_error.hpp"
#include "tests/support/folder.hpp"
#include "tests/support/gunzip.hpp"

namespace kohort {
namespace {

constexpr Eigen::Index ages = 91;
constexpr Eigen::Index years = 51;

double number(const Csv& csv, std::size_t row, const char* column) {
  return std::stod(std::string(csv.cell(row, *csv.column(column))));
}

Eigen::VectorXd column(const Csv& csv, const char* name) {
  Eigen::VectorXd values(static_cast<Eigen::Index>(csv.rows()));
  for (std::size_t row = 0; row < csv.rows(); ++row) {
    values[static_cast<Eigen::Index>(row)] = number(csv, row, name);
  }
  return values;
}

/// French women 1950-2000, ages 0-90: Human Mortality Database, as in the R package demography;
/// not redistributable, read in place.
class FrenchWomen : public ::testing::Test {
 protected:
  void SetUp() override {
    const std::string text = gunzipped(file("mx_exposure.csv.gz"));
    const Csv csv = Csv::read(folder_.write("case.csv", text));
    rates_.resize(ages, years);
    exposure_.resize(ages, years);
    ASSERT_EQ(csv.rows(), static_cast<std::size_t>(ages * years));
    for (std::size_t row = 0; row < csv.rows(); ++row) {
      const auto age = static_cast<Eigen::Index>(number(csv, row, "age"));
      const auto year = static_cast<Eigen::Index>(number(csv, row, "year")) - 1950;
      rates_(age, year) = number(csv, row, "mx");
      exposure_(age, year) = number(csv, row, "exposure");
    }
  }
  static std::string gunzipped(const std::string& name) { return test::gunzipped(name); }
  static std::string file(const std::string& name) {
    return test::shared_file("cases/leecarter_france_female_1950_2000/" + name);
  }
  static Eigen::VectorXd expected_index(const char* name) {
    return column(Csv::read(file("expected_kt.csv")), name);
  }
  DeathCounts counts() const { return {(rates_.array() * exposure_.array()).matrix(), exposure_}; }

  test::Folder folder_;
  Eigen::MatrixXd rates_;
  Eigen::MatrixXd exposure_;
};

void expect_near(const Eigen::VectorXd& ours, const Eigen::VectorXd& expected, double relative) {
  ASSERT_EQ(ours.size(), expected.size());
  for (Eigen::Index at = 0; at < ours.size(); ++at) {
    EXPECT_NEAR(ours[at], expected[at], relative * std::abs(expected[at])) << "entry " << at;
  }
}

double drift(const Eigen::VectorXd& index) {
  return fit_random_walk({index.data(), static_cast<std::size_t>(index.size())}).drift;
}

TEST_F(FrenchWomen, HaveTheLevelsAndResponsesOfTheReference) {
  const LeeCarter model = fit_lee_carter(rates_);
  const Csv expected = Csv::read(file("expected_ax_bx.csv"));
  expect_near(model.level, column(expected, "ax"), 1e-6);
  expect_near(model.response, column(expected, "bx"), 1e-6);
  EXPECT_NEAR(model.response.sum(), 1.0, 1e-12);
  EXPECT_NEAR(model.explained, 0.9350469, 5e-8);
}

TEST_F(FrenchWomen, HaveTheIndexOfTheReference) {
  const LeeCarter model = fit_lee_carter(rates_);
  expect_near(model.index, expected_index("kt_none"), 1e-6);
  EXPECT_NEAR(model.index.mean(), 0.0, 1e-12);
}

TEST_F(FrenchWomen, HaveTheRandomWalkOfTheReference) {
  const LeeCarter model = fit_lee_carter(rates_);
  const RandomWalk walk = fit_random_walk({model.index.data(), 51});
  EXPECT_NEAR(walk.drift, -2.111518, 5e-7);
  EXPECT_NEAR(std::sqrt(walk.variance), 2.553228, 5e-7);
}

TEST_F(FrenchWomen, HaveTheIndexThatGivesTheirDeaths) {
  const Eigen::VectorXd index = index_by_deaths(fit_lee_carter(rates_), counts());
  expect_near(index, expected_index("kt_dt"), 1e-4);
  EXPECT_NEAR(drift(index), -1.916223, 1e-4);
}

TEST_F(FrenchWomen, HaveTheIndexThatGivesTheirExpectancy) {
  const Eigen::VectorXd index = index_by_expectancy(
      fit_lee_carter(rates_), rates_, LifeTableSex::female, InfantYears::coale_demeny_west);
  expect_near(index, expected_index("kt_e0"), 1e-4);
  EXPECT_NEAR(drift(index), -2.013852, 1e-4);
}

TEST_F(FrenchWomen, HaveTheLikeliestIndexOfTheReference) {
  const Eigen::VectorXd index = index_by_likelihood(fit_lee_carter(rates_), counts());
  expect_near(index, expected_index("kt_dxt"), 1e-4);
  EXPECT_NEAR(drift(index), -1.934739, 1e-4);
}

TEST_F(FrenchWomen, ShareTheirWholeTrendWithThemselves) {
  const LeeCarter common = fit_lee_carter(rates_);
  const std::vector<Eigen::MatrixXd> alone{rates_};
  const CoherentMember member = fit_coherent(common, alone).front();
  EXPECT_NEAR(member.explained_common, common.explained, 1e-12);
  EXPECT_GT(member.explained, member.explained_common);
  EXPECT_NEAR(member.index.sum(), 0.0, 1e-9);
}

// On paper: two ages, three years, ln m = a + b k with b = (3/4, 1/4) and k = (2, 0, -2).
LeeCarter on_paper() {
  LeeCarter model;
  model.level = Eigen::Vector2d(-6.0, -2.0);
  model.response = Eigen::Vector2d(0.75, 0.25);
  model.index = Eigen::Vector3d(2.0, 0.0, -2.0);
  return model;
}

Eigen::MatrixXd rates_of(const LeeCarter& model) { return model.log_rates().array().exp(); }

TEST(LeeCarter, IsRecoveredFromRatesThatFollowIt) {
  const LeeCarter truth = on_paper();
  const LeeCarter model = fit_lee_carter(rates_of(truth));
  expect_near(model.level, truth.level, 1e-12);
  expect_near(model.response, truth.response, 1e-12);
  EXPECT_LT((model.index - truth.index).cwiseAbs().maxCoeff(), 1e-12);
  EXPECT_NEAR(model.explained, 1.0, 1e-12);
}

TEST(LeeCarter, KeepsItsIndexInEverySecondStageWhereItFitsExactly) {
  const LeeCarter truth = on_paper();
  const Eigen::MatrixXd exposure = Eigen::MatrixXd::Constant(2, 3, 1000.0);
  const Eigen::MatrixXd rates = rates_of(truth);
  const DeathCounts counts{1000.0 * rates, exposure};
  EXPECT_LT((index_by_deaths(truth, counts) - truth.index).norm(), 1e-9);
  EXPECT_LT((index_by_likelihood(truth, counts) - truth.index).norm(), 1e-9);
  const Eigen::VectorXd by_expectancy =
      index_by_expectancy(truth, rates, LifeTableSex::female, InfantYears::andreev_kingkade);
  EXPECT_LT((by_expectancy - truth.index).norm(), 1e-9);
}

// The index must move so that exp(a1 + b k) halves where one age holds all deaths: k = -ln 2 / b.
TEST(LeeCarter, MeetsTheDeathsOfTheYear) {
  LeeCarter model = on_paper();
  model.index.setZero();
  Eigen::MatrixXd exposure = Eigen::MatrixXd::Zero(2, 3);
  exposure.row(0).setConstant(1.0);
  const Eigen::MatrixXd deaths = 0.5 * std::exp(-6.0) * exposure;
  const Eigen::VectorXd index = index_by_deaths(model, {deaths, exposure});
  for (const double k : index) EXPECT_NEAR(k, -std::log(2.0) / 0.75, 1e-12);
}

TEST(LeeCarter, KeepsItsRatesWhenRecentred) {
  LeeCarter model = on_paper();
  model.index.array() += 5.0;
  const LeeCarter centred = recentred(model);
  EXPECT_NEAR(centred.index.mean(), 0.0, 1e-12);
  EXPECT_LT((centred.log_rates() - model.log_rates()).norm(), 1e-12);
}

TEST(LeeCarter, NamesARateWithoutLogarithm) {
  Eigen::MatrixXd rates = rates_of(on_paper());
  rates(1, 2) = 0.0;
  const std::string text = test::error_of(Fault::input, [&] { fit_lee_carter(rates); });
  EXPECT_HAS(text, "row 1 (age), column 2 (year) is 0");
}

TEST(LeeCarter, NamesTheYearWhoseDeathsNoIndexGives) {
  const LeeCarter model = on_paper();
  DeathCounts counts{1000.0 * rates_of(model), Eigen::MatrixXd::Constant(2, 3, 1000.0)};
  counts.deaths.col(1).setZero();
  EXPECT_HAS(test::error_of(Fault::input, [&] { index_by_deaths(model, counts); }), "column 1");
}

TEST(LeeCarter, RefusesOtherShapes) {
  EXPECT_THROW(fit_lee_carter(Eigen::MatrixXd::Ones(1, 3)), std::invalid_argument);
  EXPECT_THROW(
      index_by_deaths(on_paper(), {Eigen::MatrixXd::Ones(3, 3), Eigen::MatrixXd::Ones(2, 3)}),
      std::invalid_argument);
}

// Two populations around a common trend: what is left of the one is (1, -1)/2 times k = (1, -2, 1).
TEST(LiLee, FindsWhatIsLeftOfEachPopulation) {
  const LeeCarter common = on_paper();
  LeeCarter own;
  own.level = Eigen::Vector2d(-1.0, 0.5);
  own.response = Eigen::Vector2d(0.5, -0.5);
  own.index = Eigen::Vector3d(1.0, -2.0, 1.0);
  const Eigen::MatrixXd rates = (common.log_rates() + own.log_rates()).array().exp();
  const std::vector<Eigen::MatrixXd> both{rates, rates_of(common)};
  const std::vector<CoherentMember> members = fit_coherent(common, both);
  expect_near(members[0].level, common.level + own.level, 1e-12);
  const Eigen::MatrixXd product = members[0].response * members[0].index.transpose();
  EXPECT_LT((product - own.response * own.index.transpose()).norm(), 1e-12);
  EXPECT_NEAR(members[0].response.lpNorm<1>(), 1.0, 1e-12);
  EXPECT_NEAR(members[0].explained, 1.0, 1e-12);
  // Centred squares: common 8 (9/16 + 1/16) = 5, own 6 * 1/2 = 3, and they are orthogonal in time.
  EXPECT_NEAR(members[0].explained_common, 5.0 / 8.0, 1e-12);
  EXPECT_EQ(members[1].index.norm(), 0.0);
}

}  // namespace
}  // namespace kohort
