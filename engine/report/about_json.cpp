#include "engine/report/about_json.hpp"

#include <algorithm>
#include <filesystem>
#include <set>
#include <sstream>
#include <string_view>

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

std::string resolved_text(const ScenarioResult& scenario) {
  const std::string of_batch = along_scenarios(scenario, "scenario_resolved");
  return of_batch.empty() ? scenario.reader().text("scenario").value_or("") : of_batch;
}

/// A text of a scenario without its quotes; TOML writes such texts as JSON does.
std::string unquoted(const ResolvedValues& values, const std::string& path) {
  const auto found = values.find(path);
  if (found == values.end()) return "";
  const json text = json::parse(found->second, nullptr, false);
  return text.is_string() ? text.get<std::string>() : found->second;
}

/// Says of a scenario what it is, not what it does.
bool is_name(const std::string& path) {
  return path == "title" || path == "description" || path == "external";
}

}  // namespace

ResolvedValues resolved_values(const std::string& text) {
  ResolvedValues values;
  std::string folder;
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with('[')) {
      folder = line.substr(1, line.find(']') - 1) + ".";
      continue;
    }
    constexpr std::string_view assigned = " = ";
    const std::size_t at = line.find(assigned);
    if (line.starts_with('#') || at == std::string::npos) continue;
    const std::size_t from = at + assigned.size();
    values[folder + line.substr(0, at)] = line.substr(from, line.rfind("  # ") - from);
  }
  return values;
}

json about_json(const ScenarioResult& scenario) {
  const store::Reader& reader = scenario.reader();
  const ResolvedValues values = resolved_values(resolved_text(scenario));
  json shares = json::array();
  for (const std::size_t at : shown_quantiles(scenario)) {
    shares.push_back(reader.values("quantile")[at]);
  }
  return {{"name", along_scenarios(scenario, "scenario")},
          {"title", unquoted(values, "title")},
          {"description", unquoted(values, "description")},
          {"external", unquoted(values, "external") == "true"},
          {"of", reader.text("title").value_or("")},
          {"file", std::filesystem::path(reader.file()).filename().string()},
          {"draws", reader.number("draws").value_or(1)},
          {"seed", reader.number("seed").value_or(0)},
          {"program", reader.text("program_version").value_or("")},
          {"commit", reader.text("git_commit").value_or("")},
          {"content", reader.text("content_sha256").value_or("")},
          {"quantiles", shares}};
}

json inputs_json(const std::vector<ScenarioResult>& scenarios) {
  json all = json::array();
  for (const ScenarioResult& scenario : scenarios) {
    for (const json& input : inputs_of(scenario.reader())) {
      if (std::find(all.begin(), all.end(), input) == all.end()) all.push_back(input);
    }
  }
  return all;
}

json differing_json(const std::vector<ScenarioResult>& scenarios) {
  std::vector<ResolvedValues> values;
  std::set<std::string> paths;
  for (const ScenarioResult& scenario : scenarios) {
    values.push_back(resolved_values(resolved_text(scenario)));
    for (const auto& [path, value] : values.back()) paths.insert(path);
  }
  const auto value_of = [](const ResolvedValues& of, const std::string& path) {
    const auto found = of.find(path);
    return found == of.end() ? json() : json(found->second);
  };
  json differing = json::array();
  for (const std::string& path : paths) {
    json row = json::array();
    for (const ResolvedValues& of : values) row.push_back(value_of(of, path));
    const bool alike = std::all_of(row.begin(), row.end(),
                                   [&](const json& value) { return value == row.front(); });
    if (!alike && !is_name(path)) differing.push_back({{"path", path}, {"values", row}});
  }
  return differing;
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
