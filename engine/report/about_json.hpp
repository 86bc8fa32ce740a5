// What a page says of its scenarios beside figures: how they were made, and their goals.
#pragma once

#include <map>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "engine/report/scenario_result.hpp"

namespace kohort::report {

/// The values of a resolved scenario as they are written, by their path; what was not read is left
/// out. Lists of blocks stand in one line.
using ResolvedValues = std::map<std::string, std::string>;
ResolvedValues resolved_values(const std::string& text);

/// Title, description, file, draws, seed, program.
nlohmann::json about_json(const ScenarioResult& scenario);

/// The tables that any of them has read, each once.
nlohmann::json inputs_json(const std::vector<ScenarioResult>& scenarios);

/// The parameters in which the scenarios differ, with the value of each; null where it has none.
nlohmann::json differing_json(const std::vector<ScenarioResult>& scenarios);

/// Its goals, each with how probably it is met; an empty list where it has none.
nlohmann::json goals_json(const ScenarioResult& scenario);

}  // namespace kohort::report
