// Sums of people over many sets of areas at once, one age at a time.
#pragma once

#include <cstddef>
#include <span>

#include "engine/base/axes.hpp"
#include "engine/model/model.hpp"

namespace kohort::population {

/// Adds up slabs, [group][area][draw], over sets of areas, to sums, [set][draw].
class AreaSums {
 public:
  AreaSums(std::span<const AreaSet> sets, std::size_t groups, std::size_t areas, std::size_t draws);

  std::size_t sets() const { return sets_.size(); }
  std::size_t draws() const { return draws_; }
  /// How many sums there are.
  std::size_t size() const { return sets_.size() * draws_; }
  /// How many places and draws a slab has.
  std::size_t slab() const { return groups_ * areas_ * draws_; }
  /// How many sums are of the leading sets that are the areas in their order, one each and of one
  /// group: what a slab begins with.
  std::size_t of_single() const { return single_ * draws_; }
  /// The other sets.
  std::span<const AreaSet> several() const { return sets_.subspan(single_); }
  std::size_t of_several() const { return size() - of_single(); }
  /// How many places of a slab a set has.
  std::size_t places(const AreaSet& set) const { return set.size() * groups_; }
  /// The part of a slab in which all sets lie.
  template <class Number>
  std::span<Number> used(std::span<Number> slab) const {
    return slab.subspan(first_used_, used_);
  }

  void add(std::span<const double> slab, std::span<double> sums) const;
  /// The same for the sets that are not single, to sums of these alone.
  void add_of_several(std::span<const double> slab, std::span<double> sums) const;
  /// Adds the products of two slabs for them.
  void add_products_of_several(std::span<const double> a, std::span<const double> b,
                               std::span<double> sums) const;

 private:
  void find_used();

  std::span<const AreaSet> sets_;
  std::size_t groups_;
  std::size_t areas_;
  std::size_t draws_;
  std::size_t single_ = 0;
  std::size_t first_used_ = 0;
  std::size_t used_ = 0;
};

}  // namespace kohort::population
