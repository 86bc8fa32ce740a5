// Who dies: the population's mortality divided between the states of care.
#pragma once

#include "engine/base/quantity.hpp"
#include "models/care/calibrate/axes.hpp"

namespace kohort::care {

/// A cell of the population whose mortality is to be divided.
struct MixedCell {
  StateVector shares;       ///< of those at risk, by state; sums to 1
  StateVector odds_ratios;  ///< of dying, of each state against a common one; above 0
  Probability dying;        ///< of the whole cell, in [0, 1)
};

/// The probability of dying in each state, q_s / (1 - q_s) = odds ratio of s * kappa, with the one
/// kappa at which the sum of share times q_s is the cell's probability; states with nobody in them
/// get theirs too. Odds, not ratios of probabilities, so that every q_s stays below 1, and because
/// they are what the deaths of a cell of whole persons divide by (Fisher's noncentral
/// hypergeometric distribution: McCullagh & Nelder (1989), Generalized Linear Models, ch. 7).
/// Throws `std::invalid_argument` on vectors of different lengths, shares that are negative or do
/// not sum to 1 within 1e-9, odds ratios that are not above 0 and finite, and a probability outside
/// [0, 1).
StateVector split_mortality(const MixedCell& cell);

/// What is left of those who entered a state together.
struct Survivors {
  Duration since_entry;
  double alive = 1.0;  ///< as a part of those who entered
};

/// The constant hazard that leads from one to the other: log(earlier / later) over the years
/// between; survival is exponential there. Starting later than at entry leaves out the first
/// months, when more die. Throws `Error` (Fault::input) unless the second is later, nobody came
/// back to life, and somebody is left.
/// Source: Preston, Heuveline & Guillot (2001), Demography, ch. 3.
CentralRate hazard_between(const Survivors& earlier, const Survivors& later);

/// The odds ratio of `state` at which its probability of dying in a year, in this cell, is
/// 1 - exp(-hazard), where those of the others stand to each other as given (against a common one,
/// usually none = 1); what `cell` has for the state itself does not count. `cell` is one in which
/// the hazard is known, such as that of the mean age of the residents.
/// Throws `Error` (Fault::input) where more would have to die in the state than die in the cell, or
/// fewer than do if all others die, or where nobody is in another state; what `split_mortality`
/// throws; and `std::invalid_argument` where there is no such state.
double odds_ratio_from_hazard(const MixedCell& cell, CareState state, CentralRate hazard);

}  // namespace kohort::care
