#include "engine/kernels/fast/sweeps.hpp"

#include <algorithm>
#include <array>
#include <cassert>
#include <cmath>
#include <limits>

#include "engine/base/processors.hpp"
#include "engine/kernels/reference/hazard.hpp"

namespace kohort::kernels::fast {
namespace {

#define KOHORT_BODY "engine/kernels/fast/sweeps.inc"
#include "engine/base/each_processor.inc"

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
