// What care and welfare come to in the base year as expected, before anything is drawn.
#pragma once

#include "models/care/model.hpp"
#include "models/population/model.hpp"
#include "models/welfare/model.hpp"
#include "models/workforce/demand.hpp"
#include "models/workforce/demand_inputs.hpp"

namespace kohort::workforce {

/// The models that take work; null where the scenario has none of them.
struct WorkModels {
  const population::PopulationModel& population;
  const care::CareModel* care = nullptr;
  const welfare::WelfareModel* welfare = nullptr;
};

/// Units of each task in the base year, of one draw in which all is as expected.
Workload expected_units(const Frame& frame, const WorkModels& models, const Demand& demand);

/// The names of what can take work.
WorkSources work_sources(const WorkModels& models);

}  // namespace kohort::workforce
