// What demand for staff is reckoned with, once read.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "models/workforce/demand_parameters.hpp"
#include "models/workforce/occupations.hpp"

namespace kohort::workforce {

/// Work that a service or a need takes, in the order of the scenario.
using Task = Index<struct TaskAxis>;

struct TaskDescription {
  std::string name{};
  Employer employer = Employer::municipality;
  bool of_care = true;       ///< of a service of care; else of a need of welfare
  std::size_t position = 0;  ///< which service, or which need
};

/// Full-time posts for a unit.
using PostTable = Table<double, Task, Occupation, Area>;

struct DemandRates {
  std::vector<TaskDescription> tasks{};
  /// At each 31 December from the base year's on, levers and divisions in it.
  std::vector<PostTable> posts{};
};

}  // namespace kohort::workforce
