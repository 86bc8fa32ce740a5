// From published shares of users to shares and transitions by age, sex, area and year.
#pragma once

#include <vector>

#include "engine/model/model.hpp"
#include "engine/model/source.hpp"
#include "models/care/inputs.hpp"
#include "models/care/levers.hpp"
#include "models/care/rates.hpp"
#include "models/population/rates/rates.hpp"

namespace kohort::care {

/// The population that care is calibrated in.
struct CalibrationPeople {
  const population::AgeTable& base;  ///< of the base year
  const population::Series<population::CellTable>& dying;
};

/// What care is projected with, and what it was calibrated to.
struct Calibrated {
  CareRates rates{};
  std::vector<Estimate> estimates{};
};

/// Calibrates. Throws `Error` where shares cannot be met.
Calibrated calibrate(const Source& source, const CareInputs& inputs,
                     const CalibrationPeople& people, const std::vector<Lever>& levers);

}  // namespace kohort::care
