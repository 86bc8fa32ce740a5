// How far an area departs from its county: as its own births and deaths tell, or natural change.
#pragma once

#include <vector>

#include "models/population/fit/expected.hpp"

namespace kohort::population::fit {

/// What an area's level was found from, weakest first.
enum class LevelBasis {
  county,          ///< nothing is known: it is the county's
  natural_change,  ///< births less deaths are known, but neither of them
  own_counts,      ///< its own births, or deaths
};

/// Mortality and fertility of the areas beside that of their counties.
struct LocalLevels {
  Table<double, Area, Sex, Age> mortality;    ///< multiplies death rates
  std::vector<double> fertility;              ///< multiplies fertility rates
  std::vector<double> natural_change_factor;  ///< 1 where natural change is not used
  std::vector<LevelBasis> mortality_basis;
  std::vector<LevelBasis> fertility_basis;

  /// Every area as its county.
  LocalLevels(std::size_t areas, std::size_t ages);
};

/// The levels of all areas over the window of local levels, each from the best that is known.
///
/// Where history.area_deaths or history.area_births name an area: observed over expected by the
/// county's rates, deaths by sex where the table has it and in the bands 0-64, 65-79 and 80+ where
/// it has ages. The logarithm, of variance 1 / expected, is drawn towards 0 by empirical Bayes; how
/// much the areas really differ is learnt from all areas of the table, band by band.
///
/// Else where history.natural_change names it: one factor f by which births are multiplied and
/// deaths divided, with f B - D / f = natural change, where B and D are those that the county's
/// rates give the area's women and old people; its logarithm, of variance 1 / (B + D), is shrunk
/// between these areas. An area that is expected to have no births or no deaths tells nothing of
/// its own and gets the mean of the others.
///
/// Else, and in the closing rest, the county's.
LocalLevels local_levels(const Source& source, const ExpectedVitals& expected);

}  // namespace kohort::population::fit
