// The reference kernels on numbers that can be checked on paper.
#include <cmath>
#include <numeric>
#include <vector>

#include <gtest/gtest.h>

#include "engine/kernels/reference/cohort.hpp"
#include "engine/kernels/reference/hazard.hpp"

namespace kohort::kernels::reference {
namespace {

using Values = std::vector<double>;

/// One cell of 1000 people, of whom q = 0.1 would die and x = 0.2 leave.
struct Fates {
  double deaths = 0.0;
  double leavers = 0.0;
  double stayers = 0.0;
};

Fates fates(double exposure, LeavingRates measure) {
  const Values persons{1000.0};
  const Values dying{0.1};
  const Values leaving{0.2};
  const Risks risks{dying, leaving, exposure, measure};
  Values chance(1);
  Values gone(1);
  Values stayers = persons;
  Fates result;
  chance_of_dying(risks, chance);
  part(persons, chance, gone, stayers);
  result.deaths = gone[0];
  chance_of_leaving(risks, leaving, chance);
  part(persons, chance, gone, stayers);
  result.leavers = gone[0];
  result.stayers = stayers[0];
  return result;
}

// At mid-interval 1000 * 0.1 * 0.9 = 90 die, 1000 * 0.2 * 0.95 = 190 leave, 1000 * 0.9 * 0.8 = 720
// stay.
TEST(IndependentRates, CompeteEvenly) {
  const Fates half = fates(0.5, LeavingRates::independent);
  EXPECT_DOUBLE_EQ(half.deaths, 90.0);
  EXPECT_DOUBLE_EQ(half.leavers, 190.0);
  EXPECT_DOUBLE_EQ(half.stayers, 720.0);
}

// The same as crude shares: 200 leave, 1000 * 0.1 * 0.9 = 90 die, 710 stay.
TEST(CrudeRates, AreWhatIsSeen) {
  const Fates half = fates(0.5, LeavingRates::crude);
  EXPECT_DOUBLE_EQ(half.deaths, 90.0);
  EXPECT_DOUBLE_EQ(half.leavers, 200.0);
  EXPECT_DOUBLE_EQ(half.stayers, 710.0);
}

TEST(Timing, AtTheEndLeaversHaveSurvivedFirst) {
  const Fates end = fates(0.0, LeavingRates::independent);
  EXPECT_DOUBLE_EQ(end.deaths, 100.0);
  EXPECT_DOUBLE_EQ(end.leavers, 180.0);
}

TEST(Timing, AtTheStartLeaversAreNotAtRisk) {
  const Fates start = fates(1.0, LeavingRates::independent);
  EXPECT_DOUBLE_EQ(start.deaths, 80.0);
  EXPECT_DOUBLE_EQ(start.leavers, 200.0);
}

// A third each, three times: what rounding leaves over of nobody is nobody.
TEST(Part, LeavesNobodyWhereAllLeave) {
  const Values persons{1.0};
  const Values third{1.0 / 3.0};
  Values gone(1);
  Values stayers = persons;
  for (int way = 0; way < 3; ++way) part(persons, third, gone, stayers);
  EXPECT_EQ(stayers[0], 0.0);
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

// Rate 0.1 over five years on a mean of 150 women: 75 births.
TEST(Bear, TakesTheMeanOfTwoStocks) {
  const Values start{100.0};
  const Values end{200.0};
  const Values rate{0.1};
  Values births{1.0};
  bear({start, end}, rate, 5.0, births);
  EXPECT_DOUBLE_EQ(births[0], 75.0);
}

TEST(Spread, RepeatsEachPlaceOverItsDraws) {
  const Values values{1.0, 2.0};
  Values slab(6);
  spread(values, slab);
  EXPECT_EQ(slab, (Values{1.0, 1.0, 1.0, 2.0, 2.0, 2.0}));
}

// 10 persons, of whom 4 left and to whom 1 came; a millionth is within the tolerance, no more.
TEST(Account, BalancesWithinItsTolerance) {
  Values balance{10.0};
  Values turnover{10.0};
  enter(Values{4.0}, -1.0, balance, turnover);
  enter(Values{1.0}, 1.0, balance, turnover);
  EXPECT_EQ(balance, Values{7.0});
  EXPECT_EQ(turnover, Values{15.0});
  EXPECT_TRUE(balances(Values{7.0}, balance, turnover, 1e-6));
  EXPECT_TRUE(balances(Values{7.0 + 14e-6}, balance, turnover, 1e-6));
  EXPECT_FALSE(balances(Values{7.0 + 16e-6}, balance, turnover, 1e-6));
  EXPECT_FALSE(balances(Values{std::nan("")}, balance, turnover, 1e-6));
}

TEST(Account, NeverBalancesWithFewerThanNobody) {
  EXPECT_FALSE(balances(Values{-1.0}, Values{-1.0}, Values{1.0}, 1e-6));
}

// 1 - (1 - q)^f: half of those who stay alive under twice the force, none under none.
TEST(UnderForce, ChangesTheChanceOfOnePeriod) {
  Values chance{0.0, 1.0, 2.0};
  under_force(0.5, chance);
  EXPECT_EQ(chance[0], 0.0);
  EXPECT_DOUBLE_EQ(chance[1], 0.5);
  EXPECT_DOUBLE_EQ(chance[2], 0.75);
}

TEST(UnderForce, IsCertainWhereDeathIs) {
  Values chance{0.5, 3.0};
  under_force(1.0, chance);
  EXPECT_EQ(chance, (Values{1.0, 1.0}));
}

// On both sides of where the series gives way, against the library's function.
TEST(UnderForce, IsRightToTheLastDigits) {
  for (const double q : {1e-9, 1e-4, 0.01, 0.2, 0.39, 0.395, 0.9}) {
    Values chance{0.3, 1.0, 1.01, 1.7};
    const Values forces = chance;
    under_force(q, chance);
    for (std::size_t at = 0; at < forces.size(); ++at) {
      const double expected = -std::expm1(forces[at] * std::log1p(-q));
      EXPECT_NEAR(chance[at], expected, 4e-16 * expected) << q << " " << forces[at];
    }
  }
}

}  // namespace
}  // namespace kohort::kernels::reference
