// An area's code as 64 bits, by which its random numbers are keyed.
#pragma once

#include <cstdint>
#include <string_view>

namespace kohort {

/// Spreads every bit over all 64; no two arguments give the same. The finaliser of SplitMix64:
/// Steele, Lea & Flood (2014), Fast splittable pseudorandom number generators, OOPSLA, with
/// Stafford's variant 13 of the constants.
constexpr std::uint64_t mix64(std::uint64_t bits) {
  bits = (bits ^ (bits >> 30U)) * 0xBF58476D1CE4E5B9U;
  bits = (bits ^ (bits >> 27U)) * 0x94D049BB133111EBU;
  return bits ^ (bits >> 31U);
}

/// FNV-1a (Fowler, Noll & Vo) of the bytes of the code, 64 bits, then `mix64`. The chance that any
/// two of a thousand areas share their numbers is below 3e-14.
constexpr std::uint64_t area_hash(std::string_view code) {
  std::uint64_t hash = 0xCBF29CE484222325U;
  for (const char letter : code) {
    hash = (hash ^ static_cast<unsigned char>(letter)) * 0x100000001B3U;
  }
  return mix64(hash);
}

}  // namespace kohort
