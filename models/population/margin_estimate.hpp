// The people of some areas by sex and age, from what is known of them in sum.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "engine/base/axes.hpp"
#include "engine/base/error.hpp"
#include "engine/table/table.hpp"

namespace kohort::population {

/// A group of ages such as 20-64.
using BroadAge = Index<struct BroadAgeAxis>;

/// Groups of ages from 0 on without gaps, the last one open.
class AgeGroups {
 public:
  /// From labels such as "0-19", "20-64", "65+", for age groups of `width` years, the last from
  /// `open_age` on. Throws `Error` (Fault::scenario), its mistakes without a place, where they
  /// leave gaps, overlap or cut an age group.
  AgeGroups(const std::vector<std::string>& labels, int width, int open_age);

  std::size_t size() const { return labels_.size(); }
  const std::vector<std::string>& labels() const { return labels_; }
  BroadAge of(Age age) const { return group_of_age_[age.position()]; }

 private:
  std::vector<std::string> labels_;
  std::vector<BroadAge> group_of_age_;
};

using AreaSexAge = Table<double, Area, Sex, Age>;

/// What is known of the areas of a county.
struct KnownMargins {
  Table<double, Sex, Age> together;  ///< of all of them
  std::vector<double> totals;        ///< of each area
  std::optional<AgeGroups> groups;
  /// By area, sex and age group; of one sex where nobody tells them apart. Empty without `groups`.
  Table<double, Area, Sex, BroadAge> broad;
};

/// What the people of a known table are in sum: what would be known of them.
KnownMargins margins_of(const AreaSexAge& people, const std::optional<AgeGroups>& groups,
                        bool broad_by_sex);

/// Where margins say different things of the same people, in words, by the codes of the areas.
/// Sums may differ by 1e-9 of them.
std::vector<std::string> contradictions(const KnownMargins& margins,
                                        const std::vector<std::string>& areas);

/// An estimate, and how near it comes to the margins.
struct MarginEstimate {
  AreaSexAge people;
  double largest_error = 0.0;  ///< of a margin, relative to it where it is above 1; before rounding
};

/// The table nearest to the seed with these margins, which must not contradict each other, by
/// iterative proportional fitting; rounded to whole people, where that is wanted, so that margins
/// of whole people are met to the person. Throws `Error` (Fault::input) where people are to be at
/// an age at which the seed has none. Source: Deming & Stephan (1940); Cox (1987).
MarginEstimate estimate_from_margins(const AreaSexAge& seed, const KnownMargins& margins,
                                     bool whole);

/// The share of an area's people that would have to change sex or age for the area to have the
/// structure of another table: the index of dissimilarity (Duncan & Duncan 1955), by area. 0 where
/// one of the two has nobody.
std::vector<double> dissimilarity(const AreaSexAge& people, const AreaSexAge& other);

}  // namespace kohort::population
