#include "engine/kernels/reference/cohort.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <cstdint>
#include <limits>

namespace kohort::kernels::reference {

void chance_of_dying(const Risks& risks, Slab chance) {
  for (std::size_t i = 0; i < chance.size(); ++i) {
    chance[i] = risks.dying[i] * (1.0 - risks.exposure * risks.leaving[i]);
  }
}

void chance_of_leaving(const Risks& risks, ConstSlab rate, Slab chance) {
  const double lost = risks.measure == LeavingRates::independent ? 1.0 - risks.exposure : 0.0;
  for (std::size_t i = 0; i < rate.size(); ++i) {
    chance[i] = rate[i] * (1.0 - lost * risks.dying[i]);
  }
}

void part(ConstSlab persons, ConstSlab chance, Slab leavers, Slab stayers) {
  constexpr double rounding = 4 * std::numeric_limits<double>::epsilon();
  for (std::size_t i = 0; i < persons.size(); ++i) {
    leavers[i] = persons[i] * chance[i];
    stayers[i] -= leavers[i];
    if (std::abs(stayers[i]) <= rounding * std::abs(persons[i])) stayers[i] = 0.0;
  }
}

namespace {

/// arrivals[j] += leavers[i] share(i, j), the draws of a place side by side.
template <class Share>
void pool_by(ConstSlab leavers, std::size_t areas, Slab arrivals, Share&& share) {
  const std::size_t draws = leavers.size() / areas;
  for (std::size_t origin = 0; origin < areas; ++origin) {
    const ConstSlab out = leavers.subspan(origin * draws, draws);
    for (std::size_t destination = 0; destination < areas; ++destination) {
      const double part = share(origin, destination);
      const Slab in = arrivals.subspan(destination * draws, draws);
      for (std::size_t draw = 0; draw < draws; ++draw) in[draw] += out[draw] * part;
    }
  }
}

}  // namespace

void pool(ConstSlab leavers, ConstSlab shares, std::size_t areas, Slab arrivals) {
  assert(shares.size() == areas * areas && leavers.size() % areas == 0);
  pool_by(leavers, areas, arrivals,
          [&](std::size_t i, std::size_t j) { return shares[i * areas + j]; });
}

void pool(ConstSlab leavers, ConstSlab shares, const Odds& odds, Slab arrivals) {
  const std::size_t areas = odds.of_destination.size();
  assert(shares.size() == areas * areas && leavers.size() % areas == 0);
  pool_by(leavers, areas, arrivals, [&](std::size_t i, std::size_t j) {
    return shares[i * areas + j] * odds.of_destination[j] / odds.sum[i];
  });
}

void pool(ConstSlab leavers, const CommonShares& shares, Slab arrivals) {
  const std::size_t areas = shares.of_destination.size();
  assert(shares.per_leaver.size() == areas && leavers.size() % areas == 0);
  pool_by(leavers, areas, arrivals, [&](std::size_t i, std::size_t j) {
    return i == j ? 0.0 : shares.of_destination[j] * shares.per_leaver[i];
  });
}

void bear(const Women& women, ConstSlab rate, double width, Slab births) {
  for (std::size_t i = 0; i < births.size(); ++i) {
    births[i] = rate[i] * width * (women.at_start[i] + women.at_end[i]) / 2.0;
  }
}

void enter(ConstSlab events, double sign, Slab balance, Slab turnover) {
  for (std::size_t i = 0; i < events.size(); ++i) {
    balance[i] += sign * events[i];
    turnover[i] += std::abs(events[i]);
  }
}

bool balances(ConstSlab persons, ConstSlab balance, ConstSlab turnover, double tolerance) {
  std::uint64_t off = 0;
  for (std::size_t i = 0; i < persons.size(); ++i) {
    const double within = tolerance * (turnover[i] > 1.0 ? turnover[i] : 1.0);
    // Written so that what is no number fails.
    off |= persons[i] >= -within ? 0U : 1U;
    off |= std::abs(persons[i] - balance[i]) <= within ? 0U : 1U;
  }
  return off == 0;
}

void spread(std::span<const double> values, Slab slab) {
  const std::size_t draws = slab.size() / values.size();
  for (std::size_t place = 0; place < values.size(); ++place) {
    std::fill_n(slab.begin() + static_cast<std::ptrdiff_t>(place * draws), draws, values[place]);
  }
}

}  // namespace kohort::kernels::reference
