// What the population model has happen to everybody of one sex who is of one age at the year's end,
// as it happens to the parts that a model tells them apart by.
#pragma once

#include <span>
#include <vector>

#include "engine/model/frame.hpp"
#include "models/partition/events.hpp"
#include "models/partition/part_stock.hpp"
#include "models/population/ledger.hpp"
#include "models/population/state.hpp"

namespace kohort::partition {

/// What the population model says of the same block of draws.
struct People {
  const population::PopulationState& state;
  const population::PopulationLedger& events;
};

/// The numbers by which a model keeps its events apart from those of others.
struct PopulationDraws {
  Event movers;        ///< in which parts those are who move to another area
  Event emigrants;     ///< in which those are who leave the country
  Event destinations;  ///< which of the movers come to which area
  Event arrivals;      ///< in which parts those are who come from abroad
  Event deaths;        ///< in which parts those are who die
};

/// How the parts of a model follow the population: the same for all that happens in a year.
struct Following {
  const Frame& frame;
  const PartEvents& events;
  const People& people;
  const PopulationDraws& draws;
  Age first_age;       ///< the age of position 0 of the parts' table
  bool closed = true;  ///< whoever leaves an area for another arrives in one, in the same year
};

/// Room for one slab at a time, so that a step allocates nothing that grows with the draws.
struct FollowerWorkspace {
  FollowerWorkspace() = default;
  /// Room for `cells` places, areas times `draws`, at most.
  FollowerWorkspace(std::size_t parts, std::size_t cells, std::size_t draws);
  /// Makes it room for so many.
  void resize(std::size_t cells);

  PartSlabs people;   ///< those of the cell at hand
  PartSlabs leaving;  ///< moving away, or dying
  PartSlabs arriving;
  PartSlabs shares;  ///< of those who come, by part; to be set before they do
  std::vector<double> count;
  MoverPool pool;
};

/// One slab, or some areas of it, on its way through a year. In the order of falling ages it may
/// write over the stock that it starts from. Of each cell as many die, leave and come as the
/// population model has it.
class Follower {
 public:
  Follower(const Following& following, const PartSite& site, PartTable& stock,
           FollowerWorkspace& work);

  /// Those who were a year younger, and in the open age those who were there already.
  void grow_older();
  /// Takes those who move to another area out of the people: they are `leaving`, and in the pool.
  void take_movers();
  /// Takes up the people who were entered last.
  void take_up();
  /// Hands the pool's movers out to the areas, with their parts: they are `arriving`. By then those
  /// of all areas must be in it. Where areas are not closed, those who come from elsewhere have the
  /// workspace's shares.
  void bring_movers();
  /// Takes emigrants, and net losses, out of those who were there before others arrived.
  void take_emigrants();
  /// Adds those who are arriving to the people.
  void join();
  /// Adds immigrants, and net gains, who have the workspace's shares.
  void receive_immigrants();
  /// Takes those who die, with the odds of each part.
  void take_deaths(std::span<const double> odds);
  /// Makes the people the stock of their age.
  void enter();

 private:
  PartAge age() const { return PartAge(site_.age.position() - following_.first_age.position()); }
  /// Of a slab of all areas those at hand.
  template <class Number>
  std::span<Number> here(std::span<Number> slab) const {
    return slab.subspan(site_.first.position() * following_.people.state.block.count,
                        work_.count.size());
  }
  ConstSlab flow(population::Flow which) const;
  void take(Event event, ConstSlab count, std::span<const double> odds);

  const Following& following_;
  PartSite site_;
  PartTable& stock_;
  FollowerWorkspace& work_;
  PartNumbers alike_;
};

/// Throws `Error` (Fault::model) where the parts of a cell do not sum to its people, to the
/// tolerance of their precision.
struct PartsOfPeople {
  const char* name;  ///< what they are, such as "states of care"
  Age first_age;     ///< the age of position 0 of their table
};
void require_sums(const Frame& frame, const population::PopulationState& people,
                  const PartStock& stock, const PartsOfPeople& parts);

}  // namespace kohort::partition
