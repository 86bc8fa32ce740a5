#include "models/care/calibrate/transitions.hpp"

#include <cmath>
#include <random>
#include <stdexcept>
#include <vector>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "engine/estimate/ipf.hpp"
#include "models/care/calibrate/incidence.hpp"
#include "models/care/calibrate/mortality_by_state.hpp"
#include "tests/support/expect_error.hpp"

namespace kohort::care {
namespace {

/// Random numbers above 0, so that any shares can be reached.
class Draws {
 public:
  Draws() : random_(*rc::gen::arbitrary<unsigned>()) {}
  double positive() { return static_cast<double>(1 + random_() % 1000) / 1000.0; }
  bool once_in(unsigned times) { return random_() % times == 0; }

  StateVector shares(Eigen::Index states) {
    StateVector result(states);
    for (double& share : result) share = once_in(5) ? 0.0 : positive();
    result[0] += 0.01;
    return result / result.sum();
  }
  /// People mostly stay as they are.
  StateMatrix prior(Eigen::Index states) {
    StateMatrix result(states, states);
    for (Eigen::Index from = 0; from < states; ++from) {
      for (Eigen::Index to = 0; to < states; ++to) {
        result(from, to) = from == to ? 0.5 + positive() : 0.2 * positive();
      }
    }
    return result;
  }

 private:
  std::mt19937 random_;
};

Eigen::Index any_number_of_states() { return *rc::gen::inRange<Eigen::Index>(1, most_states + 1); }

double distance(const StateVector& a, const StateVector& b) {
  return (a - b).cwiseAbs().maxCoeff();
}

StateVector moved(const StateVector& from, const StateMatrix& transitions) {
  return transitions.transpose() * from;
}

RC_GTEST_PROP(NearestTransitions, ReachTheSharesByRowsThatSumToOne, ()) {
  Draws draws;
  const Eigen::Index states = any_number_of_states();
  const StateVector from = draws.shares(states);
  const StateVector to = draws.shares(states);
  const StateMatrix found = nearest_transitions(from, to, draws.prior(states));
  RC_ASSERT(distance(moved(from, found), to) <= 1e-10);
  RC_ASSERT((found.array() >= 0.0).all());
  for (Eigen::Index row = 0; row < states; ++row) {
    RC_ASSERT(std::abs(found.row(row).sum() - 1.0) < 1e-14);
  }
}

// The engine's fit is the oracle of the light one.
RC_GTEST_PROP(NearestTransitions, AreThoseOfIterativeProportionalFitting, ()) {
  Draws draws;
  const Eigen::Index states = any_number_of_states();
  const StateVector from = draws.shares(states);
  const StateVector to = draws.shares(states);
  const StateMatrix prior = draws.prior(states);
  StateMatrix seed = prior;
  for (Eigen::Index row = 0; row < states; ++row) {
    for (Eigen::Index column = 0; column < states; ++column) {
      if (from[row] == 0.0 || to[column] == 0.0) seed(row, column) = 0.0;
    }
  }
  const IpfMatrix oracle = fit_rows_and_columns(seed, from, to, {1e-13, 100000});
  const StateMatrix found = nearest_transitions(from, to, prior);
  for (Eigen::Index row = 0; row < states; ++row) {
    if (from[row] == 0.0) continue;
    RC_ASSERT((oracle.cells.row(row) - from[row] * found.row(row)).cwiseAbs().maxCoeff() < 1e-10);
  }
}

// Nobody can come from an empty state, and what the prior says of it is kept.
TEST(NearestTransitions, KeepThePriorOfAnEmptyState) {
  const StateMatrix prior{{8.0, 2.0}, {1.0, 3.0}};
  const StateMatrix found =
      nearest_transitions(Eigen::Vector2d(1.0, 0.0), Eigen::Vector2d(0.7, 0.3), prior);
  EXPECT_NEAR(found(0, 1), 0.3, 1e-13);
  EXPECT_DOUBLE_EQ(found(1, 0), 0.25);
  EXPECT_DOUBLE_EQ(found(1, 1), 0.75);
}

TEST(NearestTransitions, MayEmptyAState) {
  const StateMatrix prior{{0.9, 0.1}, {0.2, 0.8}};
  const StateMatrix found =
      nearest_transitions(Eigen::Vector2d(0.6, 0.4), Eigen::Vector2d(1.0, 0.0), prior);
  EXPECT_NEAR(found(0, 0), 1.0, 1e-15);
  EXPECT_NEAR(found(1, 0), 1.0, 1e-15);
}

TEST(NearestTransitions, AreThePriorWhereItFits) {
  const StateMatrix prior{{0.9, 0.1, 0.0}, {0.2, 0.7, 0.1}, {0.0, 0.1, 0.9}};
  const StateVector from = Eigen::Vector3d(0.7, 0.2, 0.1);
  const StateMatrix found = nearest_transitions(from, moved(from, prior), prior);
  EXPECT_LT((found - prior).cwiseAbs().maxCoeff(), 1e-12);
}

// Neither sweeps nor steps reach it, they only come near: nobody may leave, though the prior has
// it.
TEST(NearestTransitions, ComeCloseEnoughToTheEdgeOfWhatIsPossible) {
  const StateMatrix no_recovery{{0.9, 0.1}, {0.0, 1.0}};
  const StateVector still = Eigen::Vector2d(0.8, 0.2);
  const StateMatrix found = nearest_transitions(still, still, no_recovery);
  EXPECT_LT(found(0, 1), 1e-10);
  EXPECT_LT(distance(moved(still, found), still), 1e-10);
}

// Nobody moves between two pairs of states.
TEST(NearestTransitions, MayFallIntoPartsThatAreNotConnected) {
  const StateMatrix prior{
      {0.9, 0.1, 0.0, 0.0}, {0.2, 0.8, 0.0, 0.0}, {0.0, 0.0, 0.7, 0.3}, {0.0, 0.0, 0.1, 0.9}};
  const StateVector from = Eigen::Vector4d(0.5, 0.1, 0.3, 0.1);
  const StateVector to = Eigen::Vector4d(0.35, 0.25, 0.1, 0.3);
  EXPECT_LT(distance(moved(from, nearest_transitions(from, to, prior)), to), 1e-10);
}

// Without recovery two shares leave no choice: onset is the rise among those who had none.
TEST(NearestTransitions, WithoutRecoveryAreFixedByTheShares) {
  const StateMatrix prior{{0.5, 0.5}, {0.0, 1.0}};
  const StateMatrix found =
      nearest_transitions(Eigen::Vector2d(0.8, 0.2), Eigen::Vector2d(0.7, 0.3), prior);
  EXPECT_NEAR(found(0, 1), 0.1 / 0.8, 1e-10);
  EXPECT_EQ(found(1, 0), 0.0);
}

TEST(NearestTransitions, WithoutOnsetLetNobodyEnter) {
  const StateMatrix prior{{1.0, 0.0, 0.0}, {0.2, 0.7, 0.1}, {0.1, 0.1, 0.8}};
  const StateVector from = Eigen::Vector3d(0.7, 0.2, 0.1);
  const StateMatrix found = nearest_transitions(from, Eigen::Vector3d(0.8, 0.12, 0.08), prior);
  EXPECT_EQ(found(0, 0), 1.0);
  EXPECT_EQ(found(0, 1), 0.0);
  EXPECT_EQ(found(0, 2), 0.0);
}

TEST(NearestTransitions, SayWhichStateCannotBeReached) {
  const auto text = [](const StateVector& from, const StateVector& to, const StateMatrix& prior) {
    return test::error_of(Fault::input, [&] { nearest_transitions(from, to, prior); });
  };
  const StateMatrix no_onset{{1.0, 0.0}, {0.3, 0.7}};
  EXPECT_HAS(text(Eigen::Vector2d(0.8, 0.2), Eigen::Vector2d(0.5, 0.5), no_onset), "care state ");
  EXPECT_HAS(text(Eigen::Vector2d(1.0, 0.0), Eigen::Vector2d(0.5, 0.5), no_onset),
             "the share 0.5 of survivors in care state 1");
  const StateMatrix no_recovery{{0.9, 0.1}, {0.0, 1.0}};
  EXPECT_HAS(text(Eigen::Vector2d(0.5, 0.5), Eigen::Vector2d(1.0, 0.0), no_recovery),
             "the prior leads from care state 1");
}

TEST(NearestTransitions, RefuseWhatAreNoShares) {
  const StateMatrix prior = StateMatrix::Ones(2, 2);
  const StateVector good = Eigen::Vector2d(0.5, 0.5);
  EXPECT_THROW(nearest_transitions(Eigen::Vector2d(0.5, 0.4), good, prior), std::invalid_argument);
  EXPECT_THROW(nearest_transitions(good, Eigen::Vector2d(1.5, -0.5), prior), std::invalid_argument);
  EXPECT_THROW(nearest_transitions(good, Eigen::Vector3d(0.5, 0.5, 0.0), prior),
               std::invalid_argument);
  EXPECT_THROW(nearest_transitions(good, good, StateMatrix{{1.0, 1.0}, {0.0, 0.0}}),
               std::invalid_argument);
}

// methods.md 2.9: running the transitions over age reproduces the prevalence to 1e-8, and as many
// die as the cells' mortality says.
RC_GTEST_PROP(NextPrevalenceTransitions, RunOverAgeReproducePrevalenceAndMortality, ()) {
  Draws draws;
  const StateMatrix prior = draws.prior(4);
  const StateVector odds_ratios = Eigen::Vector4d(1.0, 1.6, 2.5, 5.0);
  StateVector prevalence = draws.shares(4);
  StateVector alive = prevalence;
  double survival = 1.0;
  for (int age = 65; age < 100; ++age) {
    const double dying = 0.008 * std::exp(0.105 * (age - 65));
    const StateVector by_state = split_mortality({prevalence, odds_ratios, Probability::of(dying)});
    const StateVector next = draws.shares(4);
    const StateMatrix transitions =
        next_prevalence_transitions({prevalence, by_state, next}, prior);
    const StateVector survivors = alive.array() * (1.0 - by_state.array());
    alive = transitions.transpose() * survivors;
    survival *= 1.0 - dying;
    prevalence = next;
    RC_ASSERT(std::abs(alive.sum() / survival - 1.0) < 1e-8);
    RC_ASSERT(distance(alive / alive.sum(), prevalence) < 1e-8);
  }
}

TEST(NextPrevalenceTransitions, KeepThePriorWhereNobodySurvives) {
  const StateMatrix prior{{3.0, 1.0}, {1.0, 1.0}};
  const StateMatrix found = next_prevalence_transitions(
      {Eigen::Vector2d(1.0, 0.0), Eigen::Vector2d(1.0, 0.5), Eigen::Vector2d(0.5, 0.5)}, prior);
  EXPECT_DOUBLE_EQ(found(0, 0), 0.75);
  EXPECT_DOUBLE_EQ(found(1, 1), 0.5);
}

TEST(NextPrevalenceTransitions, RefuseWhatIsNoProbability) {
  const StateVector half = Eigen::Vector2d(0.5, 0.5);
  EXPECT_THROW(
      next_prevalence_transitions({half, Eigen::Vector2d(0.1, 1.1), half}, StateMatrix::Ones(2, 2)),
      std::invalid_argument);
}

/// The onset per year that the several-state form finds in two states over a step of `width` years.
double several_state_onset(double width, const PrevalenceStep& rates) {
  const double with = rates.mortality_with.per_person_year();
  const double without = rates.mortality_without.per_person_year();
  const double now = rates.now;
  const StateVector from = Eigen::Vector2d(1.0 - now, now);
  const StateVector to = Eigen::Vector2d(1.0 - rates.later, rates.later);
  const double dying = width * ((1.0 - now) * without + now * with);
  const StateVector by_state =
      split_mortality({from, Eigen::Vector2d(1.0, with / without), Probability::of(dying)});
  const StateMatrix no_recovery{{0.5, 0.5}, {0.0, 1.0}};
  return next_prevalence_transitions({from, by_state, to}, no_recovery)(0, 1) / width;
}

TEST(IncidenceFromPrevalence, IsTheLimitOfTheSeveralStatesInTwo) {
  double last = 1.0;
  for (const double width : {0.1, 0.01, 0.001}) {
    const PrevalenceStep step{0.20,
                              0.20 + 0.02 * width,
                              Duration::years(width),
                              CentralRate::per_person_year(0.05),
                              CentralRate::per_person_year(0.20),
                              {}};
    const double rate = incidence_from_prevalence(step).rate.per_person_year();
    const double error = std::abs(several_state_onset(width, step) / rate - 1.0);
    EXPECT_LT(error, 0.15 * last);  // falls with the step
    last = error;
  }
  EXPECT_LT(last, 2e-4);
}

// Keiding (1991): onset 0.03, mortality 0.02 and 0.08, no recovery. The share with care among the
// survivors follows the two constant rates: c = 1 - exp(-(0.03 + 0.02 - 0.08) t) times 0.03 / ...
TEST(IncidenceFromPrevalence, FindsTheOnsetOfAConstantProcess) {
  const double onset = 0.03;
  const double out = 0.02 + onset;
  const auto prevalence = [&](double years) {
    const double none = std::exp(-out * years);
    const double with = onset / (0.08 - out) * (none - std::exp(-0.08 * years));
    return with / (none + with);
  };
  const PrevalenceStep step{prevalence(9.5),
                            prevalence(10.5),
                            Duration::years(1.0),
                            CentralRate::per_person_year(0.02),
                            CentralRate::per_person_year(0.08),
                            {}};
  const Onset found = incidence_from_prevalence(step);
  EXPECT_NEAR(found.rate.per_person_year(), onset, 1e-5);
  EXPECT_FALSE(found.clipped);
}

TEST(IncidenceFromPrevalence, ReplacesThoseWhoRecover) {
  const PrevalenceStep still{0.2, 0.2, Duration::years(1.0),
                             {},  {},  CentralRate::per_person_year(0.4)};
  // As many fall ill as recover: 0.8 i = 0.2 * 0.4.
  EXPECT_NEAR(incidence_from_prevalence(still).rate.per_person_year(), 0.1, 1e-15);
}

TEST(IncidenceFromPrevalence, SaysWhereItWasClipped) {
  const Onset onset = incidence_from_prevalence({0.3, 0.2});
  EXPECT_EQ(onset.rate.per_person_year(), 0.0);
  EXPECT_TRUE(onset.clipped);
  EXPECT_FALSE(incidence_from_prevalence({0.2, 0.2}).clipped);
}

TEST(IncidenceFromPrevalence, RefusesWhatIsNoShare) {
  EXPECT_THROW(incidence_from_prevalence({0.3, 1.0}), std::invalid_argument);
  EXPECT_THROW(incidence_from_prevalence({-0.1, 0.2}), std::invalid_argument);
  EXPECT_THROW(incidence_from_prevalence({0.1, 0.2, Duration::years(0.0)}), std::invalid_argument);
}

}  // namespace
}  // namespace kohort::care
