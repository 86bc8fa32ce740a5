// What all scenarios of a page have in common: years and areas.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "engine/report/scenario_result.hpp"

namespace kohort::report {

using Scenarios = std::vector<ScenarioResult>;

/// The areas of a page: those that are projected, the groups of them, and last all of them together
/// without the rest of the country.
struct Frame {
  std::vector<std::string> areas;  ///< codes, as along `summary_area`
  std::vector<std::string> area_names;
  std::vector<std::string> area_kinds;  ///< area, group, all
  std::vector<std::string> years;
  std::vector<std::string> flow_years;
};

/// Throws `Error` (Fault::scenario) where the scenarios are not of the same areas and years, as
/// they could not stand side by side; (Fault::storage) where a file has no sums, as of estimates
/// alone.
Frame frame_of(const Scenarios& scenarios);

/// Where labels stand among others. Throws `Error` (Fault::storage) where one does not.
std::vector<std::size_t> positions_of(const std::vector<std::string>& labels,
                                      const std::vector<std::string>& among,
                                      const ScenarioResult& scenario);

/// Which quantiles of a scenario a page shows: all but the median, as it draws the mean and bands.
std::vector<std::size_t> shown_quantiles(const ScenarioResult& scenario);

/// A number as a page needs it: three digits that tell, and all of those before the decimal point.
nlohmann::json rounded(double value);
nlohmann::json rounded(const std::vector<double>& values);

/// Of each scenario what it has, or the number of an earlier scenario that has the same.
nlohmann::json without_repeats(const std::vector<nlohmann::json>& of_scenarios);

}  // namespace kohort::report
