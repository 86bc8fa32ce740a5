#include "models/care/calibrate/mortality_by_state.hpp"

#include <cmath>
#include <random>
#include <stdexcept>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "tests/support/expect_error.hpp"

namespace kohort::care {
namespace {

MixedCell cell(const Eigen::VectorXd& shares, const Eigen::VectorXd& odds_ratios, double dying) {
  return {shares, odds_ratios, Probability::of(dying)};
}

MixedCell any_cell() {
  std::mt19937 random(*rc::gen::arbitrary<unsigned>());
  const auto states = *rc::gen::inRange<Eigen::Index>(1, most_states + 1);
  const auto draw = [&] { return static_cast<double>(random() % 10000) / 10000.0; };
  MixedCell result{StateVector(states), StateVector(states), Probability::of(draw())};
  for (Eigen::Index state = 0; state < states; ++state) {
    result.shares[state] = random() % 4 == 0 ? 0.0 : draw();
    result.odds_ratios[state] = std::exp(10.0 * draw() - 5.0);
  }
  result.shares[0] += 0.001;
  result.shares /= result.shares.sum();
  return result;
}

double odds(double probability) { return probability / (1.0 - probability); }

RC_GTEST_PROP(SplitMortality, KeepsTheMortalityOfTheCell, ()) {
  const MixedCell the = any_cell();
  const StateVector dying = split_mortality(the);
  RC_ASSERT(std::abs(dying.dot(the.shares) - the.dying.share()) <= 1e-14);
  RC_ASSERT((dying.array() >= 0.0).all() && (dying.array() <= 1.0).all());
}

RC_GTEST_PROP(SplitMortality, HasTheOddsRatios, ()) {
  const MixedCell the = any_cell();
  const StateVector dying = split_mortality(the);
  RC_PRE(the.dying.share() > 0.0 && dying.maxCoeff() < 0.999);
  for (Eigen::Index state = 1; state < dying.size(); ++state) {
    const double expected = the.odds_ratios[state] / the.odds_ratios[0];
    RC_ASSERT(std::abs(odds(dying[state]) / odds(dying[0]) / expected - 1.0) < 1e-9);
  }
}

// On paper: odds 1/4 and 1 are probabilities 0.2 and 0.5, of halves 0.35 of the whole.
TEST(SplitMortality, CanBeCheckedOnPaper) {
  const StateVector dying =
      split_mortality(cell(Eigen::Vector2d(0.5, 0.5), Eigen::Vector2d(1.0, 4.0), 0.35));
  EXPECT_NEAR(dying[0], 0.2, 1e-15);
  EXPECT_NEAR(dying[1], 0.5, 1e-15);
}

TEST(SplitMortality, IsTheCellsWhereTheStatesAreAlike) {
  const StateVector dying =
      split_mortality(cell(Eigen::Vector3d(0.5, 0.3, 0.2), Eigen::Vector3d::Constant(3.0), 0.0123));
  for (const double value : dying) EXPECT_NEAR(value, 0.0123, 1e-16);
}

TEST(SplitMortality, GivesEmptyStatesTheirsToo) {
  const StateVector dying =
      split_mortality(cell(Eigen::Vector2d(1.0, 0.0), Eigen::Vector2d(1.0, 4.0), 0.2));
  EXPECT_NEAR(dying[0], 0.2, 1e-15);
  EXPECT_NEAR(dying[1], 0.5, 1e-15);
}

TEST(SplitMortality, IsNoneWhereNobodyDies) {
  const StateVector dying =
      split_mortality(cell(Eigen::Vector2d(0.9, 0.1), Eigen::Vector2d(1.0, 4.0), 0.0));
  EXPECT_EQ(dying, StateVector::Zero(2));
}

TEST(SplitMortality, RefusesWhatIsNoMix) {
  const Eigen::Vector2d odds_ratios(1.0, 2.0);
  const Eigen::Vector2d shares(0.5, 0.5);
  EXPECT_THROW(split_mortality(cell(Eigen::Vector2d(0.5, 0.4), odds_ratios, 0.1)),
               std::invalid_argument);
  EXPECT_THROW(split_mortality(cell(shares, Eigen::Vector2d(1.0, 0.0), 0.1)),
               std::invalid_argument);
  EXPECT_THROW(split_mortality(cell(shares, Eigen::Vector3d::Ones(), 0.1)), std::invalid_argument);
  EXPECT_THROW(split_mortality(cell(shares, odds_ratios, 1.0)), std::invalid_argument);
  EXPECT_THROW(split_mortality(cell(shares, odds_ratios, -0.1)), std::invalid_argument);
}

// Socialstyrelsen & SKL, Öppna jämförelser 2015, table 26: of the women who entered special housing
// in 2013, 83.5 % lived after 5 months and 62.6 % after 24. log(0.835 / 0.626) / (19 / 12) =
// 0.18195.
TEST(HazardBetween, IsThatOfExponentialSurvival) {
  const CentralRate hazard =
      hazard_between({Duration::years(5.0 / 12.0), 0.835}, {Duration::years(2.0), 0.626});
  EXPECT_NEAR(hazard.per_person_year(), 0.18195, 5e-6);
  EXPECT_NEAR(0.835 * std::exp(-hazard.per_person_year() * 19.0 / 12.0), 0.626, 1e-15);
}

TEST(HazardBetween, RefusesSurvivalThatRises) {
  const auto text = [](double earlier, double later, double years) {
    return test::error_of(Fault::input, [&] {
      hazard_between({Duration::years(1.0), earlier}, {Duration::years(years), later});
    });
  };
  EXPECT_HAS(text(0.5, 0.6, 2.0), "gives no hazard");
  EXPECT_HAS(text(0.5, 0.0, 2.0), "gives no hazard");
  EXPECT_HAS(text(0.5, 0.4, 1.0), "gives no hazard");
  EXPECT_HAS(text(83.5, 62.6, 2.0), "gives no hazard");
}

RC_GTEST_PROP(OddsRatioFromHazard, GivesTheStateItsHazard, ()) {
  MixedCell the = any_cell();
  RC_PRE(the.dying.share() > 0.01 && the.dying.share() < 0.9);
  const CareState state(
      *rc::gen::inRange<std::size_t>(0, static_cast<std::size_t>(the.shares.size())));
  const auto at = static_cast<Eigen::Index>(state.position());
  RC_PRE(the.shares[at] < 0.99);
  const double most = std::min(0.99, the.dying.share() / std::max(1e-9, the.shares[at]));
  const double least = (the.dying.share() - 1.0 + the.shares[at]) / std::max(1e-9, the.shares[at]);
  const double wanted = std::max(0.0, least) + 0.5 * (most - std::max(0.0, least));
  const double hazard = -std::log1p(-wanted);
  the.odds_ratios[at] = odds_ratio_from_hazard(the, state, CentralRate::per_person_year(hazard));
  RC_ASSERT(std::abs(split_mortality(the)[at] - wanted) < 1e-9);
}

TEST(OddsRatioFromHazard, DoesNotMindWhatTheStateHadBefore) {
  const CentralRate hazard = CentralRate::per_person_year(0.3);
  const Eigen::Vector3d shares(0.6, 0.25, 0.15);
  const auto ratio = [&](double before) {
    return odds_ratio_from_hazard(cell(shares, Eigen::Vector3d(1.0, 2.0, before), 0.12),
                                  CareState(2), hazard);
  };
  EXPECT_EQ(ratio(1.0), ratio(17.0));
  EXPECT_GT(ratio(1.0), 2.0);
}

TEST(OddsRatioFromHazard, RefusesMoreDeathsThanThereAre) {
  const auto text = [](double share, double dying, double hazard) {
    return test::error_of(Fault::input, [&] {
      odds_ratio_from_hazard(
          cell(Eigen::Vector2d(1.0 - share, share), Eigen::Vector2d(1.0, 1.0), dying), CareState(1),
          CentralRate::per_person_year(hazard));
    });
  };
  EXPECT_HAS(text(0.5, 0.1, 0.3), "does not go with a probability of dying of 0.1");
  EXPECT_HAS(text(0.5, 0.9, 0.3), "does not go with");  // the others cannot die more than once
  EXPECT_HAS(text(1.0, 0.1, 0.1), "does not go with");
  EXPECT_HAS(text(0.5, 0.1, 0.0), "does not go with");
}

TEST(OddsRatioFromHazard, RefusesAStateThatIsNotThere) {
  EXPECT_THROW(
      odds_ratio_from_hazard(cell(Eigen::Vector2d(0.5, 0.5), Eigen::Vector2d(1.0, 1.0), 0.1),
                             CareState(2), CentralRate::per_person_year(0.1)),
      std::invalid_argument);
}

}  // namespace
}  // namespace kohort::care
