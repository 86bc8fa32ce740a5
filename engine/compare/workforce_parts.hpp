// The gap between the staff that work takes and those who are there, as how it came about.
#pragma once

#include <array>
#include <cstddef>
#include <string_view>
#include <vector>

namespace kohort::compare {

inline constexpr std::array<std::string_view, 7> workforce_part_names{
    "staff_at_start", "entry", "exit", "moves_and_deaths", "hours", "demand", "cooperation"};

/// What a year does to the staff of one occupation in one area, in persons.
struct StaffYear {
  double entrants = 0.0;
  double leavers = 0.0;  ///< who retire, leave for other work or change occupation, net
  double others = 0.0;   ///< who move in, less those who move out, emigrate or die
};

/// The staff of one occupation in one area. Heads are those of the first year; what belongs to a
/// year end stands in its order.
struct StaffCourse {
  double heads = 0.0;
  std::vector<StaffYear> years;  ///< the years after the first
  // At the end of the first year and of each of these, in full-time posts.
  std::vector<double> supply;
  std::vector<double> demand;
  std::vector<double> borrowed;
};

/// The parts of the difference of the gap, demand - supply - borrowed, at the end of each year, in
/// the order of `workforce_part_names`. Supply is heads times the mean posts per head; heads are
/// those of the first year, carried on by entrants as numbers, and by leavers and the others as
/// shares of those who are there at the year's start (as numbers where nobody is). Swapped in all
/// orders; the parts add up to the difference. Posts per head are 0 where there are no heads, and
/// then supply itself is swapped with them. Both sides have the same years.
std::vector<std::array<double, 7>> workforce_parts(const StaffCourse& first,
                                                   const StaffCourse& second);

}  // namespace kohort::compare
