#include "engine/random/lanes.hpp"

#include <array>
#include <cstddef>
#include <cstdint>

#include "engine/base/processors.hpp"
#include "engine/random/inversion.hpp"

#ifdef __x86_64__
#include <immintrin.h>
#endif

namespace kohort {
namespace {

/// 1 / k: a step of inversion costs less than a division. More steps are counted one by one.
constexpr std::array<double, 256> inverse = [] {
  std::array<double, 256> of{};
  for (std::size_t k = 1; k < of.size(); ++k) of[k] = 1.0 / static_cast<double>(k);
  return of;
}();

/// `none` of lanes with more than `few_trials`. A lane whose uniform is 0 has nothing to count.
[[gnu::noinline]] void expect_none_of_many(const RowNumbers& trials, const RowNumbers& rarer,
                                           const RowNumbers& uniform, RowNumbers& none) {
  for (std::size_t lane = 0; lane < none.size(); ++lane) {
    if (trials[lane] <= static_cast<double>(few_trials) || uniform[lane] == 0.0) continue;
    none[lane] = probability_of_none(static_cast<std::int64_t>(trials[lane]), rarer[lane]);
  }
}

[[gnu::noinline]] void count_one_by_one(const RowNumbers& uniform, const RowNumbers& none,
                                        const RowNumbers& rise, const RowNumbers& fall,
                                        RowNumbers& counts) {
  for (std::size_t lane = 0; lane < counts.size(); ++lane) {
    counts[lane] = static_cast<double>(
        count_by_inversion(uniform[lane], {none[lane], rise[lane], fall[lane]}));
  }
}

namespace plain {
#define KOHORT_VECTOR_BITS 128
#include "engine/random/lanes_body.inc"
#undef KOHORT_VECTOR_BITS
}  // namespace plain

#define KOHORT_BODY "engine/random/lanes_body.inc"
#include "engine/base/each_wider_processor.inc"

}  // namespace

std::span<const LaneMakers> lane_implementations() {
  static constexpr std::array all{
      LaneMakers{plain::count_binomials, plain::count_poissons, plain::leave},
#ifdef KOHORT_WIDER_KERNELS
      LaneMakers{v3::count_binomials, v3::count_poissons, v3::leave},
      LaneMakers{v4::count_binomials, v4::count_poissons, v4::leave},
#endif
  };
  return std::span(all).first(runnable());
}

}  // namespace kohort
