// What happens in an interval to one slab: everybody of one sex in one cohort row.
#pragma once

#include <span>

#include "engine/kernels/reference/cohort.hpp"
#include "models/population/rates/rates.hpp"
#include "models/population/state.hpp"

namespace kohort::population {

/// One slab on its way through an interval. Writes the persons and flows of its age group.
class Cohort {
 public:
  Cohort(const Frame& frame, const Rates& rates, const Conventions& conventions,
         PopulationState& state)
      : frame_(frame), rates_(rates), conventions_(conventions), state_(state) {}

  /// Takes those at risk in a row to the end of the interval, with all who join them on the way.
  void live_through(Interval interval, Sex sex, CohortRow row);

  /// Lets as many arrive on balance as bring the age group to the target, if the scenario has one.
  void meet_target(Interval interval, Sex sex, Age age);

 private:
  using Slab = std::span<double>;
  using ConstSlab = std::span<const double>;

  // The steps of the pool form: deaths compete with all departures; the movers of each origin
  // gather by sex and age and are handed out to their destinations.
  void survive_and_move();
  void gather_leaving();
  void emigrate();
  void move();
  void change_group();
  // The multistate form does it all in one.
  void change_state(ConstSlab at_risk);
  void record_exits(ConstSlab at_risk, std::size_t from, ConstSlab shares);

  void immigrate();
  void migrate_net();
  void arrive(Flow flow, ConstSlab dying);

  Slab persons() const { return state_.persons.slab(sex_, age_); }
  ConstSlab at_risk() const { return std::as_const(state_.at_risk).slab(sex_, row_); }
  Slab flow(Flow which) const { return state_.flow(which).slab(sex_, age_); }
  kernels::reference::Risks risks() const;
  double exposure() const { return conventions_.exposure(row_); }

  const Frame& frame_;
  const Rates& rates_;
  const Conventions& conventions_;
  PopulationState& state_;
  Interval interval_;
  Sex sex_;
  CohortRow row_;
  Age age_;
};

}  // namespace kohort::population
