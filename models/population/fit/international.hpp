// International migration from history: the nation's account by age, the areas' by their totals.
#pragma once

#include <vector>

#include "models/population/fit/flows.hpp"
#include "models/population/fit/municipal.hpp"
#include "models/population/fit/schedules.hpp"

namespace kohort::population::fit {

/// Emigration rates, alike everywhere, and immigrants of each area.
struct InternationalFit {
  CellTable emigrating;
  AgeTable immigrants;                  ///< persons a year, by age at the year's end
  std::vector<double> area_immigrants;  ///< their sums
};

/// What is seen is net. The nation's net migration by age is what its account leaves over; its
/// emigrants are the published number, spread over ages by the schedule of emigration; immigrants
/// are net plus emigrants, by age. An area's international net is its whole net migration less its
/// domestic net; its emigrants are its people at the nation's rates, and its immigrants the sum,
/// with the nation's ages. So gross flows of areas are estimates that meet their known net.
/// `natural_change_factor` serves areas whose net migration no table gives.
InternationalFit fit_international(const Source& source, const History& history,
                                   const MunicipalHistory& municipal, const FlowTable& flows,
                                   const Schedules& schedules);

}  // namespace kohort::population::fit
