// The rates of staff, from what a scenario says of them.
#pragma once

#include <vector>

#include "engine/model/model.hpp"
#include "engine/model/source.hpp"
#include "models/population/model.hpp"
#include "models/workforce/base_stock.hpp"
#include "models/workforce/rates.hpp"
#include "models/workforce/staff_inputs.hpp"

namespace kohort::workforce {

/// Rates, and all that was estimated on the way to them.
struct StaffEstimate {
  StaffRates rates{};
  std::vector<Estimate> estimates{};
};

/// Staff of the base year, and how they come and go in each interval, levers included. Throws
/// `Error` where the inputs contradict each other or the people of the base year.
StaffEstimate estimate_staff(const Source& source, const StaffInputs& inputs,
                             const population::PopulationModel& population,
                             const AllocationWeights& weights);

}  // namespace kohort::workforce
