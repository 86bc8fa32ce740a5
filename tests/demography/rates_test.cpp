#include "engine/demography/rates.hpp"

#include <gtest/gtest.h>

namespace kohort {
namespace {

// On paper: 5 * 0.01 / (1 + (5 - 2.5) * 0.01) = 0.05 / 1.025.
TEST(ProbabilityOfDying, FollowsItsFormula) {
  const auto q = probability_of_dying(CentralRate::per_person_year(0.01), Duration::years(5),
                                      Duration::years(2.5));
  EXPECT_DOUBLE_EQ(q.share(), 0.05 / 1.025);
}

// A cohort of 1000 of whom 100 die: mean stock 950, rate 100/950, and the probability is 0.1 again.
TEST(CohortProbability, UndoesTheMeanOfTwoStocks) {
  const auto m = CentralRate::per_person_year(100.0 / 950.0);
  EXPECT_NEAR(cohort_probability(m, Duration::years(1)).share(), 0.1, 1e-15);
}

// 1000 births of whom 4 die in the year: stocks 0 and 996, mean 498, rate 4/498.
TEST(NewbornProbability, UndoesTheMeanOfNothingAndTheSurvivors) {
  const auto m = CentralRate::per_person_year(4.0 / 498.0);
  EXPECT_NEAR(newborn_probability(m, Duration::years(1)).share(), 0.004, 1e-15);
}

}  // namespace
}  // namespace kohort
