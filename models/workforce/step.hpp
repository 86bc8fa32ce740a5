// One year of the workforce, as it happens to people: they grow a year older, move, come, die,
// retire, leave for other work, change occupation, and others enter.
#pragma once

#include <algorithm>

#include "engine/model/frame.hpp"
#include "models/partition/follower.hpp"
#include "models/population/chance.hpp"
#include "models/workforce/ledger.hpp"
#include "models/workforce/rates.hpp"
#include "models/workforce/stock.hpp"
#include "models/workforce/sweeps.hpp"

namespace kohort::workforce {

using partition::People;

/// Carries staff over the years. How many people of a cell move, come and die is what the
/// population model has it, and staff do so as others of their sex and age; so in every draw staff
/// and those outside sum to the people of the cell. Immutable. Source: stock and flow of health
/// staff (Joint Action Health Workforce Planning and Forecasting 2015, handbook of methods);
/// competing hazards (Preston, Heuveline & Guillot 2001, ch. 4).
class StaffProjection {
 public:
  /// `closed`: whoever leaves an area for another arrives in one, in the same year. Where they know
  /// how, `sweeps` carry staff by expected events; without them all goes cohort by cohort.
  StaffProjection(const Frame& frame, StaffRates rates, const population::Chance& chance,
                  bool closed, const StaffSweepKernels* sweeps = &fastest_staff_sweeps());

  /// In what the people of a block are carried: single precision where the frame asks for it and
  /// the sweeps know all that happens to them.
  Precision precision_of(const DrawBlock& block) const;
  /// The staff of the base year: as many of each cell as were counted or estimated; in whole people
  /// a multinomial number of them.
  void start(const population::PopulationState& people, StaffStock& stock) const;
  /// Replaces the people of `stock` by those at the end of the interval, and enters what happened.
  /// Throws `Error` (Fault::model) where the parts of a cell do not sum to its people, or an
  /// account of staff does not balance.
  void step(Interval interval, const People& people, StaffStock& stock, StaffLedger& ledger) const;

  const Frame& frame() const { return frame_; }
  const StaffRates& rates() const { return rates_; }
  /// Whether parameters differ between draws.
  bool draws_paths() const { return chance_.paths; }
  /// Years of immigrants that a stock remembers; 1 where nobody enters from abroad.
  std::size_t lags() const { return std::max<std::size_t>(1, rates_.delay.size()); }

 private:
  bool goes_by_sweeps(const DrawBlock& block) const;
  bool draws_events(const DrawBlock& block) const { return chance_.events && block.events; }
  void draw_levers(StaffStock& stock) const;
  void count_immigrants(Interval interval, const People& people, StaffStock& stock,
                        StaffLedger& ledger) const;
  void step(Interval interval, const partition::PartEvents& events, const People& people,
            StaffStock& stock, StaffLedger& ledger) const;
  void retire_the_oldest(const StaffStock& stock, StaffLedger& ledger) const;
  void require_balance(const StaffStock& stock, const StaffLedger& ledger) const;

  Frame frame_;
  StaffRates rates_;
  population::Chance chance_;
  bool closed_;
  const StaffSweepKernels* sweeps_;
  StaffTable whole_base_{};  ///< empty where people are not whole
};

}  // namespace kohort::workforce
