// The work that care takes, as a scenario has it.
#pragma once

#include <string>
#include <vector>

#include "engine/model/source.hpp"
#include "models/workforce/demand_rates.hpp"
#include "models/workforce/levers.hpp"
#include "models/workforce/occupations.hpp"
#include "models/workforce/working_year.hpp"

namespace kohort::workforce {

/// What can take work, by name and in the order of their models.
struct WorkSources {
  std::vector<std::string> services{};
  std::vector<std::string> needs{};
};

/// By occupation.
std::vector<WorkingYear> read_working_years(const Source& source,
                                            const std::vector<std::string>& occupations);

/// Posts for a unit of each task. Levers and divisions begin in the first projected year. Throws
/// `Error` where the scenario or a table is wrong, with all that is.
DemandRates read_demand(const Source& source, const std::vector<std::string>& occupations,
                        const WorkSources& work, const std::vector<Lever>& levers);

}  // namespace kohort::workforce
