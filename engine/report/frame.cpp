#include "engine/report/frame.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "engine/base/error.hpp"

namespace kohort::report {
namespace {

bool has(const std::vector<std::string>& labels, const std::string& label) {
  return std::find(labels.begin(), labels.end(), label) != labels.end();
}

[[noreturn]] void refuse(Fault fault, const ScenarioResult& scenario, const std::string& what,
                         const std::string& remedy) {
  throw Error(fault, Mistake{{scenario.reader().file(), 0, 0}, what, remedy});
}

Frame frame_of_one(const ScenarioResult& scenario) {
  if (!scenario.has("summary/population/persons")) {
    refuse(Fault::storage, scenario, "it has no sums by areas and ages",
           "name a result that `kohort run` or `kohort batch` has written");
  }
  Frame frame;
  frame.years = scenario.labels("year");
  frame.flow_years = scenario.labels("flow_year");
  const std::vector<std::string> codes = scenario.labels("summary_area");
  const std::vector<std::string> names = scenario.labels("summary_area_name");
  const std::vector<std::string> kinds = scenario.labels("summary_area_kind");
  if (names.size() != codes.size() || kinds.size() != codes.size()) {
    refuse(Fault::storage, scenario, "there are more areas than names or kinds of them, or fewer",
           "name a result that a run has written");
  }
  const std::string all = has(codes, "all_but_rest") ? "all_but_rest" : "all";
  for (std::size_t at = 0; at < codes.size(); ++at) {
    if (kinds[at] == "rest" || (kinds[at] == "all" && codes[at] != all)) continue;
    frame.areas.push_back(codes[at]);
    frame.area_names.push_back(names[at]);
    frame.area_kinds.push_back(kinds[at]);
  }
  return frame;
}

}  // namespace

Frame frame_of(const Scenarios& scenarios) {
  Frame frame = frame_of_one(scenarios.front());
  for (const ScenarioResult& scenario : scenarios) {
    const Frame other = frame_of_one(scenario);
    const std::string first = scenarios.front().reader().file();
    const std::string remedy = "make a page of its own for it";
    if (other.areas != frame.areas) {
      refuse(Fault::scenario, scenario, "its areas are others than those of " + first, remedy);
    }
    if (other.years != frame.years || other.flow_years != frame.flow_years) {
      refuse(Fault::scenario, scenario,
             fmt::format("it is of {}-{} and {} of {}-{}, or of other steps", other.years.front(),
                         other.years.back(), first, frame.years.front(), frame.years.back()),
             remedy);
    }
  }
  return frame;
}

std::vector<std::size_t> positions_of(const std::vector<std::string>& labels,
                                      const std::vector<std::string>& among,
                                      const ScenarioResult& scenario) {
  std::vector<std::size_t> positions;
  for (const std::string& label : labels) {
    const auto found = std::find(among.begin(), among.end(), label);
    if (found == among.end()) {
      refuse(Fault::storage, scenario, "it has no figures of '" + label + "'",
             "name a result that a run has written");
    }
    positions.push_back(static_cast<std::size_t>(found - among.begin()));
  }
  return positions;
}

std::vector<std::size_t> shown_quantiles(const ScenarioResult& scenario) {
  std::vector<std::size_t> shown;
  if (!scenario.has("quantile")) return shown;
  const std::vector<double> shares = scenario.reader().values("quantile");
  for (std::size_t at = 0; at < shares.size(); ++at) {
    if (shares[at] != 0.5) shown.push_back(at);
  }
  return shown;
}

nlohmann::json rounded(double value) {
  constexpr int digits = 3;
  if (!std::isfinite(value)) return nullptr;
  if (value == 0.0) return 0;
  const int before_point = static_cast<int>(std::floor(std::log10(std::abs(value)))) + 1;
  const double scale = std::pow(10.0, std::clamp(digits - before_point, 0, 6));
  const double whole = std::round(value * scale);
  const double near = whole / scale;
  if (near == std::floor(near)) return static_cast<std::int64_t>(near);
  return near;
}

nlohmann::json rounded(const std::vector<double>& values) {
  nlohmann::json list = nlohmann::json::array();
  for (const double value : values) list.push_back(rounded(value));
  return list;
}

nlohmann::json without_repeats(const std::vector<nlohmann::json>& of_scenarios) {
  nlohmann::json list = nlohmann::json::array();
  for (auto own = of_scenarios.begin(); own != of_scenarios.end(); ++own) {
    const auto same = std::find(of_scenarios.begin(), own, *own);
    if (same == own || own->is_null()) {
      list.push_back(*own);
    } else {
      list.push_back(same - of_scenarios.begin());
    }
  }
  return list;
}

}  // namespace kohort::report
