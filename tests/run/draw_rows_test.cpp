// Draws of sums in the precision in which they are kept: whole rows of them, and what they say.
#include "engine/run/draw_rows.hpp"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <limits>
#include <numeric>
#include <random>
#include <span>
#include <vector>

#include <gtest/gtest.h>

#include "engine/comm/pretended_ranks.hpp"
#include "engine/evaluate/quantile.hpp"
#include "engine/run/draw_moments.hpp"
#include "engine/run/summary.hpp"

namespace kohort {
namespace {

/// A draw of a row, which no float is.
double entered_at(std::size_t row, std::size_t draw) {
  return static_cast<double>(1000 * row + draw) + 0.1;
}

template <class Real>
class DrawRowsIn : public ::testing::Test {};
using Precisions = ::testing::Types<float, double>;
TYPED_TEST_SUITE(DrawRowsIn, Precisions, );

// 70 draws are four blocks and a part of one, of 19 rows; of seven ranks two have no block.
TYPED_TEST(DrawRowsIn, GivesEachRankSomeRowsWhole) {
  constexpr std::size_t rows = 19;
  constexpr std::size_t draws = 70;
  for (const std::size_t ranks : {1U, 3U, 7U}) {
    std::atomic<std::size_t> seen = 0;
    on_pretended_ranks(ranks, [&](const Communicator& communicator) {
      const DividedDraws divided({.draws = draws, .seed = 1}, communicator);
      DrawRows table(divided, rows, precision_of<TypeParam>);
      const auto blocks = divided.own_blocks();
      for (std::size_t block = 0; block < blocks.size(); ++block) {
        for (std::size_t row = 0; row < rows; ++row) {
          std::vector<double> entered;
          for (std::size_t draw = 0; draw < blocks[block].count; ++draw) {
            entered.push_back(entered_at(row, blocks[block].first + draw));
          }
          table.enter(block, row, entered);
        }
      }
      table.exchange();
      const Share own = table.rows();
      std::vector<TypeParam> room;
      if (own.count < 2) return;
      const auto all_but_one = table.some(1, own.count - 1, room);
      for (std::size_t at = 0; at < all_but_one.size(); ++at) {
        ASSERT_EQ(all_but_one[at],
                  static_cast<TypeParam>(entered_at(own.first + 1 + at / draws, at % draws)));
        ++seen;
      }
    });
    EXPECT_EQ(seen, (rows - ranks) * draws);
  }
}

template <class Real>
std::vector<Real> skewed(std::size_t count) {
  std::mt19937 bits(1);
  std::lognormal_distribution<Real> one(Real(3), Real(2));
  std::vector<Real> draws(count);
  std::generate(draws.begin(), draws.end(), [&] { return one(bits); });
  return draws;
}

const std::vector<double> asked_shares{0.0, 0.1, 0.5, 0.975};

/// The mean of some draws, then their quantiles.
template <class Real>
std::vector<double> said_by(std::vector<Real> draws, bool indicator) {
  Summarised item{
      {}, indicator, std::vector<double>(1), std::vector<double>(asked_shares.size()), {}};
  QuantileFinder<Real> finder(asked_shares);
  enter_draws(item, 0, std::span(draws), finder);
  std::vector<double> said = item.values;
  said.insert(said.end(), item.quantiles.begin(), item.quantiles.end());
  return said;
}

TYPED_TEST(DrawRowsIn, HasTheQuantilesAndTheMeanOfTheDrawsAsTheyLie) {
  for (const std::size_t count : {2U, 15U, 16U, 1000U, 1023U}) {
    std::vector<TypeParam> draws = skewed<TypeParam>(count);
    const std::vector<double> said = said_by(draws, false);
    const double sum = std::accumulate(draws.begin(), draws.end(), 0.0);
    EXPECT_NEAR(said[0] * static_cast<double>(count) / sum, 1.0, 1e-13);
    std::sort(draws.begin(), draws.end());
    for (std::size_t at = 0; at < asked_shares.size(); ++at) {
      EXPECT_EQ(said[1 + at],
                quantile_of_sorted(std::span<const TypeParam>(draws), asked_shares[at]));
    }
  }
}

TYPED_TEST(DrawRowsIn, LeavesOutOfAnIndicatorWhatTellsOfNobody) {
  constexpr TypeParam nobody = std::numeric_limits<TypeParam>::quiet_NaN();
  const std::vector<TypeParam> told = skewed<TypeParam>(40);
  std::vector<TypeParam> draws = told;
  for (const std::ptrdiff_t at : {40, 17, 16, 0}) draws.insert(draws.begin() + at, nobody);
  EXPECT_EQ(said_by(draws, true), said_by(told, true));
  for (const double figure : said_by(std::vector<TypeParam>(40, nobody), true)) {
    EXPECT_TRUE(std::isnan(figure));
  }
}

// No float is 2^24 + 1, and none lies between 2^24 and 2^24 + 2.
TEST(MomentsOfDraws, AreReckonedInDoublePrecision) {
  std::vector<float> draws(1000, 16777218.0F);
  std::fill_n(draws.begin(), 500, 16777216.0F);
  const std::span<const float> all(draws);
  EXPECT_EQ(mean(all), 16777217.0);
  EXPECT_NEAR(deviation(all), std::sqrt(1000.0 / 999.0), 1e-12);
  EXPECT_EQ(root_mean_square(all.first(500), all.subspan(500)), 2.0);
}

TEST(MomentsOfDraws, DoNotDependOnWhereTheDrawsLie) {
  const std::vector<float> draws = skewed<float>(1000);
  const double expected = mean(std::span<const float>(draws));
  std::vector<float> room(1032);
  for (std::size_t first = 0; first < 32; ++first) {
    std::copy(draws.begin(), draws.end(), room.begin() + static_cast<std::ptrdiff_t>(first));
    EXPECT_EQ(mean(std::span<const float>(room).subspan(first, 1000)), expected);
  }
}

}  // namespace
}  // namespace kohort
