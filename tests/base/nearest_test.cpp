#include "engine/base/nearest.hpp"

#include <vector>

#include <gtest/gtest.h>

namespace kohort {
namespace {

const std::vector<std::string> words{"population.base", "population.mortality.rates", "seed"};

TEST(Nearest, FindsAMisspeltWord) {
  EXPECT_EQ(nearest("population.bsae", words), "population.base");
  EXPECT_EQ(nearest("population.mortality.rate", words), "population.mortality.rates");
}

TEST(Nearest, IsSilentWhereNothingIsNear) {
  EXPECT_EQ(nearest("workforce", words), std::nullopt);
  EXPECT_EQ(nearest("se", words), std::nullopt);
  EXPECT_EQ(nearest("anything", {}), std::nullopt);
}

}  // namespace
}  // namespace kohort
