// The reference kernels on numbers that can be checked on paper.
#include <numeric>
#include <vector>

#include <gtest/gtest.h>

#include "engine/kernels/reference/cohort.hpp"

namespace kohort::kernels::reference {
namespace {

using Values = std::vector<double>;

// 1000 at risk, q = 0.1, x = 0.2 at mid-interval: independent, 1000 * 0.1 * 0.9 = 90 die,
// 1000 * 0.2 * 0.95 = 190 leave, 1000 * 0.9 * 0.8 = 720 stay.
TEST(IndependentRates, CompeteEvenly) {
  const Values at_risk{1000.0};
  const Values dying{0.1};
  const Values leaving{0.2};
  const Risks risks{at_risk, dying, leaving, 0.5, LeavingRates::independent};
  Values deaths{0.0};
  Values leavers{0.0};
  Values persons{0.0};
  die(risks, deaths);
  leave(risks, leaving, leavers);
  stay(risks, persons);
  EXPECT_DOUBLE_EQ(deaths[0], 90.0);
  EXPECT_DOUBLE_EQ(leavers[0], 190.0);
  EXPECT_DOUBLE_EQ(persons[0], 720.0);
}

// The same as crude shares: 200 leave, 1000 * 0.1 * 0.9 = 90 die, 710 stay.
TEST(CrudeRates, AreWhatIsSeen) {
  const Values at_risk{1000.0};
  const Values dying{0.1};
  const Values leaving{0.2};
  const Risks risks{at_risk, dying, leaving, 0.5, LeavingRates::crude};
  Values deaths{0.0};
  Values leavers{0.0};
  Values persons{0.0};
  die(risks, deaths);
  leave(risks, leaving, leavers);
  stay(risks, persons);
  EXPECT_DOUBLE_EQ(deaths[0], 90.0);
  EXPECT_DOUBLE_EQ(leavers[0], 200.0);
  EXPECT_DOUBLE_EQ(persons[0], 710.0);
}

TEST(Timing, AtTheEndLeaversHaveSurvivedFirst) {
  const Values at_risk{1000.0};
  const Values dying{0.1};
  const Values leaving{0.2};
  const Risks risks{at_risk, dying, leaving, 0.0, LeavingRates::independent};
  Values deaths{0.0};
  Values leavers{0.0};
  die(risks, deaths);
  leave(risks, leaving, leavers);
  EXPECT_DOUBLE_EQ(deaths[0], 100.0);
  EXPECT_DOUBLE_EQ(leavers[0], 180.0);
}

TEST(Timing, AtTheStartLeaversAreNotAtRisk) {
  const Values at_risk{1000.0};
  const Values dying{0.1};
  const Values leaving{0.2};
  const Risks risks{at_risk, dying, leaving, 1.0, LeavingRates::independent};
  Values deaths{0.0};
  Values leavers{0.0};
  die(risks, deaths);
  leave(risks, leaving, leavers);
  EXPECT_DOUBLE_EQ(deaths[0], 80.0);
  EXPECT_DOUBLE_EQ(leavers[0], 200.0);
}

// Two areas, two draws: all of the first go to the second, a quarter of the second to the first.
TEST(Pool, HandsOutWhatItGathered) {
  const Values leavers{10.0, 20.0, 4.0, 8.0};
  const Values shares{0.0, 1.0, 0.25, 0.75};
  Values arrivals(4, 0.0);
  pool(leavers, shares, 2, arrivals);
  EXPECT_EQ(arrivals, (Values{1.0, 2.0, 13.0, 26.0}));
  EXPECT_DOUBLE_EQ(std::accumulate(arrivals.begin(), arrivals.end(), 0.0), 42.0);
}

TEST(Arrive, AddsThoseWhoSurviveTheirPart) {
  const Values arrivals{100.0};
  const Values exposed{50.0};
  const Values dying{0.1};
  Values persons{1000.0};
  Values deaths{7.0};
  arrive({arrivals, exposed}, dying, persons, deaths);
  EXPECT_DOUBLE_EQ(deaths[0], 12.0);
  EXPECT_DOUBLE_EQ(persons[0], 1095.0);
}

TEST(Transition, IsAMatrixTimesTheDraws) {
  const Values shares{0.9, 0.2, 0.1, 0.7};  // to x from
  const Values at_risk{100.0, 10.0, 50.0, 5.0};
  Values persons(4, 0.0);
  transition(shares, at_risk, 2, persons);
  EXPECT_EQ(persons, (Values{100.0, 10.0, 45.0, 4.5}));
}

// Rate 0.1 over five years on a mean of 150 women: 75 births.
TEST(Bear, TakesTheMeanOfTwoStocks) {
  const Values start{100.0};
  const Values end{200.0};
  const Values rate{0.1};
  Values births{1.0};
  bear({start, end}, rate, 5.0, births);
  EXPECT_DOUBLE_EQ(births[0], 76.0);
}

TEST(Spread, RepeatsEachPlaceOverItsDraws) {
  const Values values{1.0, 2.0};
  Values slab(6);
  spread(values, slab);
  EXPECT_EQ(slab, (Values{1.0, 1.0, 1.0, 2.0, 2.0, 2.0}));
}

}  // namespace
}  // namespace kohort::kernels::reference
