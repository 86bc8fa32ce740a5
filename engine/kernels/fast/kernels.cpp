#include "engine/kernels/fast/kernels.hpp"

#include <algorithm>
#include <cassert>
#include <limits>

#include "engine/kernels/fast/exponential.hpp"
#include "engine/kernels/fast/processors.hpp"

namespace kohort::kernels::fast {
namespace {

namespace plain {
constexpr std::size_t vector_bytes = 16;
#include "engine/kernels/fast/body.inc"
}  // namespace plain

#ifdef KOHORT_WIDER_KERNELS

#pragma GCC push_options
#pragma GCC target("arch=x86-64-v3")
namespace v3 {
constexpr std::size_t vector_bytes = 32;
#include "engine/kernels/fast/body.inc"
}  // namespace v3
#pragma GCC pop_options

#pragma GCC push_options
#pragma GCC target("arch=x86-64-v4")
namespace v4 {
constexpr std::size_t vector_bytes = 64;
#include "engine/kernels/fast/body.inc"
}  // namespace v4
#pragma GCC pop_options

#endif

}  // namespace

template <class Real>
std::span<const Kernels<Real>> implementations() {
  static constexpr std::array all{
      plain::all_of<Real>("baseline"),
#ifdef KOHORT_WIDER_KERNELS
      v3::all_of<Real>("x86-64-v3"),
      v4::all_of<Real>("x86-64-v4"),
#endif
  };
  return std::span(all).first(runnable());
}

template std::span<const Kernels<double>> implementations();
template std::span<const Kernels<float>> implementations();

std::span<const PoolKernels> pool_implementations() {
  static constexpr std::array all{
      PoolKernels{plain::pool_by_shares, plain::pool_by_odds},
#ifdef KOHORT_WIDER_KERNELS
      PoolKernels{v3::pool_by_shares, v3::pool_by_odds},
      PoolKernels{v4::pool_by_shares, v4::pool_by_odds},
#endif
  };
  return std::span(all).first(runnable());
}

void pool(reference::ConstSlab leavers, reference::ConstSlab shares, std::size_t areas,
          reference::Slab arrivals) {
  pool_implementations().back().by_shares(leavers, shares, areas, arrivals);
}

void pool(reference::ConstSlab leavers, reference::ConstSlab shares, const reference::Odds& odds,
          reference::Slab arrivals) {
  pool_implementations().back().by_odds(leavers, shares, odds, arrivals);
}

}  // namespace kohort::kernels::fast
