#include "engine/report/about_json.hpp"

#include <filesystem>

#include "engine/report/frame.hpp"

namespace kohort::report {
namespace {

using nlohmann::json;

/// What stands along the scale of scenarios at this one; empty where nothing does.
std::string along_scenarios(const ScenarioResult& scenario, const std::string& name) {
  if (!scenario.position()) return "";
  const std::vector<std::string> texts = scenario.labels(name);
  return *scenario.position() < texts.size() ? texts[*scenario.position()] : "";
}

/// The tables read, by the name of each and what is known of it; none where the file does not say.
json inputs_of(const store::Reader& reader) {
  const json parsed = json::parse(reader.text("inputs").value_or("[]"), nullptr, false);
  return parsed.is_array() ? parsed : json::array();
}

json at_goal(const ScenarioResult& scenario, const std::string& path, std::size_t goal) {
  if (!scenario.has(path)) return nullptr;
  const Figures figures = scenario.figures(path);
  const std::size_t goals = scenario.labels("goal").size();
  const std::size_t width = figures.values.size() / goals;
  return rounded(std::vector<double>(
      figures.values.begin() + static_cast<std::ptrdiff_t>(goal * width),
      figures.values.begin() + static_cast<std::ptrdiff_t>((goal + 1) * width)));
}

}  // namespace

json about_json(const ScenarioResult& scenario) {
  const store::Reader& reader = scenario.reader();
  const std::string resolved = along_scenarios(scenario, "scenario_resolved");
  return {
      {"name", along_scenarios(scenario, "scenario")},
      {"of", reader.text("title").value_or("")},
      {"file", std::filesystem::path(reader.file()).filename().string()},
      {"draws", reader.number("draws").value_or(1)},
      {"seed", reader.number("seed").value_or(0)},
      {"program", reader.text("program_version").value_or("")},
      {"commit", reader.text("git_commit").value_or("")},
      {"content", reader.text("content_sha256").value_or("")},
      {"resolved", resolved.empty() ? reader.text("scenario").value_or("") : resolved},
      {"quantiles", reader.has("quantile") ? rounded(reader.values("quantile")) : json::array()},
      {"inputs", inputs_of(reader)}};
}

json goals_json(const ScenarioResult& scenario) {
  json goals = json::array();
  const std::vector<std::string> names = scenario.labels("goal");
  for (std::size_t goal = 0; goal < names.size(); ++goal) {
    json one{{"name", names[goal]}};
    for (const char* text : {"of", "kind", "area", "ages", "sex", "per_head_of", "relative_to",
                             "side", "bound", "year", "holds"}) {
      const std::vector<std::string> texts = scenario.labels("goal_" + std::string(text));
      one[text] = goal < texts.size() ? texts[goal] : "";
    }
    for (const char* figure : {"figure", "probability", "first_year"}) {
      one["result"][figure] = at_goal(scenario, "goals/" + std::string(figure), goal);
    }
    // In a batch the goals of others stand beside a scenario's own, and nothing is told of them.
    const json& probability = one["result"]["probability"];
    if (probability.is_array() && !probability[0].is_null()) goals.push_back(one);
  }
  return goals;
}

}  // namespace kohort::report
