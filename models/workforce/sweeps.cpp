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

/// The figures of one sex and age, of all occupations.
Slabs<const double> of_occupations(const StaffTable& table, Sex sex, PartAge age) {
  return {table.slab(Occupation(0), sex, age).data(), table.slab(Occupation(0)).size()};
}

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
  if (stock.people.precision() == Precision::in_double) {
    sweep(counts_in_double(stock, ledger), stock, ledger);
    return;
  }
  sweep(counts_in_single(ledger), stock, ledger);
  take_counts(ledger, stock, ledger.flows);
}

StaffSweeps::Counts<double> StaffSweeps::counts_in_double(StaffStock& stock, StaffLedger& ledger) {
  Counts<double> counts;
  for (std::size_t flow = 0; flow < staff_flow_count; ++flow) {
    counts.flows[flow] = of_occupations(ledger.flows[static_cast<StaffFlow>(flow)]);
  }
  counts.heads = of_occupations(stock.heads);
  return counts;
}

StaffSweeps::Counts<float> StaffSweeps::counts_in_single(StaffLedger& ledger) {
  const StaffAmounts& like = ledger.heads_before;
  ledger.counted.assign((staff_flow_count + 1) * like.size(), 0.0F);
  const auto table = [&](std::size_t number) {
    return Slabs<float>{ledger.counted.data() + number * like.size(),
                        like.slab(Occupation(0)).size()};
  };
  Counts<float> counts;
  for (std::size_t flow = 0; flow < staff_flow_count; ++flow) counts.flows[flow] = table(flow);
  counts.heads = table(staff_flow_count);
  return counts;
}

void StaffSweeps::take_counts(const StaffLedger& ledger, StaffStock& stock, StaffFlows& flows) {
  auto counted = ledger.counted.begin();
  const auto add_to = [&](StaffAmounts& amounts) {
    for (double& amount : amounts.values()) amount += *counted++;
  };
  for (std::size_t flow = 0; flow < staff_flow_count; ++flow) {
    add_to(flows[static_cast<StaffFlow>(flow)]);
  }
  add_to(stock.heads);
}

template <class Real>
void StaffSweeps::sweep(const Counts<Real>& counts, StaffStock& stock, StaffLedger& ledger) const {
  const partition::SweepYear year(frame_, interval_, people_,
                                  {"occupations and outside them", rates_.frame.first_age});
  const auto& kernels = kernels_.of<Real>();
  auto& people = stock.people.as<Real>();
  year.depart<Real>(kernels.depart, people, ledger.movers,
                    counts.flows[static_cast<std::size_t>(StaffFlow::moved_out)]);
  year.settle(stock.people, [&](const partition::SweepShape& shape, Sex sex, PartAge age) {
    const auto settlers = year.settlers(sex, age, people, ledger.movers);
    return kernels.settle(shape, slab(sex, age, settlers, counts, ledger));
  });
}

template <class Real>
StaffSlab<Real> StaffSweeps::slab(Sex sex, PartAge age, const partition::Settlers<Real>& settlers,
                                  const Counts<Real>& counts, const StaffLedger& ledger) const {
  const std::size_t interval = interval_.position();
  return {settlers,
          of_occupations(rates_.retirement[interval], sex, age),
          of_occupations(rates_.exit[interval], sex, age),
          of_occupations(rates_.education[interval], sex, age),
          of_occupations(rates_.abroad[interval], sex, age),
          of_occupations(rates_.other_entry[interval], sex, age),
          rates_.participation[interval].slab(sex, age).data(),
          frame_.areas.size(),
          rates_.change.values().data(),
          ledger.from_abroad.data(),
          retires_[sex.position() * rates_.frame.ages() + age.position()],
          counts.flows,
          counts.heads};
}

}  // namespace kohort::workforce
