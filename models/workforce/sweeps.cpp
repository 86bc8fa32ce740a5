#include "models/workforce/sweeps.hpp"

#include <algorithm>
#include <cmath>

#include "engine/kernels/fast/processors.hpp"

namespace kohort::workforce {
namespace {

using kernels::fast::runnable;
using partition::Slabs;

#define KOHORT_BODY "models/workforce/sweeps.inc"
#include "engine/kernels/fast/each_processor.inc"

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

bool StaffSweeps::know(const StaffStock& stock, bool closed) {
  const DrawnStaffLevers& levers = stock.levers;
  return closed && levers.retirement.empty() && levers.exit.empty() && levers.entry.empty() &&
         levers.abroad.empty();
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
  const partition::SweepYear year(frame_, interval_, people_,
                                  {"occupations and outside them", rates_.frame.first_age});
  std::fill(stock.heads.values().begin(), stock.heads.values().end(), 0.0);
  year.depart(kernels_.depart, stock.people, ledger.movers,
              of_occupations(ledger.flows[StaffFlow::moved_out]));
  year.settle(stock.people, [&](const partition::SweepShape& shape, Sex sex, PartAge age) {
    return kernels_.settle(shape, slab(year, sex, age, stock, ledger));
  });
}

StaffSlab StaffSweeps::slab(const partition::SweepYear& year, Sex sex, PartAge age,
                            StaffStock& stock, StaffLedger& ledger) const {
  const std::size_t interval = interval_.position();
  StaffSlab slab{year.settlers(sex, age, stock.people, ledger.movers),
                 of_occupations(rates_.retirement[interval], sex, age),
                 of_occupations(rates_.exit[interval], sex, age),
                 of_occupations(rates_.education[interval], sex, age),
                 of_occupations(rates_.abroad[interval], sex, age),
                 of_occupations(rates_.other_entry[interval], sex, age),
                 rates_.participation[interval].slab(sex, age).data(),
                 rates_.change.values().data(),
                 ledger.from_abroad.data(),
                 {},
                 {},
                 of_occupations(stock.heads)};
  slab.retires = retires_[sex.position() * rates_.frame.ages() + age.position()];
  for (std::size_t flow = 0; flow < staff_flow_count; ++flow) {
    slab.flows[flow] = of_occupations(ledger.flows[static_cast<StaffFlow>(flow)]);
  }
  return slab;
}

}  // namespace kohort::workforce
