// The year of staff by expected events in fused sweeps: what `StaffCohort` does, to the last bit,
// where draws differ in nothing but the people.
#pragma once

#include <array>
#include <span>
#include <vector>

#include "models/partition/sweep.hpp"
#include "models/workforce/ledger.hpp"
#include "models/workforce/rates.hpp"
#include "models/workforce/stock.hpp"
#include "models/workforce/year_rates.hpp"

namespace kohort::workforce {

/// Those of one sex and age who settle, and by what. Real is what the people are carried in.
template <class Real>
struct StaffSlab : partition::Settlers<Real> {
  const Real* rates;          ///< of the first area: `RatesHere`
  std::size_t rates_apart;    ///< how far those of the next area are
  const double* change;       ///< hazards, [occupation][occupation that they change to]
  const double* from_abroad;  ///< [area][draw]
  /// By occupation: whom the labour force has no room for retires, or leaves for other work.
  std::array<bool, partition::most_parts> retires;

  // Added to.
  Real* flows;                     ///< as in `CountedFlows`
  partition::Slabs<double> heads;  ///< of each occupation [area][draw]
};

/// The two sweeps; kinds of processor are numbered as those of the engine's kernels.
using StaffSweepKernels = partition::SweepKernels<StaffSlab>;
std::span<const StaffSweepKernels> staff_sweep_implementations();
/// The fastest that this processor can run.
const StaffSweepKernels& fastest_staff_sweeps();

/// One year of a block of draws.
class StaffSweeps {
 public:
  /// Whether the sweeps know all that is asked for: whoever moves arrives, and draws, where they
  /// differ by `paths`, have no levers of their own.
  static bool know(const StaffRates& rates, bool paths, bool closed);

  StaffSweeps(const Frame& frame, const StaffRates& rates, Interval interval,
              const partition::People& people, const StaffSweepKernels& kernels);

  /// Carries the stock through the year. Throws as `StaffProjection::step`.
  void step(StaffStock& stock, StaffLedger& ledger) const;

 private:
  template <class Real>
  void sweep(StaffStock& stock, StaffLedger& ledger) const;
  template <class Real>
  StaffSlab<Real> slab(Sex sex, PartAge age, const partition::Settlers<Real>& settlers,
                       StaffStock& stock, StaffLedger& ledger) const;

  const Frame& frame_;
  const StaffRates& rates_;
  Interval interval_;
  const partition::People& people_;
  const StaffSweepKernels& kernels_;
  std::vector<std::array<bool, partition::most_parts>> retires_;  ///< by sex and age
};

}  // namespace kohort::workforce
