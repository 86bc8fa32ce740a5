// Random bits as a real number.
#pragma once

#include <bit>
#include <cstdint>

namespace kohort {

/// A number above 0 and below 1 from 64 random bits: one of the 2^52 odd multiples of 2^-53, all
/// equally likely. They lie symmetrically, so that 1 - u is one of them too, and neither 0 nor 1
/// can come out, where quantile functions have no value.
constexpr double uniform_of(std::uint64_t bits) {
  // The upper 52 bits as the fraction of a number between 1 and 2: no conversion, which few
  // processors can do on several numbers at once.
  return std::bit_cast<double>(bits >> 12U | std::bit_cast<std::uint64_t>(1.0)) - 1.0 + 0x1p-53;
}

}  // namespace kohort
