#include "engine/kernels/reference/cohort.hpp"

#include <algorithm>
#include <cassert>

namespace kohort::kernels::reference {

void die(const Risks& risks, Slab deaths) {
  const auto& [at_risk, dying, leaving, exposure, measure] = risks;
  for (std::size_t i = 0; i < at_risk.size(); ++i) {
    deaths[i] += at_risk[i] * dying[i] * (1.0 - exposure * leaving[i]);
  }
}

void leave(const Risks& risks, ConstSlab rate, Slab leavers) {
  const double lost = risks.measure == LeavingRates::independent ? 1.0 - risks.exposure : 0.0;
  for (std::size_t i = 0; i < rate.size(); ++i) {
    leavers[i] += risks.at_risk[i] * rate[i] * (1.0 - lost * risks.dying[i]);
  }
}

void stay(const Risks& risks, Slab persons) {
  const auto& [at_risk, dying, leaving, exposure, measure] = risks;
  for (std::size_t i = 0; i < at_risk.size(); ++i) {
    const double share = measure == LeavingRates::independent
                             ? (1.0 - dying[i]) * (1.0 - leaving[i])
                             : 1.0 - dying[i] * (1.0 - exposure * leaving[i]) - leaving[i];
    persons[i] += at_risk[i] * share;
  }
}

void pool(ConstSlab leavers, ConstSlab shares, std::size_t areas, Slab arrivals) {
  assert(shares.size() == areas * areas && leavers.size() % areas == 0);
  const std::size_t draws = leavers.size() / areas;
  for (std::size_t origin = 0; origin < areas; ++origin) {
    const ConstSlab out = leavers.subspan(origin * draws, draws);
    for (std::size_t destination = 0; destination < areas; ++destination) {
      const double share = shares[origin * areas + destination];
      const Slab in = arrivals.subspan(destination * draws, draws);
      for (std::size_t draw = 0; draw < draws; ++draw) in[draw] += out[draw] * share;
    }
  }
}

void arrive(const Arrivals& arrivals, ConstSlab dying, Slab persons, Slab deaths) {
  for (std::size_t i = 0; i < persons.size(); ++i) {
    const double died = dying[i] * arrivals.exposed[i];
    persons[i] += arrivals.persons[i] - died;
    deaths[i] += died;
  }
}

void transition(ConstSlab shares, ConstSlab at_risk, std::size_t places, Slab persons) {
  assert(shares.size() == places * places && at_risk.size() % places == 0);
  const std::size_t draws = at_risk.size() / places;
  for (std::size_t to = 0; to < places; ++to) {
    const Slab result = persons.subspan(to * draws, draws);
    for (std::size_t from = 0; from < places; ++from) {
      const double share = shares[to * places + from];
      const ConstSlab source = at_risk.subspan(from * draws, draws);
      for (std::size_t draw = 0; draw < draws; ++draw) result[draw] += source[draw] * share;
    }
  }
}

void bear(const Women& women, ConstSlab rate, double width, Slab births) {
  for (std::size_t i = 0; i < births.size(); ++i) {
    births[i] += rate[i] * width * (women.at_start[i] + women.at_end[i]) / 2.0;
  }
}

void spread(std::span<const double> values, Slab slab) {
  const std::size_t draws = slab.size() / values.size();
  for (std::size_t place = 0; place < values.size(); ++place) {
    std::fill_n(slab.begin() + static_cast<std::ptrdiff_t>(place * draws), draws, values[place]);
  }
}

}  // namespace kohort::kernels::reference
