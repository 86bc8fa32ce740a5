#include "engine/demography/lexis.hpp"

#include <numeric>

#include <gtest/gtest.h>

namespace kohort {
namespace {

TEST(Lexis, SharesEachSquareBetweenTwoCohorts) {
  const std::vector<double> at_event{10.0, 4.0, 6.0};
  const auto at_year_end = by_age_at_year_end(at_event, 0.9);
  EXPECT_DOUBLE_EQ(at_year_end[0], 9.0);        // born in the year
  EXPECT_DOUBLE_EQ(at_year_end[1], 1.0 + 2.0);  // upper triangle of 0, lower of 1
  EXPECT_DOUBLE_EQ(at_year_end[2], 2.0 + 6.0);  // upper of 1, all of the open group
}

TEST(Lexis, LosesNobody) {
  const std::vector<double> at_event{3.0, 1.0, 4.0, 1.0, 5.0};
  const auto at_year_end = by_age_at_year_end(at_event, 0.8);
  EXPECT_DOUBLE_EQ(std::accumulate(at_year_end.begin(), at_year_end.end(), 0.0), 14.0);
}

}  // namespace
}  // namespace kohort
