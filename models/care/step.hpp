// One year of care, as it happens to people: they grow a year older, move, come, die, and change
// their state.
#pragma once

#include <optional>
#include <vector>

#include "engine/model/frame.hpp"
#include "engine/random/stream.hpp"
#include "models/care/ledger.hpp"
#include "models/care/rates.hpp"
#include "models/care/stock.hpp"
#include "models/care/sweeps.hpp"
#include "models/partition/follower.hpp"
#include "models/population/chance.hpp"
#include "models/population/state.hpp"

namespace kohort::care {

using partition::People;

/// Carries people by state of care over the years. How many move, come and die is what the
/// population model has it, so that in every draw the states of a cell sum to its people.
/// Immutable. Source: multistate life tables (Rogers 1995); Sullivan (1971) for the method
/// `prevalence`.
class CareProjection {
 public:
  /// `closed`: whoever leaves an area for another arrives in one, in the same year. Where they know
  /// how, `sweeps` carry people by expected events; without them all goes cohort by cohort.
  CareProjection(const Frame& frame, CareRates rates, const population::Chance& chance, bool closed,
                 const CareSweepKernels* sweeps = &fastest_care_sweeps());

  /// In what the people of a block are carried: single precision where the frame asks for it and
  /// the sweeps know all that happens to them.
  Precision precision_of(const DrawBlock& block) const;
  /// The states of the base year's people.
  void start(const population::PopulationState& people, CareStock& stock) const;
  /// Replaces the people of `stock` by those at the end of the interval. Throws `Error`
  /// (Fault::model) where the states of a cell do not sum to its people.
  void step(Interval interval, const People& people, CareStock& stock, CareLedger& ledger) const;

  const Frame& frame() const { return frame_; }
  const CareRates& rates() const { return rates_; }
  bool closed() const { return closed_; }
  /// Whether parameters differ between draws.
  bool draws_paths() const { return chance_.paths; }

 private:
  bool goes_by_sweeps(const DrawBlock& block) const;
  bool draws_events(const DrawBlock& block) const { return chance_.events && block.events; }
  void draw_deviations(CareStock& stock) const;
  void weigh(std::optional<Interval> interval, const CareStock& stock,
             DeviationTable& weights) const;
  double level(const CareStock& stock, Series series, Area area, Draw draw) const;
  void depart(Interval interval, const CareStock& stock,
              Table<double, Departure, Area, Draw>& departures) const;
  void step(Interval interval, const partition::PartEvents& events, const People& people,
            CareStock& stock, CareLedger& ledger) const;
  void take_transitions(Interval interval, const partition::PartEvents& events,
                        const People& people, CareStock& stock, CareLedger& ledger) const;
  void take_prevalence(Interval interval, const partition::PartEvents& events, const People& people,
                       CareStock& stock, CareLedger& ledger) const;

  Frame frame_;
  CareRates rates_;
  population::Chance chance_;
  bool closed_;
  const CareSweepKernels* sweeps_;
};

}  // namespace kohort::care
