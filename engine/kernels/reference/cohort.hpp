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

/// Who is at risk of what. All slabs have the same length.
struct Risks {
  ConstSlab at_risk;  ///< persons
  ConstSlab dying;    ///< q, probability of dying of one who stays
  ConstSlab leaving;  ///< x, all departures together
  /// w: the part of the interval that a leaver is not there for, and an arrival is; one half where
  /// migration is spread evenly.
  double exposure = 0.5;
  LeavingRates measure = LeavingRates::independent;
};

/// deaths += q (1 - w x) at_risk.
void die(const Risks& risks, Slab deaths);

/// leavers += the part of the departures that has this `rate`; the rates of all parts add up to
/// `risks.leaving`.
void leave(const Risks& risks, ConstSlab rate, Slab leavers);

/// persons += those who neither died nor left.
void stay(const Risks& risks, Slab persons);

/// arrivals[j] += sum over i of leavers[i] shares[i, j]: the pool of movers of one group.
/// `shares` is [origin][destination], its rows sum to 1; both slabs are [area][draw].
void pool(ConstSlab leavers, ConstSlab shares, std::size_t areas, Slab arrivals);

/// Adds arrivals to the persons, less those of them who die: persons += n - q e, deaths += q e,
/// where e are the arrivals counted by the part of the interval for which they are there.
struct Arrivals {
  ConstSlab persons;
  ConstSlab exposed;
};
void arrive(const Arrivals& arrivals, ConstSlab dying, Slab persons, Slab deaths);

/// persons += T at_risk, where T [place to][place from] are the shares of a multistate transition.
void transition(ConstSlab shares, ConstSlab at_risk, std::size_t places, Slab persons);

/// births += rate width (start + end) / 2: the person-years of women by the mean of their stocks.
struct Women {
  ConstSlab at_start;
  ConstSlab at_end;
};
void bear(const Women& women, ConstSlab rate, double width, Slab births);

/// Lays one value per place out over the draws of that place: slab[place][draw] = values[place].
void spread(std::span<const double> values, Slab slab);

}  // namespace kohort::kernels::reference
