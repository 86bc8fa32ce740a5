#include "models/care/sweeps.hpp"

#include <algorithm>
#include <array>
#include <limits>

#include "engine/kernels/fast/exponential.hpp"
#include "engine/kernels/fast/processors.hpp"
#include "engine/random/hypergeometric.hpp"

namespace kohort::care {
namespace {

using kernels::fast::Exponential;
using kernels::fast::runnable;
using partition::Slabs;
using partition::slabs_of;
using partition::SweepShape;

constexpr const char* parts = "states of care";

namespace plain {
constexpr std::size_t vector_bytes = 16;
#include "models/care/sweeps.inc"
}  // namespace plain

#ifdef KOHORT_WIDER_KERNELS

#pragma GCC push_options
#pragma GCC target("arch=x86-64-v3")
namespace v3 {
constexpr std::size_t vector_bytes = 32;
#include "models/care/sweeps.inc"
}  // namespace v3
#pragma GCC pop_options

#pragma GCC push_options
#pragma GCC target("arch=x86-64-v4")
namespace v4 {
constexpr std::size_t vector_bytes = 64;
#include "models/care/sweeps.inc"
}  // namespace v4
#pragma GCC pop_options

#endif

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

bool CareSweeps::know(const CareRates& rates, const CareStock& stock, bool closed) {
  const auto of_dying = rates.odds_of_dying.values();
  const bool usable = std::all_of(of_dying.begin(), of_dying.end(), [](double odds) {
    return odds >= least_odds && odds <= largest_odds;
  });
  return closed && usable &&
         std::none_of(stock.levers.begin(), stock.levers.end(),
                      [](const DrawnLevers& levers) { return levers.any(); });
}

/// First all set out, so that those are known who move from any area to another.
void CareSweeps::step(CareStock& stock, CareLedger& ledger) const {
  const std::size_t draws = stock.block.count;
  const std::size_t areas = frame_.areas.size();
  const auto for_some = [&](const auto& happens) {
    partition::for_some_areas(areas, draws, [&](Area first, std::size_t count) {
      const std::size_t begin = first.position();
      happens(SweepShape{begin, begin + count, draws, rates_.care.states.size()});
    });
  };
  ledger.movers.clear();
  for_some([&](const SweepShape& some) { depart(some, stock, ledger); });
  ledger.movers.find_shares();
  bool sums = true;
  for_some([&](const SweepShape& some) { sums = settle(some, stock, ledger) && sums; });
  if (sums) return;
  partition::require_sums(frame_, people_.state, stock.persons, {parts, rates_.care.first_age});
}

void CareSweeps::depart(const SweepShape& areas, CareStock& stock, CareLedger& ledger) const {
  for (const Sex sex : positions<Sex>(frame_.sexes.size())) {
    for (std::size_t age = rates_.care.ages(frame_); --age > 0;) {
      const Age reached = rates_.care.age_of(CareAge(age));
      const auto of = [&](std::size_t at) { return slabs_of(stock.persons, sex, CareAge(at)); };
      const partition::Departures slab{
          of(age - 1),
          age > 1 ? of(age - 2) : Slabs<double>(),
          reached.position() + 1 == frame_.ages(),
          of(age),
          people_.events.flows[population::Flow::domestic_out].slab(sex, reached).data(),
          ledger.movers.of(sex, CareAge(age))};
      if (kernels_.depart(areas, slab).too_many_taken) {
        partition::refuse_takers(frame_, {interval_, sex, reached}, parts);
      }
    }
  }
}

bool CareSweeps::settle(const SweepShape& areas, CareStock& stock, CareLedger& ledger) const {
  bool sums = true;
  for (const Sex sex : positions<Sex>(frame_.sexes.size())) {
    for (std::size_t age = rates_.care.ages(frame_); age-- > 0;) {
      const partition::Faults faults =
          kernels_.settle(areas, slab(sex, CareAge(age), stock, ledger));
      if (faults.too_many_taken) {
        partition::refuse_takers(frame_, {interval_, sex, rates_.care.age_of(CareAge(age))}, parts);
      }
      sums = sums && !faults.sums;
    }
  }
  return sums;
}

CareSlab CareSweeps::slab(Sex sex, CareAge age, CareStock& stock, CareLedger& ledger) const {
  const std::size_t interval = interval_.position();
  const bool youngest = age == CareAge(0);
  const CareAge next(youngest ? 0 : age.position() - 1);
  const std::size_t areas = frame_.areas.size();
  CareSlab slab{
      youngest,
      happenings_of(people_, sex, rates_.care.age_of(age)),
      youngest ? partition::Happenings{} : happenings_of(people_, sex, rates_.care.age_of(next)),
      slabs_of(stock.persons, sex, age),
      slabs_of(stock.persons, sex, next),
      {rates_.prevalence[interval].slab(sex, age).data(), areas},
      {ledger.weights.values().data(), areas * stock.block.count},
      rates_.odds_of_dying.slab(sex).data(),
      rates_.transitions[interval].slab(sex, age).data(),
      stock.level.empty() ? nullptr : rates_.responses[interval].slab(sex, age).data(),
      {ledger.departures.values().data(), areas * stock.block.count},
      ledger.departures.extent<Departure>(),
      areas};
  slab.happens.pool_shares = ledger.movers.shares(sex, age);
  return slab;
}

}  // namespace kohort::care
