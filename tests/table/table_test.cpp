#include "engine/table/table.hpp"

#include <numeric>

#include <gtest/gtest.h>

#include "engine/table/matrix.hpp"
#include "engine/table/numbers.hpp"
#include "engine/table/tabulate.hpp"

namespace kohort {
namespace {

using SexAge = Table<int, Sex, Age>;

TEST(Table, LiesInRowMajorOrder) {
  SexAge table({2, 3});
  std::iota(table.values().begin(), table.values().end(), 0);
  EXPECT_EQ(table(Sex(0), Age(2)), 2);
  EXPECT_EQ(table(Sex(1), Age(0)), 3);
}

TEST(Table, ASlabIsWhatIsLeftWhenLeadingAxesAreFixed) {
  Table<int, Sex, Age, Area> table({2, 3, 4});
  std::iota(table.values().begin(), table.values().end(), 0);
  const auto slab = table.slab(Sex(1), Age(2));
  ASSERT_EQ(slab.size(), 4U);
  EXPECT_EQ(slab.front(), 20);
  EXPECT_EQ(table.slab(Sex(1)).size(), 12U);
}

TEST(Table, KnowsItsExtents) {
  const SexAge table({2, 3});
  EXPECT_EQ(table.extent<Sex>(), 2U);
  EXPECT_EQ(table.extent<Age>(), 3U);
  EXPECT_EQ(table.size(), 6U);
}

TEST(Tabulate, AsksEveryPositionOnce) {
  const auto table = tabulate<SexAge>({2, 3}, [](Sex sex, Age age) {
    return static_cast<int>(10 * sex.position() + age.position());
  });
  EXPECT_EQ(table(Sex(1), Age(2)), 12);
  EXPECT_EQ(table(Sex(0), Age(1)), 1);
}

TEST(Matrix, IsTheSlabItselfNotACopy) {
  Table<double, Area, Destination> table({2, 2});
  as_matrix(table.values(), 2)(1, 0) = 7.0;
  EXPECT_EQ(table(Area(1), Destination(0)), 7.0);
}

TEST(Numbers, AreReadAlikeInEitherPrecision) {
  const std::vector<double> wide{1.0, 2.5, -3.0, 8.0};
  const std::vector<float> narrow(wide.begin(), wide.end());
  for (const Numbers& numbers : {Numbers(std::span(wide)), Numbers(std::span(narrow))}) {
    EXPECT_EQ(numbers.size(), 4U);
    EXPECT_EQ(numbers.all(), wide);
    std::vector<double> room;
    const auto some = numbers.some(1, 2, room);
    EXPECT_EQ(std::vector<double>(some.begin(), some.end()), (std::vector<double>{2.5, -3.0}));
    std::vector<double> sums{10.0, 10.0};
    numbers.part(2, sums.size()).add_to(sums);
    EXPECT_EQ(sums, (std::vector<double>{7.0, 18.0}));
    numbers.sum_rows(2, sums);
    EXPECT_EQ(sums, (std::vector<double>{3.5, 5.0}));
  }
}

}  // namespace
}  // namespace kohort
