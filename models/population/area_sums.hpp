// Sums of people over many sets of areas at once, one age at a time.
#pragma once

#include <cstddef>
#include <span>

#include "engine/base/axes.hpp"
#include "engine/model/model.hpp"

namespace kohort::population {

/// Adds up slabs, [group][area][draw], over sets of areas, to sums, [set][draw]. All sets are
/// served by one walk along a slab, as it lies in memory.
class AreaSums {
 public:
  AreaSums(std::span<const AreaSet> sets, std::size_t groups, std::size_t areas, std::size_t draws);

  std::size_t sets() const { return sets_.size(); }
  std::size_t draws() const { return draws_; }
  /// How many sums there are.
  std::size_t size() const { return sets_.size() * draws_; }
  /// The leading sets that are the areas in their order, one each and of one group: their sums are
  /// what a slab begins with.
  std::size_t single() const { return single_; }
  /// Where the draws of the first place of a set begin in a slab.
  std::size_t first_place(std::size_t set) const { return sets_[set].front().position() * draws_; }
  /// How many places of a slab a set has.
  std::size_t places(std::size_t set) const { return sets_[set].size() * groups_; }

  void add(std::span<const double> slab, std::span<double> sums) const;
  /// The same for the sets that are not single.
  void add_of_several(std::span<const double> slab, std::span<double> sums) const;
  /// Adds the products of two slabs for them.
  void add_products_of_several(std::span<const double> a, std::span<const double> b,
                               std::span<double> sums) const;

 private:
  /// Calls `act(place, set)` with each place of those sets that are not single: where its draws
  /// begin in a slab, and those of the set among the sums.
  template <class Act>
  void for_each_place(Act&& act) const;

  std::span<const AreaSet> sets_;
  std::size_t groups_;
  std::size_t areas_;
  std::size_t draws_;
  std::size_t single_ = 0;
};

}  // namespace kohort::population
