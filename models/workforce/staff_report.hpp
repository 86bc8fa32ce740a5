// What the estimation of staff came to, as the result shows it.
#pragma once

#include <vector>

#include "engine/model/model.hpp"
#include "engine/model/source.hpp"
#include "models/workforce/base_stock.hpp"
#include "models/workforce/entry.hpp"
#include "models/workforce/first_year.hpp"
#include "models/workforce/staff_inputs.hpp"

namespace kohort::workforce {

/// What was estimated, beside what the inputs say.
struct EntryReport {
  const BaseStock& base;
  FirstYear first_year{};
  std::vector<double> education{};  ///< entrants of the first year, by occupation
  std::vector<double> abroad{};
  OtherEntry other{};  ///< empty where there is no first year
};

/// The estimates under `workforce/calibration`. Each is worth what the weakest of its inputs is.
std::vector<Estimate> report_staff(const Source& source, const StaffInputs& inputs,
                                   const EntryReport& report);

}  // namespace kohort::workforce
