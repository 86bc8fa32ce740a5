// A standard profile of need by age: its shape comes from where five-year groups are published, its
// level from elsewhere.
#pragma once

#include <vector>

namespace kohort::care {

/// The share with care in each group of ages, all above 0 and below 1.
struct GroupedShares {
  std::vector<int> first_ages;  ///< of each group, rising, at least two; the last group is open
  std::vector<double> shares;   ///< as many, as parts of 1
  int open_width = 5;           ///< years as which the open group counts to find its middle
};

/// The logit of the share by single age, from `first_age` to `open_age`, both included. The share
/// of a group holds at its middle, (first + next first) / 2 in exact age; a single age, the last
/// too, has its middle at age + 1/2. Between middles the logit is linear, and beyond the first and
/// last of them it goes on with the slope of the nearest two. Adding a number moves the level of
/// such a profile, multiplying it changes its steepness: the relational logit system of Brass
/// (1971), On the scale of mortality, in Biological Aspects of Demography. Throws `Error`
/// (Fault::input) on shares that have no logit, groups that do not rise or are fewer than two, and
/// `std::invalid_argument` on lengths that differ, an open group without width, and an open age
/// below the first.
std::vector<double> logit_profile(const GroupedShares& groups, int first_age, int open_age);

}  // namespace kohort::care
