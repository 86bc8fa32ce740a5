// Single years of age from broad age groups.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace kohort {

/// Persons by single year of age.
struct Graduated {
  std::vector<double> persons;  ///< from age 0; the last is the open group where there is one
  /// Groups in which the formula gave somebody less than 0. There the negative ages are 0 and the
  /// others of the group are scaled to its total.
  std::vector<std::size_t> mended;
};

/// How the last of the groups ends.
enum class LastGroup {
  closed,  ///< five years of age as the others
  open,    ///< all older, kept as one number
};

/// Beers's ordinary six-term formula: fifth parts of groups of five years from age 0. `groups`
/// holds five closed groups or more, besides an open one. The parts of each group sum to it.
/// Throws `std::invalid_argument` on fewer groups, `Error` (Fault::input) on a negative one.
/// Source: Beers (1945), The Record of the American Institute of Actuaries 34(69), with the
/// coefficients as in Siegel & Swanson (2004), The Methods and Materials of Demography, appendix C.
Graduated beers_ordinary(std::span<const double> groups, LastGroup last);

/// The same where those of age 0 are known: `infants`, then groups 1-4, 5-9, ... Ages 2 to 8 follow
/// from the infants' neighbours by Johnson's coefficients, ages 1 and 9 on as in the formula of
/// Beers; ages 0-4 still sum to the first two groups and 5-9 to theirs. Throws as `beers_ordinary`.
/// Source: United States Census Bureau, Demographic Analysis and Population Projection System
/// (DAPPS), worksheet BEERSP (P. Johnson, 2016).
Graduated beers_with_infants(std::span<const double> abridged, LastGroup last);

/// Divides each broad group by a pattern over its single ages, keeping its sum: single age =
/// group * pattern / sum of the pattern over the group. `first` holds the place in `pattern` at
/// which each group begins, the first 0, rising; the last group reaches to the pattern's end.
/// Throws `std::invalid_argument` on lengths or places that do not fit, and `Error` (Fault::input)
/// on negative numbers and on a group above 0 whose pattern is all 0.
std::vector<double> split_groups(std::span<const double> groups, std::span<const std::size_t> first,
                                 std::span<const double> pattern);

}  // namespace kohort
