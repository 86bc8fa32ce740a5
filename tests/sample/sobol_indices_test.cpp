// Sobol indices of functions of which they are known.
#include "engine/sample/sobol_indices.hpp"

#include <cmath>
#include <functional>
#include <numbers>
#include <numeric>
#include <stdexcept>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace kohort {
namespace {

using Function = std::function<double(std::span<const double>)>;

std::vector<double> outputs_at(const IndexDesign& design, const Function& function) {
  std::vector<double> outputs(design.points());
  for (std::size_t point = 0; point < outputs.size(); ++point) {
    outputs[point] = function(design.point(point));
  }
  return outputs;
}

SobolIndices indices_of(const Function& function, std::size_t inputs, std::size_t rows,
                        Design design = Design::sobol, std::uint64_t seed = 1) {
  return sobol_indices(outputs_at(index_design(design, rows, inputs, seed), function), inputs,
                       {seed, 400});
}

/// Ishigami & Homma (1990), with a = 7 and b = 0.1.
double ishigami(std::span<const double> unit) {
  const auto angle = [&](std::size_t at) { return std::numbers::pi * (2.0 * unit[at] - 1.0); };
  return std::sin(angle(0)) + 7.0 * std::pow(std::sin(angle(1)), 2) +
         0.1 * std::pow(angle(2), 4) * std::sin(angle(0));
}

/// The function g of Saltelli & Sobol (1995), Reliability Engineering and System Safety 50.
double g_function(std::span<const double> unit) {
  constexpr double importance[] = {0.0, 1.0, 4.5, 9.0, 99.0, 99.0, 99.0, 99.0};
  double product = 1.0;
  for (std::size_t at = 0; at < unit.size(); ++at) {
    product *= (std::abs(4.0 * unit[at] - 2.0) + importance[at]) / (1.0 + importance[at]);
  }
  return product;
}

void expect_indices(const SobolIndices& found, const std::vector<double>& first,
                    const std::vector<double>& total, double tolerance) {
  ASSERT_EQ(found.inputs.size(), first.size());
  for (std::size_t input = 0; input < first.size(); ++input) {
    const InputIndices& indices = found.inputs[input];
    EXPECT_NEAR(indices.first.value, first[input], tolerance) << input;
    EXPECT_NEAR(indices.total.value, total[input], tolerance) << input;
    EXPECT_LE(indices.first.low, first[input]) << input;
    EXPECT_GE(indices.first.high, first[input]) << input;
    EXPECT_LE(indices.total.low, total[input]) << input;
    EXPECT_GE(indices.total.high, total[input]) << input;
  }
}

// Saltelli et al. (2008), Global Sensitivity Analysis: The Primer, section 4.6: the variance is
// 13.84, the mean 3.5.
TEST(SobolIndicesOfIshigami, AreThePublishedOnes) {
  const SobolIndices found = indices_of(ishigami, 3, 4096);
  EXPECT_NEAR(found.mean, 3.5, 0.01);
  EXPECT_NEAR(found.variance, 13.84, 0.1);
  expect_indices(found, {0.3139, 0.4424, 0.0}, {0.5576, 0.4424, 0.2437}, 0.01);
}

TEST(SobolIndicesOfIshigami, AreThePublishedOnesByLatinHypercube) {
  expect_indices(indices_of(ishigami, 3, 8192, Design::latin_hypercube), {0.3139, 0.4424, 0.0},
                 {0.5576, 0.4424, 0.2437}, 0.03);
}

TEST(SobolIndicesOfIshigami, ComeCloserWithMoreRows) {
  const auto error = [](std::size_t rows) {
    double sum = 0.0;
    for (std::uint64_t seed = 0; seed < 5; ++seed) {
      const SobolIndices found = indices_of(ishigami, 3, rows, Design::sobol, seed);
      sum += std::abs(found.inputs[0].total.value - 0.5576) +
             std::abs(found.inputs[1].first.value - 0.4424);
    }
    return sum;
  };
  const double of_few = error(64);
  EXPECT_LT(error(1024), of_few / 4);
}

// Partial variances V_i = 1 / 3 (1 + a_i)^2; V = product of (1 + V_i) - 1.
TEST(SobolIndicesOfG, AreTheAnalyticOnes) {
  constexpr double importance[] = {0.0, 1.0, 4.5, 9.0, 99.0, 99.0, 99.0, 99.0};
  std::vector<double> parts;
  double product = 1.0;
  for (const double a : importance) {
    parts.push_back(1.0 / (3.0 * (1.0 + a) * (1.0 + a)));
    product *= 1.0 + parts.back();
  }
  std::vector<double> first;
  std::vector<double> total;
  for (const double part : parts) {
    first.push_back(part / (product - 1.0));
    total.push_back(part * product / (1.0 + part) / (product - 1.0));
  }
  EXPECT_NEAR(first[0], 0.716, 0.001);  // as published
  const SobolIndices found = indices_of(g_function, 8, 4096);
  EXPECT_NEAR(found.variance, product - 1.0, 0.01);
  for (std::size_t input = 0; input < 8; ++input) {
    EXPECT_NEAR(found.inputs[input].first.value, first[input], 0.01) << input;
    EXPECT_NEAR(found.inputs[input].total.value, total[input], 0.01) << input;
  }
}

// Of a sum each input has what it has alone: c_i^2 / sum of c^2.
RC_GTEST_PROP(SobolIndicesOfASum, AreTheSharesOfTheVariance, ()) {
  const std::size_t inputs = *rc::gen::inRange<std::size_t>(1, 7);
  std::vector<double> weights;
  double squares = 0.0;
  for (std::size_t input = 0; input < inputs; ++input) {
    weights.push_back(*rc::gen::inRange(1, 10));
    squares += weights.back() * weights.back();
  }
  const auto offset = static_cast<double>(*rc::gen::inRange(-100000, 100000));
  const auto sum = [&](std::span<const double> unit) {
    return std::inner_product(unit.begin(), unit.end(), weights.begin(), offset);
  };
  const SobolIndices found = indices_of(sum, inputs, 1024);
  double of_all = 0.0;
  for (std::size_t input = 0; input < inputs; ++input) {
    const double share = weights[input] * weights[input] / squares;
    RC_ASSERT(std::abs(found.inputs[input].first.value - share) < 0.02);
    RC_ASSERT(std::abs(found.inputs[input].total.value - share) < 0.02);
    of_all += found.inputs[input].first.value;
  }
  RC_ASSERT(std::abs(of_all - 1.0) < 0.02);
}

// What an output is counted in, and from where, changes no index.
RC_GTEST_PROP(SobolIndices, DoNotDependOnTheUnit, ()) {
  const auto factor = static_cast<double>(*rc::gen::inRange(1, 1000));
  const SobolIndices plain = indices_of(ishigami, 3, 64);
  const SobolIndices scaled = indices_of(
      [&](std::span<const double> unit) { return 1000.0 - factor * ishigami(unit); }, 3, 64);
  for (std::size_t input = 0; input < 3; ++input) {
    const IndexEstimate& one = plain.inputs[input].first;
    const IndexEstimate& other = scaled.inputs[input].first;
    RC_ASSERT(std::abs(one.value - other.value) < 1e-9);
    RC_ASSERT(std::abs(one.low - other.low) < 1e-9 && std::abs(one.high - other.high) < 1e-9);
  }
}

// 95 of 100 intervals are to hold the index; of a Latin hypercube, whose rows are nearly as if they
// were drawn. 84 or fewer of 100 would come by chance once in 50 000 times.
TEST(SobolIndicesInterval, HoldsTheIndexAsOftenAsItSays) {
  int holds = 0;
  for (std::uint64_t seed = 0; seed < 100; ++seed) {
    const SobolIndices found = indices_of(ishigami, 3, 256, Design::latin_hypercube, seed);
    const IndexEstimate& total = found.inputs[2].total;
    if (total.low <= 0.2437 && 0.2437 <= total.high) ++holds;
  }
  EXPECT_GE(holds, 85);
}

TEST(SobolIndices, OfWhatDoesNotVaryCannotBeTold) {
  const SobolIndices found = indices_of([](std::span<const double>) { return 3.0; }, 2, 16);
  EXPECT_EQ(found.mean, 3.0);
  EXPECT_EQ(found.variance, 0.0);
  EXPECT_TRUE(std::isnan(found.inputs[0].first.value));
  EXPECT_TRUE(std::isnan(found.inputs[1].total.high));
}

TEST(SobolIndices, OfFewerThanTwoRowsCannotBeTold) {
  const std::vector<double> outputs{1, 2, 3, 4, 5};
  EXPECT_TRUE(std::isnan(sobol_indices(outputs, 3, {}).inputs[0].total.value));
  EXPECT_TRUE(std::isnan(sobol_indices({}, 3, {}).inputs[2].first.value));
  EXPECT_EQ(sobol_indices({}, 3, {}).rows, 0U);
}

TEST(SobolIndices, NeedCompleteRows) {
  const std::vector<double> outputs(11, 1.0);
  EXPECT_THROW(sobol_indices(outputs, 3, {}), std::invalid_argument);
}

TEST(IndexDesign, ChangesOneInputOfAAtATime) {
  const IndexDesign design = index_design(Design::sobol, 8, 3, 1);
  ASSERT_EQ(design.rows(), 8U);
  ASSERT_EQ(design.points_in_row(), 5U);
  for (std::size_t row = 0; row < 8; ++row) {
    const auto a = design.point(row * 5);
    const auto b = design.point(row * 5 + 1);
    for (std::size_t changed = 0; changed < 3; ++changed) {
      const auto point = design.point(row * 5 + 2 + changed);
      for (std::size_t input = 0; input < 3; ++input) {
        EXPECT_EQ(point[input], input == changed ? b[input] : a[input]);
        EXPECT_NE(a[input], b[input]);
      }
    }
  }
}

}  // namespace
}  // namespace kohort
