// The numbers by which e^x is reckoned: x = n log 2 + r with |r| <= log(2) / 2, e^x = 2^n e^r, and
// e^r by its power series. log 2 has two parts, of which the first times n is exact.
// Source: Cody & Waite (1980), Software Manual for the Elementary Functions, ch. 6.
#pragma once

#include <array>
#include <cstdint>

namespace kohort::kernels::fast {

/// 1 / k!, the coefficients of e^r.
template <class Real, std::size_t terms>
constexpr std::array<Real, terms> inverse_factorials() {
  std::array<Real, terms> inverse{};
  double factorial = 1.0;
  for (std::size_t k = 0; k < terms; ++k) {
    if (k > 1) factorial *= static_cast<double>(k);
    inverse[k] = static_cast<Real>(1.0 / factorial);
  }
  return inverse;
}

template <class Real>
struct Exponential;

template <>
struct Exponential<double> {
  using Bits = std::uint64_t;
  static constexpr int fraction_bits = 52;
  static constexpr double rounder = 0x1.8p52;  ///< added, it leaves a whole number in the last bits
  static constexpr double inverse_log_2 = 0x1.71547652b82fep0;
  static constexpr double log_2_high = 0x1.62e42feep-1;
  static constexpr double log_2_low = 0x1.a39ef35793c76p-33;
  static constexpr double least = -708.0;
  static constexpr double most = 709.0;
  /// What is left out is below 0.35^14 / 14! = 5e-18.
  static constexpr auto series = inverse_factorials<double, 14>();
};

template <>
struct Exponential<float> {
  using Bits = std::uint32_t;
  static constexpr int fraction_bits = 23;
  static constexpr float rounder = 0x1.8p23F;
  static constexpr float inverse_log_2 = 0x1.715476p0F;
  static constexpr float log_2_high = 0x1.62e4p-1F;
  static constexpr float log_2_low = 0x1.7f7d1cp-20F;
  static constexpr float least = -87.0F;
  static constexpr float most = 88.0F;
  /// What is left out is below 0.35^8 / 8! = 6e-9.
  static constexpr auto series = inverse_factorials<float, 8>();
};

}  // namespace kohort::kernels::fast
