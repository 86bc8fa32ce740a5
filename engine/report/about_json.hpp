// What a page says of its scenarios beside figures: how they were made, and their goals.
#pragma once

#include <nlohmann/json.hpp>

#include "engine/report/scenario_result.hpp"

namespace kohort::report {

/// Title, file, draws, seed, program, tables read, the resolved scenario.
nlohmann::json about_json(const ScenarioResult& scenario);

/// Its goals, each with how probably it is met; an empty list where it has none.
nlohmann::json goals_json(const ScenarioResult& scenario);

}  // namespace kohort::report
