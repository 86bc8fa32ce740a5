// Demand that is what staff and vacant posts were in the base year.
#pragma once

#include <vector>

#include "engine/model/model.hpp"
#include "engine/model/source.hpp"
#include "models/workforce/demand.hpp"

namespace kohort::workforce {

/// Full-time posts of the base year, as expected, of all areas: what the tasks of municipalities
/// take, and what staff can fill.
struct BasePosts {
  const StaffAmounts& demand;
  const StaffAmounts& supply;
};

/// Where workforce.calibrate_demand says so, multiplies the demand for each occupation by
///   supply / (1 - vacancy) / demand,
/// all areas together; reports these factors (1 where it does not), and the available hours of
/// a full-time post. Throws `Error` (Fault::scenario) where no task takes an occupation that has
/// staff.
std::vector<Estimate> calibrate_demand(const Source& source,
                                       const std::vector<std::string>& occupations,
                                       const BasePosts& base, Demand& demand);

}  // namespace kohort::workforce
