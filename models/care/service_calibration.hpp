// Services that meet what was counted of them in the base year.
#pragma once

#include <vector>

#include "engine/model/model.hpp"
#include "engine/model/source.hpp"
#include "models/care/service_inputs.hpp"
#include "models/population/rates/rates.hpp"

namespace kohort::care {

/// People by state in the base year are those of `base` times `shares`.
struct BaseStates {
  const population::AgeTable& base;
  const PrevalenceTable& shares;
};

/// Rates of services after calibration, and what is reported of it.
struct CalibratedServices {
  ServiceRates rates{};
  std::vector<Estimate> estimates{};
};

/// Multiplies use and units per user of each service by one factor for each area, so that users and
/// their mean units are those counted, and reports the factors. Throws `Error` (Fault::scenario)
/// where users were counted and nobody is in the states that use the service.
CalibratedServices calibrate_services(const Source& source, const CareFrame& care,
                                      ServiceInputs inputs, const BaseStates& people);

}  // namespace kohort::care
