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

/// One slab on its way through a year. In the order of falling ages it may write over the stock
/// that it starts from.
class CareCohort {
 public:
  CareCohort(const Scene& scene, const partition::PartSite& site, CareStock& stock,
             CareLedger& ledger);

  void live_through();

 private:
  void move();
  void change_state();
  void become_of_age();
  void gather_answers() const;
  void gather_chances(CareState from) const;
  bool any_levers() const;
  void pull_levers(CareState from) const;
  void pull_levers(std::size_t kind, CareState from) const;

  const Scene& scene_;
  const CareRates& rates_;
  partition::PartSite site_;
  CareAge age_;
  CareStock& stock_;
  CareLedger& ledger_;
  partition::Follower follower_;
};

/// The shares of one sex and age in each draw, from those expected: their odds times the weights of
/// the draw, so that they sum to 1.
void weigh_shares(const PrevalenceTable& table, Sex sex, CareAge age, const DeviationTable& weights,
                  partition::PartSlabs& shares);

}  // namespace kohort::care
