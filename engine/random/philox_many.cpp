#include "engine/random/philox_many.hpp"

#include <array>
#include <bit>
#include <cassert>
#include <cstddef>

#include "engine/base/processors.hpp"
#include "engine/random/uniform.hpp"

#ifdef __x86_64__
#include <immintrin.h>
#endif

namespace kohort {
namespace {

void one_by_one(const PhiloxCounters& counters, PhiloxKey key, std::span<PhiloxBlock> blocks) {
  for (std::size_t at = 0; at < counters.size(); ++at) blocks[at] = philox4x32(counters[at], key);
}

void row_one_by_one(const PhiloxRow& row, PhiloxKey key, std::size_t from,
                    std::span<double> uniforms) {
  for (std::size_t at = from; at < uniforms.size(); ++at) {
    const PhiloxBlock block = philox4x32(row[at], key);
    uniforms[at] = uniform_of(block[0] | std::uint64_t{block[1]} << 32U);
  }
}

/// Those from a position on.
void rest_one_by_one(const PhiloxRow& row, PhiloxKey key, std::size_t from,
                     const UniformsOfRows& uniforms) {
  row_one_by_one(row, key, from, uniforms.first);
  row_one_by_one({row.first, row.fourth + 1}, key, from, uniforms.second);
}

void rows_one_by_one(const PhiloxRow& row, PhiloxKey key, const UniformsOfRows& uniforms) {
  rest_one_by_one(row, key, 0, uniforms);
}

#define KOHORT_BODY "engine/random/philox_body.inc"
#include "engine/base/each_wider_processor.inc"

}  // namespace

std::span<const PhiloxMakers> philox_implementations() {
  static constexpr std::array all{
      PhiloxMakers{one_by_one, rows_one_by_one},
#ifdef KOHORT_WIDER_KERNELS
      PhiloxMakers{v3::of_counters, v3::of_rows},
      PhiloxMakers{v4::of_counters, v4::of_rows},
#endif
  };
  return std::span(all).first(runnable());
}

void philox4x32(const PhiloxCounters& counters, PhiloxKey key, std::span<PhiloxBlock> blocks) {
  assert(counters.second.size() == counters.size() && blocks.size() == counters.size());
  static const PhiloxMakers& fastest = philox_implementations().back();
  fastest.of_counters(counters, key, blocks);
}

void philox4x32_rows(const PhiloxRow& row, PhiloxKey key, const UniformsOfRows& uniforms) {
  static const PhiloxMakers& fastest = philox_implementations().back();
  fastest.of_rows(row, key, uniforms);
}

}  // namespace kohort
