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

/// Those of one sex and age who settle, and by what. Real is what the people are carried in.
template <class Real>
struct StaffSlab : partition::Settlers<Real> {
  // Rates, of each occupation [area]; those of people a year younger lie just before them.
  partition::Slabs<const double> retirement;
  partition::Slabs<const double> exit;
  partition::Slabs<const double> education;
  partition::Slabs<const double> abroad;
  partition::Slabs<const double> other_entry;
  const double* participation;  ///< [area]
  std::size_t areas;
  const double* change;       ///< hazards, [occupation][occupation that they change to]
  const double* from_abroad;  ///< [area][draw]
  /// By occupation: whom the labour force has no room for retires, or leaves for other work.
  std::array<bool, partition::most_parts> retires;

  /// Of each occupation [area][draw], all added to.
  std::array<partition::Slabs<Real>, staff_flow_count> flows;
  partition::Slabs<Real> heads;
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
  /// Where flows and heads are counted.
  template <class Real>
  struct Counts {
    std::array<partition::Slabs<Real>, staff_flow_count> flows{};
    partition::Slabs<Real> heads{};
  };

  static Counts<double> counts_in_double(StaffStock& stock, StaffLedger& ledger);
  static Counts<float> counts_in_single(StaffLedger& ledger);
  static void take_counts(const StaffLedger& ledger, StaffStock& stock, StaffFlows& flows);
  template <class Real>
  void sweep(const Counts<Real>& counts, StaffStock& stock, StaffLedger& ledger) const;
  template <class Real>
  StaffSlab<Real> slab(Sex sex, PartAge age, const partition::Settlers<Real>& settlers,
                       const Counts<Real>& counts, const StaffLedger& ledger) const;

  const Frame& frame_;
  const StaffRates& rates_;
  Interval interval_;
  const partition::People& people_;
  const StaffSweepKernels& kernels_;
  std::vector<std::array<bool, partition::most_parts>> retires_;  ///< by sex and age
};

}  // namespace kohort::workforce
