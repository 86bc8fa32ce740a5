#include "models/workforce/sweeps.hpp"

#include <algorithm>
#include <cmath>

#include "engine/base/processors.hpp"

namespace kohort::workforce {
namespace {

using partition::Slabs;

/// Seven occupations, and those outside them.
constexpr std::size_t usual_parts = 8;

#define KOHORT_BODY "models/workforce/sweeps.inc"
#include "engine/base/each_processor.inc"

Slabs<double> of_occupations(StaffAmounts& amounts) {
  return {amounts.values().data(), amounts.slab(Occupation(0)).size()};
}

}  // namespace

std::span<const StaffSweepKernels> staff_sweep_implementations() {
  static constexpr std::array all{
      plain::staff_sweep_kernels,
#ifdef KOHORT_WIDER_KERNELS
      v3::staff_sweep_kernels,
      v4::staff_sweep_kernels,
#endif
  };
  return std::span(all).first(runnable());
}

const StaffSweepKernels& fastest_staff_sweeps() { return staff_sweep_implementations().back(); }

bool StaffSweeps::know(const StaffRates& rates, bool paths, bool closed) {
  const StaffEffects& effects = rates.effects;
  const bool alike = !paths || (effects.retirement.empty() && effects.exit.empty() &&
                                effects.entry.empty() && effects.abroad.empty());
  return closed && alike;
}

StaffSweeps::StaffSweeps(const Frame& frame, const StaffRates& rates, Interval interval,
                         const partition::People& people, const StaffSweepKernels& kernels)
    : frame_(frame), rates_(rates), interval_(interval), people_(people), kernels_(kernels) {
  const StaffTable& hazards = rates.retirement[interval.position()];
  for (const Sex sex : positions<Sex>(frame.sexes.size())) {
    for (const PartAge age : positions<PartAge>(rates.frame.ages())) {
      auto& of_age = retires_.emplace_back();
      for (const Occupation one : positions<Occupation>(rates.frame.occupations.size())) {
        const auto hazard = hazards.slab(one, sex, age);
        of_age[one.position()] =
            std::any_of(hazard.begin(), hazard.end(), [](double h) { return h > 0.0; });
      }
    }
  }
}

void StaffSweeps::step(StaffStock& stock, StaffLedger& ledger) const {
  std::fill(stock.heads.values().begin(), stock.heads.values().end(), 0.0);
  if (stock.people.precision() == Precision::in_single) {
    sweep<float>(stock, ledger);
  } else {
    sweep<double>(stock, ledger);
  }
}

template <class Real>
void StaffSweeps::sweep(StaffStock& stock, StaffLedger& ledger) const {
  const partition::SweepYear year(frame_, interval_, people_,
                                  {"occupations and outside them", rates_.frame.first_age});
  const auto& kernels = kernels_.of<Real>();
  auto& people = stock.people.as<Real>();
  auto& counted = std::get<CountedFlows<Real>>(ledger.counted);
  std::get<YearRates<Real>>(ledger.rates).advance_to(rates_, interval_);
  year.pool<Real>(kernels.pool, people, ledger.movers);
  counted.begin(ledger.flows);
  year.settle(stock.people, [&](const partition::SweepShape& shape, Sex sex, PartAge age) {
    const auto settlers = year.settlers(sex, age, people, ledger.movers);
    return kernels.settle(shape, slab(sex, age, settlers, stock, ledger));
  });
  counted.give(ledger.flows);
}

template <class Real>
StaffSlab<Real> StaffSweeps::slab(Sex sex, PartAge age, const partition::Settlers<Real>& settlers,
                                  StaffStock& stock, StaffLedger& ledger) const {
  const auto& rates = std::get<YearRates<Real>>(ledger.rates);
  return {settlers,
          rates.of(sex, age),
          rates.apart(),
          rates_.change.values().data(),
          ledger.from_abroad.data(),
          retires_[sex.position() * rates_.frame.ages() + age.position()],
          std::get<CountedFlows<Real>>(ledger.counted).counts(),
          of_occupations(stock.heads)};
}

}  // namespace kohort::workforce
