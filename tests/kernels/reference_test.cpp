// The reference kernels on numbers that can be checked on paper.
#include <numeric>
#include <vector>

#include <gtest/gtest.h>

#include "engine/kernels/reference/cohort.hpp"

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

}  // namespace
}  // namespace kohort::kernels::reference
