#include "engine/kernels/fast/sweeps.hpp"

#include <algorithm>
#include <array>
#include <cassert>
#include <cmath>
#include <limits>

#include "engine/kernels/fast/processors.hpp"
#include "engine/kernels/reference/hazard.hpp"

namespace kohort::kernels::fast {
namespace {

namespace plain {
constexpr std::size_t vector_bytes = 16;
#include "engine/kernels/fast/sweeps.inc"
}  // namespace plain

#ifdef KOHORT_WIDER_KERNELS

#pragma GCC push_options
#pragma GCC target("arch=x86-64-v3")
namespace v3 {
constexpr std::size_t vector_bytes = 32;
#include "engine/kernels/fast/sweeps.inc"
}  // namespace v3
#pragma GCC pop_options

#pragma GCC push_options
#pragma GCC target("arch=x86-64-v4")
namespace v4 {
constexpr std::size_t vector_bytes = 64;
#include "engine/kernels/fast/sweeps.inc"
}  // namespace v4
#pragma GCC pop_options

#endif

const SweepKernels& fastest() { return sweep_implementations().back(); }

}  // namespace

std::span<const SweepKernels> sweep_implementations() {
  static constexpr std::array all{
      plain::sweep_kernels,
#ifdef KOHORT_WIDER_KERNELS
      v3::sweep_kernels,
      v4::sweep_kernels,
#endif
  };
  return std::span(all).first(runnable());
}

void depart(const SlabRisks& risks, const Departures& slab) { fastest().depart(risks, slab); }

void arrive(const Immigrants& immigrants, const Arrivals& slab) {
  fastest().arrive(immigrants, slab);
}

void pool(ConstSlab leavers, const reference::CommonShares& shares, Slab arrivals) {
  fastest().pool(leavers, shares, arrivals);
}

bool balances(const Account& account, double tolerance) {
  return fastest().balances(account, tolerance);
}

bool bear(const Maternity& maternity) { return fastest().bear(maternity); }

}  // namespace kohort::kernels::fast
