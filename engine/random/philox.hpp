// Philox4x32: random bits as a function of a key and a counter. There is no state to hand from one
// number to the next, so any number can be had by anyone, in any order.
//
// Source: Salmon, Moraes, Dror & Shaw (2011), Parallel random numbers: as easy as 1, 2, 3,
// Proceedings of SC11.
#pragma once

#include <array>
#include <cstdint>

namespace kohort {

using PhiloxKey = std::array<std::uint32_t, 2>;
using PhiloxBlock = std::array<std::uint32_t, 4>;

/// The key of the next round: each word moves on by its Weyl constant (the golden ratio and the
/// root of 3 less 1, as fractions of 2^32).
constexpr PhiloxKey bumped(PhiloxKey key) { return {key[0] + 0x9E3779B9U, key[1] + 0xBB67AE85U}; }

/// One round: two products of 32 x 32 bits, their halves crossed and mixed with the key.
constexpr PhiloxBlock philox_round(PhiloxBlock block, PhiloxKey key) {
  const std::uint64_t even = std::uint64_t{0xD2511F53U} * block[0];
  const std::uint64_t odd = std::uint64_t{0xCD9E8D57U} * block[2];
  return {static_cast<std::uint32_t>(odd >> 32U) ^ block[1] ^ key[0],
          static_cast<std::uint32_t>(odd),
          static_cast<std::uint32_t>(even >> 32U) ^ block[3] ^ key[1],
          static_cast<std::uint32_t>(even)};
}

/// 128 random bits for each counter, all different under one key: Philox is a bijection of its
/// counter. The authors' tests found 7 rounds to be enough; 10 is their default and ours.
template <unsigned rounds = 10>
constexpr PhiloxBlock philox4x32(PhiloxBlock counter, PhiloxKey key) {
  for (unsigned round = 0; round < rounds; ++round) {
    if (round > 0) key = bumped(key);
    counter = philox_round(counter, key);
  }
  return counter;
}

}  // namespace kohort
