// What a fit found, as tables of the result.
#pragma once

#include <string>
#include <vector>

#include "engine/model/model.hpp"
#include "models/population/fit/national_mortality.hpp"
#include "models/population/rates/uncertainty.hpp"

namespace kohort::population::fit {

/// An estimate by the name fit/`name`. Axes without labels are those of the result.
Estimate estimate(const std::string& name, std::string long_name, std::string unit,
                  std::vector<EstimateAxis> axes, std::vector<double> values);

/// Level and improvement by age; the indices of the method, with levels a, responses b, drift and
/// standard deviations.
std::vector<Estimate> mortality_estimates(const NationalMortality& national);

/// The deviations of a component; nothing where there are none.
std::vector<Estimate> uncertainty_estimates(const std::string& component,
                                            const DeviationProcess& process);

}  // namespace kohort::population::fit
