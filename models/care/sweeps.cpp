#include "models/care/sweeps.hpp"

#include <algorithm>
#include <array>
#include <limits>

#include "engine/base/processors.hpp"
#include "engine/kernels/fast/exponential.hpp"
#include "engine/random/hypergeometric.hpp"

namespace kohort::care {
namespace {

using kernels::fast::Exponential;
using partition::Slabs;

/// None, two of home care, and special housing.
constexpr std::size_t usual_parts = 4;

#define KOHORT_BODY "models/care/sweeps.inc"
#include "engine/base/each_processor.inc"

}  // namespace

std::span<const CareSweepKernels> care_sweep_implementations() {
  static constexpr std::array all{
      plain::care_sweep_kernels,
#ifdef KOHORT_WIDER_KERNELS
      v3::care_sweep_kernels,
      v4::care_sweep_kernels,
#endif
  };
  return std::span(all).first(runnable());
}

const CareSweepKernels& fastest_care_sweeps() { return care_sweep_implementations().back(); }

bool CareSweeps::know(const CareRates& rates, bool paths, bool closed) {
  const auto of_dying = rates.odds_of_dying.values();
  const bool usable = std::all_of(of_dying.begin(), of_dying.end(), [](double odds) {
    return odds >= least_odds && odds <= largest_odds;
  });
  const bool alike =
      !paths || std::none_of(rates.effects.begin(), rates.effects.end(), DrawnLevers::differ_by);
  return rates.method == Method::multistate && closed && usable && alike;
}

void CareSweeps::step(CareStock& stock, CareLedger& ledger) const {
  if (stock.persons.precision() == Precision::in_single) {
    sweep<float>(stock, ledger);
  } else {
    sweep<double>(stock, ledger);
  }
}

template <class Real>
void CareSweeps::sweep(CareStock& stock, CareLedger& ledger) const {
  const partition::SweepYear year(frame_, interval_, people_,
                                  {"states of care", rates_.care.first_age});
  const auto& kernels = kernels_.of<Real>();
  year.pool<Real>(kernels.pool, stock.persons.as<Real>(), ledger.movers);
  year.settle(stock.persons, [&](const partition::SweepShape& shape, Sex sex, CareAge age) {
    return kernels.settle(shape, slab<Real>(year, sex, age, stock, ledger));
  });
}

template <class Real>
CareSlab<Real> CareSweeps::slab(const partition::SweepYear& year, Sex sex, CareAge age,
                                CareStock& stock, CareLedger& ledger) const {
  const std::size_t interval = interval_.position();
  const std::size_t areas = frame_.areas.size();
  return {year.settlers(sex, age, stock.persons.as<Real>(), ledger.movers),
          {rates_.prevalence[interval].slab(sex, age).data(), areas},
          {ledger.weights.values().data(), areas * stock.block.count},
          rates_.odds_of_dying.slab(sex).data(),
          rates_.transitions[interval].slab(sex, age).data(),
          stock.level.empty() ? nullptr : rates_.responses[interval].slab(sex, age).data(),
          {ledger.departures.values().data(), areas * stock.block.count},
          ledger.departures.extent<Departure>(),
          areas};
}

}  // namespace kohort::care
