// Points that fill a unit cube.
#include "engine/sample/design.hpp"

#include <cmath>
#include <set>
#include <stdexcept>
#include <string>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace kohort {
namespace {

/// In which of 2^52 equal parts of the unit interval a number lies.
std::uint64_t part_of(double value) { return static_cast<std::uint64_t>(value * 0x1p52); }

// The first points of three dimensions as Joe & Kuo print them beside their direction numbers
// (new-joe-kuo-6); a digital shift is the same for all points, so that the first shows it.
TEST(SobolPoints, AreThoseOfJoeAndKuoButForTheShift) {
  const std::vector<double> published{0,      0,      0,      0.5,    0.5,    0.5,    //
                                      0.75,   0.25,   0.25,   0.25,   0.75,   0.75,   //
                                      0.375,  0.375,  0.625,  0.875,  0.875,  0.125,  //
                                      0.625,  0.125,  0.875,  0.125,  0.625,  0.375,  //
                                      0.1875, 0.3125, 0.9375, 0.6875, 0.8125, 0.4375};
  const std::vector<double> found = unit_points(Design::sobol, 10, 3, 7);
  ASSERT_EQ(found.size(), published.size());
  for (std::size_t at = 0; at < found.size(); ++at) {
    EXPECT_EQ(part_of(found[at]) ^ part_of(found[at % 3]), part_of(published[at])) << at;
  }
}

// Property A (Sobol 1976): of the first 2^d points one lies in each of the 2^d parts that halving
// every dimension makes. Joe & Kuo's numbers have it up to dimension 1111.
TEST(SobolPoints, HaveOneInEachOfTheHalves) {
  constexpr std::size_t dimensions = 12;
  const std::vector<double> values = unit_points(Design::sobol, 1U << dimensions, dimensions, 3);
  std::set<std::size_t> parts;
  for (std::size_t point = 0; point < (1U << dimensions); ++point) {
    std::size_t part = 0;
    for (std::size_t at = 0; at < dimensions; ++at) {
      part = 2 * part + (values[point * dimensions + at] < 0.5 ? 0 : 1);
    }
    parts.insert(part);
  }
  EXPECT_EQ(parts.size(), 1U << dimensions);
}

TEST(SobolPoints, OfMoreBeginWithTheFewer) {
  const std::vector<double> few = unit_points(Design::sobol, 5, 4, 1);
  std::vector<double> more = unit_points(Design::sobol, 50, 4, 1);
  more.resize(few.size());
  EXPECT_EQ(more, few);
}

/// Whether every dimension has one point in each of as many strata as there are points.
bool stratified(const std::vector<double>& values, std::size_t points, std::size_t dimensions) {
  for (std::size_t dimension = 0; dimension < dimensions; ++dimension) {
    std::set<std::size_t> strata;
    for (std::size_t point = 0; point < points; ++point) {
      const double value = values[point * dimensions + dimension];
      if (!(value > 0.0 && value < 1.0)) return false;
      strata.insert(static_cast<std::size_t>(value * static_cast<double>(points)));
    }
    if (strata.size() != points) return false;
  }
  return true;
}

RC_GTEST_PROP(LatinHypercube, HasOnePointInEachStratumOfEachDimension, ()) {
  const std::size_t points = *rc::gen::inRange<std::size_t>(1, 200);
  const std::size_t dimensions = *rc::gen::inRange<std::size_t>(1, 50);
  const auto seed = *rc::gen::arbitrary<std::uint64_t>();
  RC_ASSERT(stratified(unit_points(Design::latin_hypercube, points, dimensions, seed), points,
                       dimensions));
}

RC_GTEST_PROP(SobolPointsOfAPowerOfTwo, HaveOneInEachStratumOfEachDimension, ()) {
  const std::size_t points = std::size_t{1} << *rc::gen::inRange(0, 9);
  const std::size_t dimensions = *rc::gen::inRange<std::size_t>(1, 80);
  const auto seed = *rc::gen::arbitrary<std::uint64_t>();
  RC_ASSERT(stratified(unit_points(Design::sobol, points, dimensions, seed), points, dimensions));
}

// Dimensions of a Latin hypercube have nothing to do with each other: of 2000 points a correlation
// has a standard error of 0.022, and the greatest of 190 is below five of them.
TEST(LatinHypercube, HasDimensionsThatAreUncorrelated) {
  constexpr std::size_t points = 2000;
  constexpr std::size_t dimensions = 20;
  const std::vector<double> values = unit_points(Design::latin_hypercube, points, dimensions, 5);
  for (std::size_t one = 0; one < dimensions; ++one) {
    for (std::size_t other = 0; other < one; ++other) {
      double sum = 0.0;
      for (std::size_t point = 0; point < points; ++point) {
        sum +=
            (values[point * dimensions + one] - 0.5) * (values[point * dimensions + other] - 0.5);
      }
      EXPECT_LT(std::abs(12.0 * sum / points), 5 * 0.0224) << one << " and " << other;
    }
  }
}

TEST(UnitPoints, FollowFromTheSeed) {
  for (const Design design : {Design::latin_hypercube, Design::sobol}) {
    EXPECT_EQ(unit_points(design, 30, 5, 2), unit_points(design, 30, 5, 2));
    EXPECT_NE(unit_points(design, 30, 5, 2), unit_points(design, 30, 5, 3));
  }
}

TEST(UnitPoints, RefuseDimensionsThatThereAreNot) {
  EXPECT_THROW(unit_points(Design::sobol, 1, 0, 1), std::invalid_argument);
  EXPECT_THROW(unit_points(Design::sobol, 1, most_dimensions + 1, 1), std::invalid_argument);
  EXPECT_EQ(unit_points(Design::sobol, 2, most_dimensions, 1).size(), 2 * most_dimensions);
}

RC_GTEST_PROP(StratifiedSequences, HaveOneInEachStratumHoweverOftenTheyAreDoubled, ()) {
  const auto seed = *rc::gen::arbitrary<std::uint64_t>();
  std::vector<double> values = stratified_sequence(7, Stream(StreamKey(seed, "x"), Site{}));
  RC_ASSERT(values.size() == std::size_t{128});
  while (!values.empty()) {
    RC_ASSERT(stratified(values, values.size(), 1));
    values.resize(values.size() / 2);
  }
}

// Each correlation has a mean of 0 and, by the order of the strata alone, a variance of about 0.1;
// of an order that is the same in all sequences all were near 1 or -1.
TEST(StratifiedSequences, AreUniformAndNotAlike) {
  constexpr std::size_t pairs = 400;
  double sum = 0.0;
  double first = 0.0;
  double correlations = 0.0;
  double squares = 0.0;
  for (std::size_t pair = 0; pair < pairs; ++pair) {
    const auto sequence = [&](const std::string& name) {
      return stratified_sequence(4, Stream(StreamKey(pair, name), Site{}));
    };
    const std::vector<double> one = sequence("one");
    const std::vector<double> other = sequence("other");
    first += one[0] / pairs;
    double product = 0.0;
    for (std::size_t at = 0; at < one.size(); ++at) {
      sum += (one[at] - 0.5) / (16.0 * pairs);
      product += 12.0 / 16.0 * (one[at] - 0.5) * (other[at] - 0.5);
    }
    correlations += product / pairs;
    squares += product * product / pairs;
  }
  EXPECT_NEAR(sum, 0.0, 0.001);
  EXPECT_NEAR(first, 0.5, 5.0 * std::sqrt(1.0 / 12.0 / pairs));
  EXPECT_NEAR(correlations, 0.0, 5.0 * std::sqrt(0.1 / pairs));
  EXPECT_LT(squares, 0.2);
}

}  // namespace
}  // namespace kohort
