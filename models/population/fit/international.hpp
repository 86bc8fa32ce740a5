// International migration from history: the nation's account by age, the areas' by their totals.
#pragma once

#include <vector>

#include "models/population/fit/area_migration.hpp"
#include "models/population/rates/rates.hpp"

namespace kohort::population::fit {

/// Emigration and immigration in the window, by age at the year's end.
struct InternationalFit {
  SexAge emigration_rates;              ///< of the nation
  SexAge immigrants;                    ///< of the nation, persons a year
  std::vector<double> area_immigrants;  ///< those of each area, who have the nation's ages
  /// Each area's emigration beside that of its people at the nation's rates: above 1 where more
  /// leave than its net migration allows for.
  std::vector<double> emigration_factor;
  SexAge national_emigrants;  ///< persons a year
  double moved = 0.0;  ///< of these, moved between ages so that no age has negative immigrants

  // The same year by year, for the uncertainty.
  Yearly<> national_immigrants;
  Yearly<Area> yearly_immigrants;  ///< estimates, below 0 where the net is very negative
  /// The variance that chance alone gives these, but for that of the immigrants themselves.
  Yearly<Area> yearly_chance;
  std::vector<double> emigration_levels;  ///< log of the emigrants beside those at the mean rates
};

/// What is seen is net. The nation's net migration by age is what its account leaves over; its
/// emigrants are the published number, spread over ages by the schedule of emigration, but nowhere
/// fewer than a negative net asks for; immigrants are net plus emigrants, by age. An area's
/// international net is its whole net migration less its domestic net; its emigrants are its people
/// at the nation's rates, the newborn included, or more where that net asks for it, and its
/// immigrants the sum, with the nation's ages. So gross flows of areas are estimates that meet
/// their known net. The rest of the country has what the nation has beyond the other areas; without
/// a rest all areas are scaled to the nation.
/// Throws `Error` (Fault::input) where no gross flows of this kind exist.
InternationalFit fit_international(const Source& source, const AreaHistory& areas);

}  // namespace kohort::population::fit
