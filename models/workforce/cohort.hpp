// What happens in a year to everybody of one sex who is of one age at its end, by occupation.
#pragma once

#include <span>

#include "models/workforce/step.hpp"

namespace kohort::workforce {

/// What a step works with.
struct Scene {
  const StaffRates& rates;
  const partition::Following& following;
  bool whole;  ///< people are
};

/// One slab on its way through a year. In the order of falling ages it may write over the stock
/// that it starts from.
class StaffCohort {
 public:
  StaffCohort(const Scene& scene, const partition::PartSite& site, StaffStock& stock,
              StaffLedger& ledger);

  void live_through();

 private:
  void come_of_age();
  void move();
  void die();
  void leave();
  void leave(Occupation from);
  void gather_leaving(Occupation from);
  /// Lays a rate of the areas out over the draws, and lets the draws make of levers what they do.
  void gather_rates(std::span<const double> of_areas, const std::vector<DrawnLevers>& levers,
                    Occupation occupation, partition::Slab rates) const;
  bool entrants_differ() const { return ledger_.abroad_rates.parts() > 0; }
  void gather_entry_rates();
  void enter();
  /// What brings people into an occupation, in one cell.
  struct EntryRates {
    double education;  ///< persons
    double abroad;     ///< share of those who come from abroad
    double other;      ///< share of those in the labour force outside
  };
  void gather_entering();
  void gather_entering(std::size_t at, std::span<const EntryRates> rates);
  void stay_within_the_labour_force();

  /// Adds what happened to the staff of the cell to a flow.
  void record(StaffFlow flow, const partition::PartSlabs& staff);
  void record(StaffFlow flow, Occupation occupation, partition::ConstSlab staff);
  /// How many of a cell's people the labour force has room for.
  double room(std::size_t at, double people) const;

  const Scene& scene_;
  const StaffRates& rates_;
  partition::PartSite site_;
  PartAge age_;
  std::size_t draws_;
  StaffStock& stock_;
  StaffLedger& ledger_;
  partition::Follower follower_;
};

}  // namespace kohort::workforce
