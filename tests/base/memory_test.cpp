#include "engine/base/memory.hpp"

#include <vector>

#include <gtest/gtest.h>

namespace kohort {
namespace {

TEST(MemoryInUse, GrowsByWhatIsTaken) {
  constexpr std::size_t taken = 64U << 20U;
  const Memory before = memory_in_use();
  const std::vector<char> block(taken, 'x');
  const Memory after = memory_in_use();
  EXPECT_GT(before.resident, 1000000U);
  EXPECT_GE(after.resident, before.resident + taken * 9 / 10);
  EXPECT_GE(after.peak, after.resident - (1U << 20U));
  EXPECT_EQ(block.back(), 'x');
}

TEST(MemoryAvailable, IsSome) {
  EXPECT_GT(memory_available(), 1000000U);
  EXPECT_LT(memory_available(), std::size_t{1} << 50U);
}

}  // namespace
}  // namespace kohort
