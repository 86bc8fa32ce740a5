// What happens in a year to everybody of one sex who is of one age at its end.
#pragma once

#include <span>

#include "models/care/events.hpp"
#include "models/care/step.hpp"

namespace kohort::care {

/// What a step works with.
struct Scene {
  const CareProjection& projection;
  const CareEvents& events;
  const People& people;
};

/// One slab on its way through a year. In the order of falling ages it may write over the stock
/// that it starts from.
class CareCohort {
 public:
  CareCohort(const Scene& scene, const CareSite& site, CareStock& stock, CareLedger& ledger);

  void live_through();

 private:
  void grow_older();
  void move();
  void come();
  void die();
  void change_state();
  void become_of_age();
  void enter();

  Slab stock(CareState state, CareAge age) const;
  ConstSlab flow(population::Flow which) const;
  void take(Drawn drawn, ConstSlab count, std::span<const double> odds);
  void spread_shares(const PrevalenceTable& table) const;
  void gather_chances(CareState from) const;
  void pull_levers(CareState from) const;

  const Scene& scene_;
  const Frame& frame_;
  const CareRates& rates_;
  CareSite site_;
  CareAge age_;
  CareStock& stock_;
  CareLedger& ledger_;
  StateNumbers alike_;
};

/// The shares of one sex and age in each draw, from those expected: their odds times the weights of
/// the draw, so that they sum to 1.
void weigh_shares(const PrevalenceTable& table, Sex sex, CareAge age, const DeviationTable& weights,
                  StateSlabs& shares);

}  // namespace kohort::care
