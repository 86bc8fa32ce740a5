// Philox for many counters at once.
#pragma once

#include <cstdint>
#include <span>

#include "engine/random/philox.hpp"

namespace kohort {

/// Counters that have their two higher words in common. `first` and `second` are of one length.
struct PhiloxCounters {
  std::span<const std::uint32_t> first;
  std::span<const std::uint32_t> second;
  std::uint32_t third = 0;
  std::uint32_t fourth = 0;

  std::size_t size() const { return first.size(); }
  PhiloxBlock operator[](std::size_t at) const { return {first[at], second[at], third, fourth}; }
};

/// blocks[i] = philox4x32(counters[i], key). With vector instructions where the processor has them;
/// all of it is integer arithmetic, so that the numbers are the same everywhere.
void philox4x32(const PhiloxCounters& counters, PhiloxKey key, std::span<PhiloxBlock> blocks);

/// The first two words, the lower one first, of the blocks of a counter and of those whose second
/// word is 1, 2 and so on higher.
void philox4x32_row(const PhiloxBlock& first, PhiloxKey key, std::span<std::uint64_t> halves);

/// Both by one implementation.
struct PhiloxMakers {
  void (*of_counters)(const PhiloxCounters& counters, PhiloxKey key, std::span<PhiloxBlock> blocks);
  void (*of_row)(const PhiloxBlock& first, PhiloxKey key, std::span<std::uint64_t> halves);
};

/// Those that this processor has, the fastest last; all give the same numbers.
std::span<const PhiloxMakers> philox_implementations();

}  // namespace kohort
