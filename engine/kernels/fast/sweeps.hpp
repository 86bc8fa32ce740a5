// One interval of a slab, everybody of one sex in one cohort row, in two sweeps with the draws
// innermost: people die, emigrate and set out; movers and immigrants arrive. Between them lies the
// exchange of movers between the areas, after them the account. As many events as expected.
//
// Every number is reckoned as by the reference kernels one after the other, to the last bit, on
// every kind of processor. None of them allocates.
#pragma once

#include <cstddef>
#include <span>

#include "engine/kernels/reference/cohort.hpp"

namespace kohort::kernels::fast {

using reference::ConstSlab;
using reference::Slab;

/// What the people of a slab are at risk of. There is one group: a place is an area.
struct SlabRisks {
  std::span<const double> dying;       ///< q, [area]
  std::span<const double> emigrating;  ///< share who do, [area]; empty where nobody does
  std::span<const double> moving;      ///< likewise, to other areas
  double exposure = 0.5;
  reference::LeavingRates measure = reference::LeavingRates::independent;

  // How draws differ; empty where they do not.
  std::span<const double> log_survival;  ///< ln(1 - q), [area], where q < 1
  std::span<const double> national;      ///< factor of the force of mortality, [draw]
  std::span<const double> own;           ///< the areas' own beside it, [area][draw]
  double greatest_force = 0.0;           ///< of the products of both, or more
  std::span<const double> abroad;        ///< factor of the odds of emigrating, [area][draw]
  std::span<const double> domestic;      ///< of the odds of moving; both or none
};

/// Who is in a slab, and what becomes of them, all written but `people`.
struct Departures {
  ConstSlab people;  ///< at the start
  Slab at_risk;      ///< the same
  Slab dying;        ///< q of each draw
  Slab stayers;
  Slab deaths;
  Slab emigrants;
  Slab movers;
};

/// First sweep.
void depart(const SlabRisks& risks, const Departures& slab);

/// Who come to a slab, in expectation.
struct Immigrants {
  std::span<const double> persons;   ///< [area]; empty where nobody comes
  std::span<const double> at_start;  ///< of them those who live through the interval
  std::span<const double> factor;    ///< [area][draw]; empty where draws do not differ
};

/// The people of a slab and what has become of them so far.
struct Arrivals {
  ConstSlab movers;  ///< who arrive
  ConstSlab dying;   ///< q of each draw
  double exposure;   ///< the part of it that movers meet
  Slab persons;      ///< added to
  Slab deaths;       ///< added to
  Slab immigrants;   ///< written, unless nobody comes
};

/// Second sweep: arrivals die by their part of q, the rest are there at the end.
void arrive(const Immigrants& immigrants, const Arrivals& slab);

/// As `reference::pool`, but for rounding: in two sweeps, with sums from either end, so that
/// nothing is lost by taking away what an area itself sends.
void pool(ConstSlab leavers, const reference::CommonShares& shares, Slab arrivals);

/// The account of an age group in one group.
struct Account {
  ConstSlab at_risk;
  ConstSlab also_at_risk;  ///< those of a second row; may be empty
  ConstSlab persons;
  ConstSlab deaths;
  ConstSlab domestic_in;
  ConstSlab domestic_out;
  ConstSlab immigrants;
  ConstSlab emigrants;
  std::size_t draws = 1;
};

/// Whether it balances in each cell and, of movers, in each draw, to `tolerance` times the people
/// involved or 1. What is no number does not.
bool balances(const Account& account, double tolerance);

/// Mothers of one age and their children.
struct Maternity {
  ConstSlab women_at_start;
  ConstSlab women_at_end;
  double width = 1.0;                     ///< years
  std::span<const double> rate;           ///< births per woman-year, [area]
  std::span<const double> factor;         ///< [area][draw]; empty where draws do not differ
  std::span<const double> share_of_boys;  ///< [area]
  Slab boys;                              ///< written
  Slab girls;                             ///< written
  Slab newborn_boys;                      ///< added to
  Slab newborn_girls;                     ///< added to
};

/// Whether no births were fewer than none.
bool bear(const Maternity& maternity);

/// All of them by one implementation, numbered as those of `kernels.hpp`.
struct SweepKernels {
  void (*depart)(const SlabRisks& risks, const Departures& slab);
  void (*arrive)(const Immigrants& immigrants, const Arrivals& slab);
  void (*pool)(ConstSlab leavers, const reference::CommonShares& shares, Slab arrivals);
  bool (*balances)(const Account& account, double tolerance);
  bool (*bear)(const Maternity& maternity);
};
std::span<const SweepKernels> sweep_implementations();

}  // namespace kohort::kernels::fast
