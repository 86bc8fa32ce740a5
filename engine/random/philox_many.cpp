#include "engine/random/philox_many.hpp"

#include <array>
#include <cassert>
#include <cstddef>
#include <vector>

#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__)
#define KOHORT_WIDER_PHILOX
#include <immintrin.h>
#endif

namespace kohort {
namespace {

void one_by_one(const PhiloxCounters& counters, PhiloxKey key, std::span<PhiloxBlock> blocks) {
  for (std::size_t at = 0; at < counters.size(); ++at) blocks[at] = philox4x32(counters[at], key);
}

PhiloxBlock later(PhiloxBlock counter, std::size_t steps) {
  counter[1] += static_cast<std::uint32_t>(steps);
  return counter;
}

void row_one_by_one(const PhiloxBlock& first, PhiloxKey key, std::span<std::uint64_t> halves) {
  for (std::size_t at = 0; at < halves.size(); ++at) {
    const PhiloxBlock block = philox4x32(later(first, at), key);
    halves[at] = block[0] | std::uint64_t{block[1]} << 32U;
  }
}

#ifdef KOHORT_WIDER_PHILOX

#pragma GCC push_options
#pragma GCC target("avx2")
namespace narrow {
#define KOHORT_VECTOR_BITS 256
#include "engine/random/philox_body.inc"
#undef KOHORT_VECTOR_BITS
}  // namespace narrow
#pragma GCC pop_options

#pragma GCC push_options
#pragma GCC target("avx512f")
namespace wide {
#define KOHORT_VECTOR_BITS 512
#include "engine/random/philox_body.inc"
#undef KOHORT_VECTOR_BITS
}  // namespace wide
#pragma GCC pop_options

#endif

}  // namespace

std::span<const PhiloxMakers> philox_implementations() {
  static const std::vector<PhiloxMakers> known = [] {
    std::vector<PhiloxMakers> list{{one_by_one, row_one_by_one}};
#ifdef KOHORT_WIDER_PHILOX
    if (__builtin_cpu_supports("avx2") != 0) list.push_back({narrow::of_counters, narrow::of_row});
    if (__builtin_cpu_supports("avx512f") != 0) list.push_back({wide::of_counters, wide::of_row});
#endif
    return list;
  }();
  return known;
}

void philox4x32(const PhiloxCounters& counters, PhiloxKey key, std::span<PhiloxBlock> blocks) {
  assert(counters.second.size() == counters.size() && blocks.size() == counters.size());
  static const PhiloxMakers& fastest = philox_implementations().back();
  fastest.of_counters(counters, key, blocks);
}

void philox4x32_row(const PhiloxBlock& first, PhiloxKey key, std::span<std::uint64_t> halves) {
  static const PhiloxMakers& fastest = philox_implementations().back();
  fastest.of_row(first, key, halves);
}

}  // namespace kohort
