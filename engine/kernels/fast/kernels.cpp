#include "engine/kernels/fast/kernels.hpp"

#include <algorithm>
#include <cassert>
#include <limits>

#include "engine/base/processors.hpp"
#include "engine/kernels/fast/exponential.hpp"

namespace kohort::kernels::fast {
namespace {

#define KOHORT_BODY "engine/kernels/fast/body.inc"
#include "engine/base/each_processor.inc"

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

template <class Real>
NationSlab<Real> slab_of(const Ages& ages, const NationRates<Real>& rates, std::size_t sex,
                         std::size_t age) {
  const auto of_row = [&](std::span<const Real> table, std::size_t row) {
    return table.subspan(row * rates.areas, rates.areas);
  };
  const auto bearing = [&](std::size_t at) {
    const bool bears = sex == 0 && at >= ages.first_bearing && at < ages.end_bearing;
    return bears ? of_row(rates.bearing, at) : std::span<const Real>();
  };
  const std::size_t row = sex * ages.count + age;
  NationSlab<Real> slab;
  slab.dying = of_row(rates.dying, row);
  slab.leaving = of_row(rates.leaving, row);
  slab.share = of_row(rates.share, row);
  slab.bearing_at_start = bearing(age);
  slab.bearing_at_end = bearing(age + 1);
  slab.join = age + 2 == ages.count;
  return slab;
}

template NationSlab<double> slab_of(const Ages&, const NationRates<double>&, std::size_t,
                                    std::size_t);
template NationSlab<float> slab_of(const Ages&, const NationRates<float>&, std::size_t,
                                   std::size_t);

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
