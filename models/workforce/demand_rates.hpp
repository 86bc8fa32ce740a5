// What demand for staff is reckoned with, once read.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "models/workforce/demand_parameters.hpp"
#include "models/workforce/occupations.hpp"
#include "models/workforce/working_year.hpp"

namespace kohort::workforce {

/// Work that a service or a need takes, in the order of the scenario.
using Task = Index<struct TaskAxis>;

/// Work that staff are needed for: of a service, or of a need of welfare.
struct TaskDescription {
  std::string name{};
  Employer employer = Employer::municipality;
  bool of_care = true;       ///< of a service of care; else of a need of welfare
  std::size_t position = 0;  ///< which service, or which need
};

/// Full-time posts for a unit.
using PostTable = Table<double, Task, Occupation, Area>;

/// Levers on the work of a post, by occupation; of each kind none where draws do not differ in
/// them.
struct PostEffects {
  std::vector<std::vector<Effect>> absence{};
  std::vector<std::vector<Effect>> productivity{};
  std::vector<WorkingYear> years{};

  bool any() const { return !absence.empty() || !productivity.empty(); }
};

/// Posts that each unit of a task takes, year by year.
struct DemandRates {
  std::vector<TaskDescription> tasks{};
  /// At each 31 December from the base year's on, levers and divisions in it.
  std::vector<PostTable> posts{};
  PostEffects effects{};
};

}  // namespace kohort::workforce
