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
    expect_equal(work.run(kernels, {.threads = 2}), first);
    expect_equal(work.run(kernels, {.threads = 1, .cache = 100'000}), first);
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

TYPED_TEST(MeasuredWork, AnEnsembleIsThatOfNumPy) {
  const Ensemble<TypeParam> work(given(), 5, draws);
  expect_alike_however_done<TypeParam>(
      work, {80410655.29170157, 25731231.195139814, 37947520.66809264}, this->tolerance);
}

TYPED_TEST(MeasuredWork, ANationWithPoolsIsThatOfNumPy) {
  const Nation<TypeParam> work(given(), 16);
  expect_alike_however_done<TypeParam>(
      work, {56454267.5409682, 19920239.62266102, 26520554.796412636}, this->tolerance);
}

// Lanes beyond the last draw count nothing.
TYPED_TEST(MeasuredWork, ALineNeedNotBeFull) {
  const Nation<TypeParam> work(given(), 3);
  expect_alike_however_done<TypeParam>(
      work, {10578976.462286782, 3735049.3877783422, 4978809.417535373}, this->tolerance);
}

}  // namespace
}  // namespace kohort::measure
