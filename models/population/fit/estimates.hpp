// What a fit found, as tables of the result.
#pragma once

#include <string>
#include <vector>

#include "engine/model/model.hpp"
#include "models/population/fit/local_level.hpp"
#include "models/population/fit/mortality.hpp"
#include "models/population/fit/national_mortality.hpp"
#include "models/population/rates/uncertainty.hpp"

namespace kohort::population::fit {

/// An estimate by the name fit/`name`. Axes without labels are those of the result.
Estimate estimate(const std::string& name, std::string long_name, std::string unit,
                  std::vector<EstimateAxis> axes, std::vector<double> values);

/// What areas are beside their counties, and what that was found from.
std::vector<Estimate> level_estimates(const LocalLevels& levels);

/// Level and improvement by age; the indices of the method, with levels a, responses b, drift and
/// standard deviations.
std::vector<Estimate> mortality_estimates(const NationalMortality& national);

/// The course of each area's county beside the nation's; none where counties have none.
std::vector<Estimate> departure_estimates(const History& history, const NationalMortality& national,
                                          const RegionalMortality& regional);

/// The deviations of a component; nothing where there are none.
std::vector<Estimate> uncertainty_estimates(const std::string& component,
                                            const DeviationProcess& process);
/// How net migration responds to its deviations; nothing where it has none.
std::vector<Estimate> response_estimates(const ParameterUncertainty& uncertainty);

}  // namespace kohort::population::fit
