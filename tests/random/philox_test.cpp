#include "engine/random/philox.hpp"

#include <string>

#include <gtest/gtest.h>

#include "engine/input/csv.hpp"
#include "tests/support/folder.hpp"

namespace kohort {
namespace {

template <std::size_t count>
std::array<std::uint32_t, count> words(const Csv& csv, std::size_t row, const std::string& name) {
  std::array<std::uint32_t, count> found{};
  for (std::size_t at = 0; at < count; ++at) {
    const std::size_t column = csv.column(name + std::to_string(at)).value();
    found[at] =
        static_cast<std::uint32_t>(std::stoul(std::string(csv.cell(row, column)), nullptr, 16));
  }
  return found;
}

// The known answers that the authors of Philox publish with Random123.
TEST(Philox, GivesThePublishedAnswers) {
  const Csv csv = Csv::read(test::project_file("tests/published/rng_random123_kat/philox4x32.csv"));
  ASSERT_EQ(csv.rows(), 6U);
  for (std::size_t row = 0; row < csv.rows(); ++row) {
    const auto counter = words<4>(csv, row, "counter");
    const auto key = words<2>(csv, row, "key");
    const bool seven = csv.cell(row, csv.column("rounds").value()) == "7";
    const auto found = seven ? philox4x32<7>(counter, key) : philox4x32<10>(counter, key);
    EXPECT_EQ(found, words<4>(csv, row, "expected")) << "row " << row;
  }
}

TEST(Philox, CanBeComputedByTheCompiler) {
  constexpr PhiloxBlock zeros = philox4x32({0, 0, 0, 0}, {0, 0});
  static_assert(zeros[0] == 0x6627E8D5U && zeros[3] == 0x9B00DBD8U);
  EXPECT_EQ(zeros[1], 0xE169C58DU);
}

// Salmon et al. (2011): the key moves on by the golden ratio and the root of 3
// less 1.
TEST(Philox, BumpsTheKeyByItsWeylConstants) {
  EXPECT_EQ(bumped({0xFFFFFFFFU, 0}), (PhiloxKey{0x9E3779B8U, 0xBB67AE85U}));
}

}  // namespace
}  // namespace kohort
