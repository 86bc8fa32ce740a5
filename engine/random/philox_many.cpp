#include "engine/random/philox_many.hpp"

#include <array>
#include <cassert>
#include <cstddef>

#if defined(__x86_64__) && defined(__GNUC__)
#define KOHORT_PHILOX_AVX2
#include <immintrin.h>
#endif

namespace kohort {
namespace {

void one_by_one(const PhiloxCounters& counters, PhiloxKey key, std::span<PhiloxBlock> blocks) {
  for (std::size_t at = 0; at < counters.size(); ++at) blocks[at] = philox4x32(counters[at], key);
}

#ifdef KOHORT_PHILOX_AVX2

/// Four words in the lower halves of 64-bit lanes. What stands in the upper halves is never read:
/// multiplication takes the lower ones alone.
using Words = __m256i;

constexpr std::size_t width = 4;  ///< blocks in a vector
constexpr std::size_t group = 4;  ///< vectors side by side, to hide what a product takes

[[gnu::target("avx2"), gnu::always_inline]] inline Words load(const std::uint32_t* words) {
  return _mm256_cvtepu32_epi64(_mm_loadu_si128(reinterpret_cast<const __m128i*>(words)));
}

[[gnu::target("avx2"), gnu::always_inline]] inline Words mixed(Words product, Words with,
                                                               Words key) {
  return _mm256_xor_si256(_mm256_xor_si256(_mm256_srli_epi64(product, 32), with), key);
}

/// The lower words of `low` and `high`, interleaved to one 64-bit lane each.
[[gnu::target("avx2"), gnu::always_inline]] inline Words joined(Words low, Words high) {
  const Words lower_half = _mm256_set1_epi64x(0xFFFFFFFF);
  return _mm256_or_si256(_mm256_and_si256(low, lower_half), _mm256_slli_epi64(high, 32));
}

[[gnu::target("avx2"), gnu::always_inline]] inline void store(Words low, Words high,
                                                              PhiloxBlock* blocks) {
  const Words even = _mm256_unpacklo_epi64(low, high);  // blocks 0 and 2
  const Words odd = _mm256_unpackhi_epi64(low, high);   // blocks 1 and 3
  auto* to = reinterpret_cast<Words*>(blocks);
  _mm256_storeu_si256(to, _mm256_permute2x128_si256(even, odd, 0x20));
  _mm256_storeu_si256(to + 1, _mm256_permute2x128_si256(even, odd, 0x31));
}

[[gnu::target("avx2"), gnu::always_inline]] inline void in_vectors(const PhiloxCounters& counters,
                                                                   PhiloxKey key,
                                                                   std::span<PhiloxBlock> blocks) {
  const Words even_factor = _mm256_set1_epi64x(0xD2511F53);
  const Words odd_factor = _mm256_set1_epi64x(0xCD9E8D57);
  std::size_t at = 0;
  for (; at + width * group <= counters.size(); at += width * group) {
    Words a[group], b[group], c[group], d[group];  // the four words of the blocks
    for (std::size_t one = 0; one < group; ++one) {
      a[one] = load(&counters.first[at + width * one]);
      b[one] = load(&counters.second[at + width * one]);
      c[one] = _mm256_set1_epi64x(counters.third);
      d[one] = _mm256_set1_epi64x(counters.fourth);
    }
    PhiloxKey round_key = key;
    for (unsigned round = 0; round < 10; ++round) {
      const Words first_key = _mm256_set1_epi64x(round_key[0]);
      const Words second_key = _mm256_set1_epi64x(round_key[1]);
      for (std::size_t one = 0; one < group; ++one) {
        const Words even = _mm256_mul_epu32(a[one], even_factor);
        const Words odd = _mm256_mul_epu32(c[one], odd_factor);
        a[one] = mixed(odd, b[one], first_key);
        c[one] = mixed(even, d[one], second_key);
        b[one] = odd;
        d[one] = even;
      }
      round_key = bumped(round_key);
    }
    for (std::size_t one = 0; one < group; ++one) {
      store(joined(a[one], b[one]), joined(c[one], d[one]), &blocks[at + width * one]);
    }
  }
  const PhiloxCounters rest{counters.first.subspan(at), counters.second.subspan(at), counters.third,
                            counters.fourth};
  one_by_one(rest, key, blocks.subspan(at));
}

[[gnu::target("avx2")]] void with_avx2(const PhiloxCounters& counters, PhiloxKey key,
                                       std::span<PhiloxBlock> blocks) {
  in_vectors(counters, key, blocks);
}

/// The same with twice the registers, which then need not be emptied between rounds.
[[gnu::target("avx2,avx512f,avx512vl")]] void with_avx512(const PhiloxCounters& counters,
                                                          PhiloxKey key,
                                                          std::span<PhiloxBlock> blocks) {
  in_vectors(counters, key, blocks);
}

using Maker = void (*)(const PhiloxCounters&, PhiloxKey, std::span<PhiloxBlock>);

/// The fastest that this processor has.
Maker maker() {
  if (__builtin_cpu_supports("avx512vl") != 0) return with_avx512;
  if (__builtin_cpu_supports("avx2") != 0) return with_avx2;
  return one_by_one;
}

#endif

}  // namespace

void philox4x32(const PhiloxCounters& counters, PhiloxKey key, std::span<PhiloxBlock> blocks) {
  assert(counters.second.size() == counters.size() && blocks.size() == counters.size());
#ifdef KOHORT_PHILOX_AVX2
  static const Maker fastest = maker();
  fastest(counters, key, blocks);
#else
  one_by_one(counters, key, blocks);
#endif
}

}  // namespace kohort
