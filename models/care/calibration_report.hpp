// What care was calibrated to, for the result.
#pragma once

#include <string>
#include <vector>

#include "engine/model/model.hpp"
#include "engine/model/source.hpp"
#include "models/care/course.hpp"
#include "models/care/inputs.hpp"
#include "models/care/levels.hpp"
#include "models/care/rates.hpp"

namespace kohort::care {

/// All that a report is made from.
struct CalibrationFacts {
  const Source& source;
  const CareInputs& inputs;
  const AreaLevels& levels;
  const NationalCourse& course;
  const CareRates& rates;
};

/// By which definitions, of which years, the nation's users are counted in the base year.
std::string definition_of(const CareInputs& inputs);

std::vector<Estimate> calibration_report(const CalibrationFacts& facts);

}  // namespace kohort::care
