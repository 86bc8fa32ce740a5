// Sums over sets of areas, against sums that are taken one number at a time.
#include "models/population/area_sums.hpp"

#include <random>
#include <span>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

namespace kohort::population {
namespace {

using Areas = std::vector<Area>;

/// Whole numbers, of which sums and products are exact.
std::vector<double> whole_slab(std::size_t size, unsigned seed) {
  std::mt19937 bits(seed);
  std::vector<double> slab(size);
  for (double& number : slab) number = static_cast<double>(bits() % 1000);
  return slab;
}

/// The two areas that lead stand alone, the others together: some alone, out of order, in two sets.
class SumsOfSets : public ::testing::TestWithParam<std::pair<std::size_t, std::size_t>> {
 protected:
  const std::vector<Areas> members{
      {Area(0)}, {Area(1)}, {Area(4), Area(2)}, {Area(3)}, {Area(1), Area(2), Area(3), Area(4)}};
  const std::vector<AreaSet> sets{members.begin(), members.end()};
  const std::size_t areas = 6;
  const std::size_t groups = GetParam().first;
  const std::size_t draws = GetParam().second;
  const std::vector<double> a = whole_slab(groups * areas * draws, 1);
  const std::vector<double> b = whole_slab(groups * areas * draws, 2);
  const AreaSums sums{sets, groups, areas, draws};

  /// [set][draw] from some set on, of `figure(at)`.
  template <class Figure>
  std::vector<double> one_at_a_time(std::size_t first_set, const Figure& figure) const {
    std::vector<double> expected;
    for (std::size_t set = first_set; set < sets.size(); ++set) {
      for (std::size_t draw = 0; draw < draws; ++draw) {
        double sum = 1.0;
        for (std::size_t group = 0; group < groups; ++group) {
          for (const Area area : sets[set]) {
            sum += figure((group * areas + area.position()) * draws + draw);
          }
        }
        expected.push_back(sum);
      }
    }
    return expected;
  }
};

TEST_P(SumsOfSets, AreThoseOfTheirPlaces) {
  std::vector<double> found(sums.size(), 1.0);
  sums.add(a, found);
  EXPECT_EQ(found, one_at_a_time(0, [&](std::size_t at) { return a[at]; }));
}

TEST_P(SumsOfSets, OfProductsAreThoseOfTheSetsThatDoNotLead) {
  const std::size_t lead = groups == 1 ? 2 : 0;
  ASSERT_EQ(sums.of_single(), lead * draws);
  std::vector<double> found(sums.of_several(), 1.0);
  sums.add_products_of_several(a, b, found);
  EXPECT_EQ(found, one_at_a_time(lead, [&](std::size_t at) { return a[at] * b[at]; }));
}

// Area 5 is in no set.
TEST_P(SumsOfSets, UseNoMoreOfASlabThanTheyLieIn) {
  const std::span<const double> used = sums.used(std::span(a));
  EXPECT_EQ(used.data(), a.data());
  EXPECT_EQ(used.size(), (groups * areas - 1) * draws);
  const AreaSums of_one(std::span<const AreaSet>(sets).subspan(3, 1), groups, areas, draws);
  EXPECT_EQ(of_one.used(std::span(a)).data(), &a[3 * draws]);
  EXPECT_EQ(of_one.used(std::span(a)).size(), ((groups - 1) * areas + 1) * draws);
}

using GroupsAndDraws = std::pair<std::size_t, std::size_t>;
INSTANTIATE_TEST_SUITE_P(Shapes, SumsOfSets,
                         ::testing::Values(GroupsAndDraws{1, 1}, GroupsAndDraws{1, 16},
                                           GroupsAndDraws{2, 3}, GroupsAndDraws{2, 19}));

}  // namespace
}  // namespace kohort::population
