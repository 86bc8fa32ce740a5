// Lending between areas: by hand, and what must hold of any of it.
#include "models/cooperation/lending.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <random>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "models/cooperation/cooperation.hpp"

namespace kohort::cooperation {
namespace {

std::vector<double> lent(const Pool& pool, const std::vector<double>& lacking) {
  std::vector<double> borrowed(lacking.size());
  lend(pool, 1, lacking, borrowed);
  return borrowed;
}

const std::vector<Area> four{Area(0), Area(1), Area(2), Area(3)};

// 10 and 30 are lacking, 12 and 8 to spare: half of these 20 goes 1 to 3, from 3 and 2 parts of 5.
TEST(Lending, SharesOutInProportionToShortageWhatIsLentInProportionToSurplus) {
  EXPECT_EQ(lent({four, 0.5}, {10.0, 30.0, -12.0, -8.0}),
            (std::vector<double>{2.5, 7.5, -6.0, -4.0}));
}

TEST(Lending, GivesNobodyMoreThanItLacks) {
  EXPECT_EQ(lent({four, 1.0}, {1.0, 3.0, -12.0, -4.0}),
            (std::vector<double>{1.0, 3.0, -3.0, -1.0}));
}

TEST(Lending, NeedsSomebodyWhoLacksAndSomebodyWhoHas) {
  EXPECT_EQ(lent({four, 1.0}, {1.0, 3.0, 0.0, 5.0}), std::vector<double>(4));
  EXPECT_EQ(lent({four, 1.0}, {-1.0, -3.0, 0.0, 0.0}), std::vector<double>(4));
  EXPECT_EQ(lent({four, 0.0}, {1.0, -3.0, 0.0, 0.0}), std::vector<double>(4));
}

TEST(Lending, IsNoMatterOfThoseOutside) {
  EXPECT_EQ(lent({{Area(0), Area(2)}, 1.0}, {4.0, 30.0, -1.0, -8.0}),
            (std::vector<double>{1.0, 0.0, -1.0, 0.0}));
}

TEST(Lending, TakesEachDrawForItself) {
  std::vector<double> borrowed(4);
  lend({{Area(0), Area(1)}, 1.0}, 2, std::vector<double>{2.0, -2.0, -5.0, 1.0}, borrowed);
  EXPECT_EQ(borrowed, (std::vector<double>{2.0, -1.0, -2.0, 1.0}));
}

/// Random needs of areas, and areas parted between two pools and those that are in none.
struct AnyLending {
  AnyLending() {
    std::mt19937_64 random(*rc::gen::noShrink(rc::gen::arbitrary<std::uint64_t>()));
    std::uniform_real_distribution<double> amount(-100.0, 100.0);
    std::uniform_real_distribution<double> share(0.0, 1.0);
    const std::size_t areas = 1 + random() % 8;
    pools = {{{}, share(random)}, {{}, random() % 3 == 0 ? 1.0 : share(random)}};
    for (std::size_t at = 0; at < areas * draws; ++at) {
      lacking.push_back(random() % 5 == 0 ? 0.0 : amount(random));
    }
    for (std::size_t area = 0; area < areas; ++area) {
      const std::size_t pool = random() % 3;
      if (pool < 2) pools[pool].members.emplace_back(area);
    }
    borrowed.assign(lacking.size(), 1e9);
    Cooperation(pools).share(Interval(3), draws, lacking, borrowed);
  }

  static constexpr std::size_t draws = 2;
  std::vector<Pool> pools;
  std::vector<double> lacking;
  std::vector<double> borrowed;
};

RC_GTEST_PROP(AnyLending, NeverLeavesMoreUnmetThanWithout, ()) {
  const AnyLending any;
  for (std::size_t at = 0; at < any.lacking.size(); ++at) {
    const double alone = std::max(0.0, any.lacking[at]);
    const double together = std::max(0.0, any.lacking[at] - any.borrowed[at]);
    RC_ASSERT(together <= alone);
  }
}

RC_GTEST_PROP(AnyLending, MakesAndLosesNothing, ()) {
  const AnyLending any;
  for (const Pool& pool : any.pools) {
    for (std::size_t draw = 0; draw < AnyLending::draws; ++draw) {
      double sum = 0.0;
      for (const Area area : pool.members) {
        sum += any.borrowed[area.position() * AnyLending::draws + draw];
      }
      RC_ASSERT(std::abs(sum) <= 1e-9);
    }
  }
}

RC_GTEST_PROP(AnyLending, LendsNoMoreThanTheFractionOfTheSurplusOfAPool, ()) {
  const AnyLending any;
  for (const Pool& pool : any.pools) {
    for (const Area area : pool.members) {
      for (std::size_t draw = 0; draw < AnyLending::draws; ++draw) {
        const std::size_t at = area.position() * AnyLending::draws + draw;
        const double spare = std::max(0.0, -any.lacking[at]);
        RC_ASSERT(-any.borrowed[at] <= pool.fraction * spare + 1e-9);
      }
    }
  }
}

}  // namespace
}  // namespace kohort::cooperation
