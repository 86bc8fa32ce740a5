// Who of a cell is meant by what the population model says of it as a whole: as many of each part
// as expected, or as chance has it. The steps of a model are the same for both.
#pragma once

#include <span>
#include <vector>

#include "engine/base/axes.hpp"
#include "engine/random/stream.hpp"
#include "models/partition/parts.hpp"

namespace kohort::partition {

/// Which people events are for, by age at the end of the interval.
struct PartSite {
  Interval interval;
  Sex sex;
  Age age;
  Area first{};  ///< of the areas that the slabs are of
};

/// Those of one sex and age who leave one area for another, all areas together: by part [draw].
struct MoverPool {
  MoverPool() = default;
  MoverPool(std::size_t parts, std::size_t draws) : in(parts, draws), shares(parts * draws) {}

  void clear() { in.clear(); }
  /// Adds those who leave some areas. Areas are to come in their order.
  void add(const PartSlabs& leaving);

  PartSlabs in{};
  std::vector<double> shares{};  ///< room for the shares of the parts
};

/// Turns numbers, [part][draw], into the shares of all parts together; of nobody they are 0.
void shares_of_pool(std::span<double> numbers, std::size_t draws);

/// A way out of a part that somebody may take; at most one is.
struct Change {
  Part to;
  ConstSlab chance;  ///< of those in the part that is left
  Slab changing;     ///< how many do
};

/// What the people are who change, and which number keeps their event apart from others.
struct Changers {
  Part from;
  Event event;
  ConstSlab people;
};

/// Turns what is known of a cell into what happens in its parts. Every function sets what it is to
/// write, and what it parts adds up to the whole.
class PartEvents {
 public:
  virtual ~PartEvents() = default;

  /// Takes `taken` of the people of each cell, no matter in which part they are but for the `odds`
  /// of each part, and without replacement.
  virtual void take(const PartSite& site, Event event, ConstSlab taken,
                    std::span<const double> odds, const PartSlabs& people,
                    PartSlabs& taken_of) const = 0;

  /// Divides people between parts with the given shares, which sum to 1 in each cell.
  virtual void divide(const PartSite& site, Event event, ConstSlab people, const PartSlabs& shares,
                      PartSlabs& divided) const = 0;

  /// Hands the people of a pool out to the areas: so many to each, whoever they are. The pool has
  /// as many as arrive. Areas are to come in their order.
  virtual void hand_out(const PartSite& site, Event event, MoverPool& pool, ConstSlab arriving,
                        PartSlabs& arrivals) const = 0;

  /// Parts those in one part between changes and staying.
  virtual void change(const PartSite& site, const Changers& changers,
                      std::span<const Change> changes, Slab staying) const = 0;
};

}  // namespace kohort::partition
