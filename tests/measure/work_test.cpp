// What is measured comes to the same numbers as in NumPy and R, however it is done.
#include <gtest/gtest.h>

#include "engine/measure/machine.hpp"

namespace kohort::measure {
namespace {

const Inputs& given() {
  static const Inputs inputs = make_inputs();
  return inputs;
}

/// `persons`, `births` and `deaths` as bench/peers/numpy_peer.py prints them.
void expect_sum(const CheckSum& found, const CheckSum& expected, double tolerance) {
  EXPECT_NEAR(found.persons / expected.persons, 1.0, tolerance);
  EXPECT_NEAR(found.births / expected.births, 1.0, tolerance);
  EXPECT_NEAR(found.deaths / expected.deaths, 1.0, tolerance);
}

void expect_equal(const CheckSum& found, const CheckSum& expected) {
  EXPECT_EQ(found.persons, expected.persons);
  EXPECT_EQ(found.births, expected.births);
  EXPECT_EQ(found.deaths, expected.deaths);
}

template <class Real, class Work>
void expect_alike_however_done(const Work& work, const CheckSum& expected, double tolerance) {
  const CheckSum first = work.run(kernels::fast::kernels<Real>());
  expect_sum(first, expected, tolerance);
  for (const auto& kernels : kernels::fast::implementations<Real>()) {
    expect_equal(work.run(kernels, {.threads = 2, .cache = 100'000}), first);
  }
}

template <class Real>
class MeasuredWork : public ::testing::Test {
 protected:
  /// The accounts of single precision are good to 1e-5, those of double to 1e-9 and better.
  static constexpr double tolerance = sizeof(Real) == 8 ? 1e-12 : 1e-6;
};

using Reals = ::testing::Types<double, float>;
TYPED_TEST_SUITE(MeasuredWork, Reals);

TYPED_TEST(MeasuredWork, OneProjectionIsThatOfNumPyAndR) {
  const OneProjection<TypeParam> work(given());
  expect_alike_however_done<TypeParam>(
      work, {4046372.683629525, 1314315.965651949, 2001931.7048582113}, this->tolerance);
}

// The last line of draws is not full.
TYPED_TEST(MeasuredWork, AnEnsembleIsThatOfNumPy) {
  const Ensemble<TypeParam> work(given(), 2, 20);
  expect_alike_however_done<TypeParam>(
      work, {554541.756945715, 175138.55983161996, 250862.92921131162}, this->tolerance);
}

TYPED_TEST(MeasuredWork, ANationWithPoolsIsThatOfNumPy) {
  const Nation<TypeParam> work(given(), 3);
  expect_alike_however_done<TypeParam>(
      work, {10578976.462286782, 3735049.3877783422, 4978809.417535373}, this->tolerance);
}

}  // namespace
}  // namespace kohort::measure
