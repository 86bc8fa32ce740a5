// The search for the smallest change, of responses that are known.
#include "engine/run/lever_search.hpp"

#include <cmath>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace kohort {
namespace {

using Response = std::function<double(double)>;

SearchResult search(const LeverTask& task, const Response& probability) {
  return search_lever(task, [&](double lever) { return Tried{lever, probability(lever), 0, 0}; });
}

LeverTask task(double start, double least, double most, double step) {
  return {start, {least, most}, step, 0.8};
}

TEST(LeverSearch, FindsTheFirstStepThatMeetsTheGoal) {
  const SearchResult up =
      search(task(0, 0, 1, 0.01), [](double lever) { return lever > 0.333 ? 0.9 : 0.1; });
  EXPECT_EQ(up.end, SearchEnd::found);
  EXPECT_EQ(up.answer->lever, 0.34);
  EXPECT_EQ(up.answer->probability, 0.9);
  EXPECT_TRUE(up.monotone);
  EXPECT_LE(up.tried.size(), 2U + 7U);  // both ends, and the halves of 100 steps
  const SearchResult down =
      search(task(1, 0, 1, 0.01), [](double lever) { return lever > 0.333 ? 0.1 : 0.8; });
  EXPECT_EQ(down.answer->lever, 0.33);
}

TEST(LeverSearch, TakesTheNearerOfTwoWays) {
  const SearchResult both =
      search(task(5, 0, 10, 1), [](double lever) { return lever <= 1 || lever >= 8 ? 1.0 : 0.0; });
  EXPECT_EQ(both.answer->lever, 8.0);
  EXPECT_FALSE(both.monotone);
}

TEST(LeverSearch, ChangesNothingWhereTheGoalIsMet) {
  const SearchResult met = search(task(5, 0, 10, 1), [](double) { return 0.8; });
  EXPECT_EQ(met.end, SearchEnd::met_already);
  EXPECT_EQ(met.answer->lever, 5.0);
  EXPECT_EQ(met.tried.size(), 1U);
}

TEST(LeverSearch, SaysThatTheGoalIsOutOfReach) {
  const SearchResult none = search(task(5, 0, 10, 1), [](double lever) { return lever / 20.0; });
  EXPECT_EQ(none.end, SearchEnd::out_of_reach);
  EXPECT_FALSE(none.answer.has_value());
  EXPECT_EQ(none.tried.size(), 3U);
  EXPECT_TRUE(none.monotone);
}

TEST(LeverSearch, TellsAResponseThatDoesNotGoOneWay) {
  const Response hill = [](double lever) { return 0.7 - std::abs(lever - 5) / 10; };
  EXPECT_FALSE(search(task(5, 0, 10, 1), hill).monotone);
  const Response dip = [](double lever) { return lever == 5 ? 0.0 : lever / 10; };
  const SearchResult found = search(task(0, 0, 10, 1), dip);
  EXPECT_EQ(found.answer->lever, 8.0);
  EXPECT_TRUE(found.tried[1].lever == 5.0 && found.monotone);  // what is not tried is not seen
  const Response falls = [](double lever) { return lever == 0 ? 0.3 : lever == 10 ? 0.9 : 0.1; };
  EXPECT_FALSE(search(task(0, 0, 10, 1), falls).monotone);
}

// Of a single draw the probability is 0 or 1 and hides that the figure turns.
TEST(LeverSearch, LooksAtTheFigureWhereTheProbabilityTellsNothing) {
  const auto turning = [](double lever) {
    return Tried{lever, lever > 9 ? 1.0 : 0.0, lever == 5 ? 7.0 : lever, 0};
  };
  const LeverTask whole = task(0, 0, 10, 1);
  EXPECT_TRUE(search_lever(whole, turning).monotone);
  const auto falling = [](double lever) {
    return Tried{lever, lever > 9 ? 1.0 : 0.0, lever == 5 ? -1.0 : lever, 0};
  };
  EXPECT_FALSE(search_lever(whole, falling).monotone);
}

TEST(LeverSearch, EndsAtABoundThatIsNoWholeNumberOfSteps) {
  const SearchResult found =
      search(task(0, 0, 1, 0.3), [](double lever) { return lever > 0.95 ? 1.0 : 0.0; });
  EXPECT_EQ(found.answer->lever, 1.0);
}

RC_GTEST_PROP(LeverSearchOfSteps, FindsWhatTryingEveryStepFinds, ()) {
  const int steps = *rc::gen::inRange(1, 200);
  const int start = *rc::gen::inRange(0, steps + 1);
  const int limit = *rc::gen::inRange(0, steps + 1);
  const bool rises = *rc::gen::arbitrary<bool>();
  const Response response = [&](double lever) {
    const int at = static_cast<int>(std::lround(lever * 8));
    return (rises ? at >= limit : at <= limit) ? 1.0 : 0.0;
  };
  const SearchResult found = search(task(start / 8.0, 0, steps / 8.0, 0.125), response);
  const bool met = rises ? start >= limit : start <= limit;
  RC_ASSERT(found.answer.has_value());
  RC_ASSERT(found.answer->lever == (met ? start : limit) / 8.0);
}

}  // namespace
}  // namespace kohort
