// The year of care by expected events in fused sweeps: what `CareCohort` does, to the last bit,
// where draws differ in nothing but the people and their levels of care.
#pragma once

#include <span>

#include "models/care/ledger.hpp"
#include "models/care/rates.hpp"
#include "models/care/stock.hpp"
#include "models/partition/sweep.hpp"

namespace kohort::care {

/// Those of one sex and age who settle, and by what. Real is what the people are carried in.
template <class Real>
struct CareSlab : partition::Settlers<Real> {
  partition::Slabs<const double> prevalence;  ///< of each state [area]
  partition::Slabs<const double> weights;     ///< of each state [area][draw]
  const double* odds_of_dying;                ///< by state
  const double* transitions;                  ///< [state][state a year later][area]
  const double* responses;                    ///< [departure][state][area]; none: draws have none
  partition::Slabs<const double> departures;  ///< of each [area][draw]
  std::size_t departure_count;
  std::size_t areas;
};

/// The two sweeps; kinds of processor are numbered as those of the engine's kernels.
using CareSweepKernels = partition::SweepKernels<CareSlab>;
std::span<const CareSweepKernels> care_sweep_implementations();
/// The fastest that this processor can run.
const CareSweepKernels& fastest_care_sweeps();

/// One year of a block of draws.
class CareSweeps {
 public:
  /// Whether the sweeps know all that is asked for: people change state, whoever moves arrives, and
  /// draws, where they differ by `paths`, have no levers of their own.
  static bool know(const CareRates& rates, bool paths, bool closed);

  CareSweeps(const Frame& frame, const CareRates& rates, Interval interval,
             const partition::People& people, const CareSweepKernels& kernels)
      : frame_(frame), rates_(rates), interval_(interval), people_(people), kernels_(kernels) {}

  /// Carries the stock through the year. Throws as `CareProjection::step`.
  void step(CareStock& stock, CareLedger& ledger) const;

 private:
  template <class Real>
  void sweep(CareStock& stock, CareLedger& ledger) const;
  template <class Real>
  CareSlab<Real> slab(const partition::SweepYear& year, Sex sex, CareAge age, CareStock& stock,
                      CareLedger& ledger) const;

  const Frame& frame_;
  const CareRates& rates_;
  Interval interval_;
  const partition::People& people_;
  const CareSweepKernels& kernels_;
};

}  // namespace kohort::care
