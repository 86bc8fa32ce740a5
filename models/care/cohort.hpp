// What happens in a year to everybody of one sex who is of one age at its end.
#pragma once

#include "models/care/step.hpp"
#include "models/partition/follower.hpp"

namespace kohort::care {

/// What a step works with.
struct Scene {
  const CareProjection& projection;
  const partition::Following& following;
};

/// Some areas of one slab on their way through a year. In the order of falling ages it may write
/// over the stock that it starts from.
class CareCohort {
 public:
  CareCohort(const Scene& scene, const partition::PartSite& site, CareStock& stock,
             CareLedger& ledger);

  /// People grow older, and some move. To be done for all areas before any of them settles.
  void set_out();
  /// Movers arrive, and whatever else happens does.
  void settle();

 private:
  void move();
  void change_state();
  void become_of_age();
  void gather_answers() const;
  void gather_chances(CareState from) const;
  bool any_levers() const;
  void pull_levers(CareState from) const;
  void pull_levers(std::size_t kind, CareState from) const;

  /// Of figures of all areas those of the areas at hand.
  std::span<const double> of_areas(std::span<const double> figures) const {
    return figures.subspan(site_.first.position(),
                           ledger_.workspace.count.size() / stock_.block.count);
  }

  const Scene& scene_;
  const CareRates& rates_;
  partition::PartSite site_;
  CareAge age_;
  CareStock& stock_;
  CareLedger& ledger_;
  partition::Follower follower_;
};

/// The shares of one sex and age in each draw, from those expected: their odds times the weights of
/// the draw, so that they sum to 1: of as many areas from the site's first on as the shares have.
/// `room` is as long as a slab of theirs.
void weigh_shares(const PrevalenceTable& table, const partition::PartSite& site, CareAge age,
                  const DeviationTable& weights, partition::PartSlabs& shares,
                  std::span<double> room);

}  // namespace kohort::care
