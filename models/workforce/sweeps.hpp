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

namespace kohort::workforce {

/// Those of one sex and age who settle, and by what.
struct StaffSlab : partition::Settlers {
  // Rates, of each occupation [area].
  partition::Slabs<const double> retirement;
  partition::Slabs<const double> exit;
  partition::Slabs<const double> education;
  partition::Slabs<const double> abroad;
  partition::Slabs<const double> other_entry;
  const double* participation;  ///< [area]
  const double* change;         ///< hazards, [occupation][occupation that they change to]
  const double* from_abroad;    ///< [area][draw]
  /// By occupation: whom the labour force has no room for retires, or leaves for other work.
  std::array<bool, partition::most_parts> retires;

  /// Of each occupation [area][draw], all added to.
  std::array<partition::Slabs<double>, staff_flow_count> flows;
  partition::Slabs<double> heads;
};

/// The two sweeps, for one kind of processor; numbered as those of the engine's kernels.
struct StaffSweepKernels {
  partition::Faults (*depart)(const partition::SweepShape& shape,
                              const partition::Departures& slab);
  partition::Faults (*settle)(const partition::SweepShape& shape, const StaffSlab& slab);
};
std::span<const StaffSweepKernels> staff_sweep_implementations();
/// The fastest that this processor can run.
const StaffSweepKernels& fastest_staff_sweeps();

/// One year of a block of draws.
class StaffSweeps {
 public:
  /// Whether the sweeps know all that is asked for: whoever moves arrives, and draws have no levers
  /// of their own.
  static bool know(const StaffStock& stock, bool closed);

  StaffSweeps(const Frame& frame, const StaffRates& rates, Interval interval,
              const partition::People& people, const StaffSweepKernels& kernels);

  /// Carries the stock through the year. Throws as `StaffProjection::step`.
  void step(StaffStock& stock, StaffLedger& ledger) const;

 private:
  StaffSlab slab(const partition::SweepYear& year, Sex sex, PartAge age, StaffStock& stock,
                 StaffLedger& ledger) const;

  const Frame& frame_;
  const StaffRates& rates_;
  Interval interval_;
  const partition::People& people_;
  const StaffSweepKernels& kernels_;
  std::vector<std::array<bool, partition::most_parts>> retires_;  ///< by sex and age
};

}  // namespace kohort::workforce
