#include "models/workforce/sweeps.hpp"

#include <algorithm>
#include <cmath>

#include "engine/kernels/fast/processors.hpp"

namespace kohort::workforce {
namespace {

using kernels::fast::runnable;
using partition::Slabs;
using partition::slabs_of;
using partition::SweepShape;

constexpr const char* parts = "occupations and outside them";

namespace plain {
constexpr std::size_t vector_bytes = 16;
#include "models/workforce/sweeps.inc"
}  // namespace plain

#ifdef KOHORT_WIDER_KERNELS

#pragma GCC push_options
#pragma GCC target("arch=x86-64-v3")
namespace v3 {
constexpr std::size_t vector_bytes = 32;
#include "models/workforce/sweeps.inc"
}  // namespace v3
#pragma GCC pop_options

#pragma GCC push_options
#pragma GCC target("arch=x86-64-v4")
namespace v4 {
constexpr std::size_t vector_bytes = 64;
#include "models/workforce/sweeps.inc"
}  // namespace v4
#pragma GCC pop_options

#endif

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

/// First all set out, so that those are known who move from any area to another.
void StaffSweeps::step(StaffStock& stock, StaffLedger& ledger) const {
  const std::size_t draws = stock.block.count;
  const std::size_t areas = frame_.areas.size();
  const auto for_some = [&](const auto& happens) {
    partition::for_some_areas(areas, draws, [&](Area first, std::size_t count) {
      const std::size_t begin = first.position();
      happens(SweepShape{begin, begin + count, draws, rates_.frame.parts()});
    });
  };
  std::fill(stock.heads.values().begin(), stock.heads.values().end(), 0.0);
  ledger.movers.clear();
  for_some([&](const SweepShape& some) { depart(some, stock, ledger); });
  ledger.movers.find_shares();
  bool sums = true;
  for_some([&](const SweepShape& some) { sums = settle(some, stock, ledger) && sums; });
  if (sums) return;
  partition::require_sums(frame_, people_.state, stock.people, {parts, rates_.frame.first_age});
}

void StaffSweeps::depart(const SweepShape& areas, StaffStock& stock, StaffLedger& ledger) const {
  const Slabs<double> moved_out = of_occupations(ledger.flows[StaffFlow::moved_out]);
  for (const Sex sex : positions<Sex>(frame_.sexes.size())) {
    for (std::size_t age = rates_.frame.ages(); --age > 0;) {
      const Age reached = rates_.frame.age_of(PartAge(age));
      const auto of = [&](std::size_t at) { return slabs_of(stock.people, sex, PartAge(at)); };
      const partition::Departures slab{
          of(age - 1),
          age > 1 ? of(age - 2) : Slabs<double>(),
          reached.position() + 1 == frame_.ages(),
          of(age),
          people_.events.flows[population::Flow::domestic_out].slab(sex, reached).data(),
          ledger.movers.of(sex, PartAge(age)),
          moved_out};
      if (kernels_.depart(areas, slab).too_many_taken) {
        partition::refuse_takers(frame_, {interval_, sex, reached}, parts);
      }
    }
  }
}

bool StaffSweeps::settle(const SweepShape& areas, StaffStock& stock, StaffLedger& ledger) const {
  bool sums = true;
  for (const Sex sex : positions<Sex>(frame_.sexes.size())) {
    for (std::size_t age = rates_.frame.ages(); age-- > 0;) {
      const partition::Faults faults =
          kernels_.settle(areas, slab(sex, PartAge(age), stock, ledger));
      if (faults.too_many_taken) {
        partition::refuse_takers(frame_, {interval_, sex, rates_.frame.age_of(PartAge(age))},
                                 parts);
      }
      sums = sums && !faults.sums;
    }
  }
  return sums;
}

StaffSlab StaffSweeps::slab(Sex sex, PartAge age, StaffStock& stock, StaffLedger& ledger) const {
  const std::size_t interval = interval_.position();
  const bool youngest = age == PartAge(0);
  const PartAge next(youngest ? 0 : age.position() - 1);
  StaffSlab slab{
      youngest,
      happenings_of(people_, sex, rates_.frame.age_of(age)),
      youngest ? partition::Happenings{} : happenings_of(people_, sex, rates_.frame.age_of(next)),
      slabs_of(stock.people, sex, age),
      slabs_of(stock.people, sex, next),
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
  slab.happens.pool_shares = ledger.movers.shares(sex, age);
  slab.retires = retires_[sex.position() * rates_.frame.ages() + age.position()];
  for (std::size_t flow = 0; flow < staff_flow_count; ++flow) {
    slab.flows[flow] = of_occupations(ledger.flows[static_cast<StaffFlow>(flow)]);
  }
  return slab;
}

}  // namespace kohort::workforce
