#include "engine/base/sum_rows.hpp"

#include <random>
#include <vector>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace kohort {
namespace {

/// In the order that is promised: four sums, and these in pairs.
double sum_of(const double* row, std::size_t length) {
  std::vector<double> sums(4, 0.0);
  const std::size_t whole = length / 4 * 4;
  for (std::size_t at = 0; at < whole; ++at) sums[at % 4] += row[at];
  for (std::size_t at = whole; at < length; ++at) sums[0] += row[at];
  return (sums[0] + sums[1]) + (sums[2] + sums[3]);
}

// To the last bit, of either precision: rows of the usual length and others, in fours and alone.
RC_GTEST_PROP(SumRows, AddsInTheOrderThatItPromises, ()) {
  const std::size_t length = *rc::gen::element<std::size_t>(1, 3, 4, 7, 13, 16, 24);
  const std::size_t rows = *rc::gen::inRange<std::size_t>(0, 11);
  std::mt19937_64 random(*rc::gen::arbitrary<unsigned>());
  std::uniform_real_distribution<float> any(0.0F, 1000.0F);
  std::vector<float> single(rows * length);
  for (float& number : single) number = any(random);
  std::vector<double> wide(single.begin(), single.end());
  std::vector<double> of_single(rows);
  sum_rows(single, length, of_single);
  std::vector<double> expected;
  for (std::size_t row = 0; row < rows; ++row) {
    expected.push_back(sum_of(wide.data() + row * length, length));
  }
  RC_ASSERT(of_single == expected);
  for (double& number : wide) number /= 3.0;  // so that all bits are in use
  std::vector<double> of_wide(rows);
  sum_rows(wide, length, of_wide);
  for (std::size_t row = 0; row < rows; ++row) {
    RC_ASSERT(of_wide[row] == sum_of(wide.data() + row * length, length));
  }
}

}  // namespace
}  // namespace kohort
