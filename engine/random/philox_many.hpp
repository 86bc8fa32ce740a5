// Philox for many counters at once.
#pragma once

#include <cstddef>
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

/// A row of counters: one, and those whose second word is 1, 2 and so on higher. The fourth word of
/// all is apart, since a counter in which it is changed must be copied first, and such a copy waits
/// for all words to be written.
struct PhiloxRow {
  const PhiloxBlock& first;
  std::uint32_t fourth = 0;

  PhiloxBlock operator[](std::size_t at) const {
    return {first[0], first[1] + static_cast<std::uint32_t>(at), first[2], fourth};
  }
};

/// The `uniform_of` the first two words, the lower one first, of each block of a row, and of the
/// row whose fourth word is higher by 1; that is empty where it is not asked for.
struct UniformsOfRows {
  std::span<double> first;
  std::span<double> second;

  std::size_t size() const { return first.size(); }
};

/// Two rows at once take hardly longer than one, for which each round waits for the one before.
void philox4x32_rows(const PhiloxRow& row, PhiloxKey key, const UniformsOfRows& uniforms);

/// Both by one implementation.
struct PhiloxMakers {
  void (*of_counters)(const PhiloxCounters& counters, PhiloxKey key, std::span<PhiloxBlock> blocks);
  void (*of_rows)(const PhiloxRow& row, PhiloxKey key, const UniformsOfRows& uniforms);
};

/// Those that this processor has, the fastest last; all give the same numbers.
std::span<const PhiloxMakers> philox_implementations();

}  // namespace kohort
