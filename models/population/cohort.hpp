// What happens in an interval to one slab: everybody of one sex in one cohort row.
#pragma once

#include <span>
#include <vector>

#include "models/population/drawn_rates.hpp"
#include "models/population/events.hpp"
#include "models/population/ledger.hpp"
#include "models/population/state.hpp"

namespace kohort::population {

/// What a step works with.
struct Scene {
  const Frame& frame;
  const Rates& rates;
  const Conventions& conventions;
  const Events& events;
};

/// One slab on its way through an interval. Writes the persons and flows of its age group.
class Cohort {
 public:
  Cohort(const Scene& scene, const SlabSite& site, PopulationState& state, PopulationLedger& ledger)
      : scene_(scene),
        site_(site),
        age_(scene.frame.age_of(site.row)),
        state_(state),
        ledger_(ledger),
        drawn_(scene.frame, scene.rates, state.deviations) {}

  /// Takes those at risk to the end of the interval, with all who join them on the way.
  void live_through();

  /// Lets as many arrive on balance as bring the age group to the target, if the scenario has one.
  void meet_target();

 private:
  // The steps of the pool form: deaths compete with all departures; the movers of each origin
  // gather by sex and age and are handed out to their destinations.
  void survive_and_move();
  void gather_chances();
  void remember_stayers();
  void record_dying(ConstSlab dying) const;
  void move();
  void change_group();
  // The multistate form does it all in one.
  void change_state(ConstSlab people);
  void record_way(std::size_t way, ConstSlab leavers);

  void move_in();
  void immigrate();
  void migrate_net();
  void arrive(Flow flow, Drawn drawn, ConstSlab dying);

  std::span<double> chances(std::size_t way) const;
  std::span<double> leavers(std::size_t way) const;
  double exposure() const { return scene_.conventions.exposure(site_.row); }
  void expose_all(double share);

  Slab persons() const { return state_.persons.slab(site_.sex, age_); }
  ConstSlab at_risk() const { return std::as_const(ledger_.at_risk).slab(site_.sex, site_.row); }
  Slab flow(Flow which) const { return ledger_.flows[which].slab(site_.sex, age_); }

  const Scene& scene_;
  SlabSite site_;
  Age age_;
  PopulationState& state_;
  PopulationLedger& ledger_;
  DrawnRates drawn_;
};

}  // namespace kohort::population
