// The arithmetic of one interval for one slab: everybody of one sex in one cohort row, place by
// place (a place is an area, or an area within a group), the draws of a place side by side.
//
// This is the reference: plain loops, to be checked on paper. Faster kernels have the same
// signatures and are tested against it.
#pragma once

#include <cstddef>
#include <span>

namespace kohort::kernels::reference {

using Slab = std::span<double>;             ///< [place][draw], written
using ConstSlab = std::span<const double>;  ///< [place][draw], read

/// What the rates of leaving (emigration, domestic moves, changes of group) are shares of.
enum class LeavingRates {
  /// The probability that a person leaves whom death does not take first. Deaths and departures
  /// compete evenly: q (1 - w x) die and x (1 - (1 - w) q) leave, so that (1 - q)(1 - x) stay.
  independent,
  /// The share of those at risk who in fact leave: x leave and q (1 - w x) die.
  /// Source: Swiss Federal Statistical Office, cantonal population scenarios.
  crude,
};

/// What those at risk in a slab are at risk of. All slabs have the same length.
struct Risks {
  ConstSlab dying;    ///< q, probability of dying of one who stays
  ConstSlab leaving;  ///< x, all departures together
  /// w: the part of the interval that a leaver is not there for, and an arrival is; one half where
  /// migration is spread evenly.
  double exposure = 0.5;
  LeavingRates measure = LeavingRates::independent;
};

/// chance = q (1 - w x): of dying before leaving.
void chance_of_dying(const Risks& risks, Slab chance);

/// chance = r (1 - (1 - w) q) where the rates are independent, r where they are crude: of leaving
/// by the way that has the rate r. The rates of all ways add up to `risks.leaving`. In and out may
/// be the same slab.
void chance_of_leaving(const Risks& risks, ConstSlab rate, Slab chance);

/// leavers = persons chance, and stayers -= leavers; what rounding leaves over of nobody is 0.
void part(ConstSlab persons, ConstSlab chance, Slab leavers, Slab stayers);

/// arrivals[j] += sum over i of leavers[i] shares[i, j]: the pool of movers of one group.
/// `shares` is [origin][destination], its rows sum to 1; both slabs are [area][draw].
void pool(ConstSlab leavers, ConstSlab shares, std::size_t areas, Slab arrivals);

/// How much more often destinations are chosen than their shares say.
struct Odds {
  std::span<const double> of_destination;  ///< [area]
  std::span<const double> sum;             ///< of shares times odds, by origin: [area]
};

/// arrivals[j] += sum over i of leavers[i] shares[i, j] odds[j] / sum[i].
void pool(ConstSlab leavers, ConstSlab shares, const Odds& odds, Slab arrivals);

/// Destinations that all origins share, but for the origin itself: movers from i go to j in
/// proportion to w[j], j not i.
struct CommonShares {
  std::span<const double> of_destination;  ///< w, [area]
  std::span<const double> per_leaver;      ///< 1 / (sum of w[j] over j not i), by origin: [area]
};

/// arrivals[j] += w[j] sum over i not j of leavers[i] per_leaver[i].
void pool(ConstSlab leavers, const CommonShares& shares, Slab arrivals);

/// births = rate width (start + end) / 2: the person-years of women by the mean of their stocks.
struct Women {
  ConstSlab at_start;
  ConstSlab at_end;
};
void bear(const Women& women, ConstSlab rate, double width, Slab births);

/// Enters events into an account: balance += sign events, turnover += |events|.
void enter(ConstSlab events, double sign, Slab balance, Slab turnover);

/// Whether what is there is what the account says: everywhere -t <= persons and
/// |persons - balance| <= t, with t = tolerance max(1, turnover). What is no number is not.
bool balances(ConstSlab persons, ConstSlab balance, ConstSlab turnover, double tolerance);

/// Lays one value per place out over the draws of that place: slab[place][draw] = values[place].
void spread(std::span<const double> values, Slab slab);

}  // namespace kohort::kernels::reference
