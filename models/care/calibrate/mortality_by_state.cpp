#include "models/care/calibrate/mortality_by_state.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <stdexcept>
#include <string>
#include <utility>

#include <fmt/format.h>

#include "engine/base/refuse.hpp"
#include "engine/demography/root.hpp"

namespace kohort::care {
namespace {

void check(const MixedCell& cell) {
  const double q = cell.dying.share();
  if (cell.shares.size() == 0 || cell.shares.size() != cell.odds_ratios.size()) {
    throw std::invalid_argument("each state needs its share and its odds ratio");
  }
  if (!(q >= 0.0 && q < 1.0)) {
    throw std::invalid_argument("mortality is split for a probability in [0, 1)");
  }
  double sum = 0.0;
  for (Eigen::Index state = 0; state < cell.shares.size(); ++state) {
    const double odds_ratio = cell.odds_ratios[state];
    if (!(cell.shares[state] >= 0.0) || !(odds_ratio > 0.0) || !std::isfinite(odds_ratio)) {
      throw std::invalid_argument("shares are not negative, odds ratios above 0 and finite");
    }
    sum += cell.shares[state];
  }
  if (!(std::abs(sum - 1.0) <= 1e-9)) throw std::invalid_argument("shares of states sum to 1");
}

double probability(double odds) { return odds / (1.0 + odds); }

/// The factor common to all odds ratios. Those of the states with somebody in them bound it: with
/// the largest alone, or the smallest, the cell's own odds would need less, or more.
double common_factor(const MixedCell& cell) {
  double smallest = std::numeric_limits<double>::infinity();
  double largest = 0.0;
  for (Eigen::Index state = 0; state < cell.shares.size(); ++state) {
    if (cell.shares[state] == 0.0) continue;
    smallest = std::min(smallest, cell.odds_ratios[state]);
    largest = std::max(largest, cell.odds_ratios[state]);
  }
  const double q = cell.dying.share();
  const double odds = q / (1.0 - q);
  if (smallest == largest) return odds / smallest;
  const auto excess = [&](double factor) {
    double dying = -q;
    for (Eigen::Index state = 0; state < cell.shares.size(); ++state) {
      dying += cell.shares[state] * probability(factor * cell.odds_ratios[state]);
    }
    return dying;
  };
  return root_between(excess, odds / largest, odds / smallest);
}

}  // namespace

StateVector split_mortality(const MixedCell& cell) {
  check(cell);
  if (cell.dying.share() == 0.0) return StateVector::Zero(cell.shares.size());
  const double factor = common_factor(cell);
  StateVector result = cell.odds_ratios * factor;
  for (double& value : result) value = probability(value);
  return result;
}

CentralRate hazard_between(const Survivors& earlier, const Survivors& later) {
  const double years = later.since_entry.years() - earlier.since_entry.years();
  if (!(years > 0.0) || !(later.alive > 0.0) || !(later.alive <= earlier.alive) ||
      !(earlier.alive <= 1.0)) {
    refuse_input(fmt::format("survival of {} after {} years and {} after {} years gives no hazard",
                             earlier.alive, earlier.since_entry.years(), later.alive,
                             later.since_entry.years()),
                 "give two times in rising order, and shares alive that fall but stay above 0");
  }
  return CentralRate::per_person_year(std::log(earlier.alive / later.alive) / years);
}

double odds_ratio_from_hazard(const MixedCell& cell, CareState state, CentralRate hazard) {
  const auto at = static_cast<Eigen::Index>(state.position());
  if (at >= cell.shares.size()) throw std::invalid_argument("there is no such state");
  MixedCell others = cell;
  if (others.odds_ratios.size() == others.shares.size()) others.odds_ratios[at] = 1.0;
  check(others);
  const double share = cell.shares[at];
  const double q = cell.dying.share();
  const double in_state = -std::expm1(-hazard.per_person_year());
  const double elsewhere = (q - share * in_state) / (1.0 - share);
  if (!(in_state > 0.0) || !(share < 1.0) || !(elsewhere > 0.0) || !(elsewhere < 1.0)) {
    refuse_input(
        fmt::format("a hazard of {} a year among a share of {} does not go with a probability "
                    "of dying of {} for all",
                    hazard.per_person_year(), share, q),
        "choose a reference age whose mortality leaves some deaths to the other states");
  }
  others.shares[at] = 0.0;
  others.shares /= others.shares.sum();
  others.dying = Probability::of(elsewhere);
  return in_state / (1.0 - in_state) / common_factor(others);
}

}  // namespace kohort::care
