// `kohort bench`: the page, with the check sums of what was measured. What it measures differs.
#include <gtest/gtest.h>

#include "tests/support/expect_error.hpp"
#include "tests/support/folder.hpp"
#include "tests/support/program.hpp"

namespace kohort {
namespace {

TEST(Bench, PrintsLimitsKernelsSumsAndThreads) {
  const test::Folder folder;
  const test::Ran ran = test::kohort({"bench", "--draws", "8", "--threads", "2"}, folder.path());
  EXPECT_EQ(ran.exit_code, 0) << ran.err;
  EXPECT_HAS(ran.out, "Limits of one core\n  L1    triad,");
  EXPECT_HAS(ran.out, "  DRAM  triad,");
  EXPECT_HAS(ran.out, "cell-years/s");
  EXPECT_HAS(ran.out, "4046372.684          1314315.966          2001931.705");
  EXPECT_HAS(ran.out, "\n     2  same work");
  EXPECT_EQ(folder.files(), 0U);
}

TEST(Bench, RefusesMoreDrawsThanItHas) {
  const test::Folder folder;
  EXPECT_EQ(test::kohort({"bench", "--draws", "1001"}, folder.path()).exit_code, 2);
}

}  // namespace
}  // namespace kohort
