#include "engine/report/figures_json.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>
#include <optional>

#include <fmt/format.h>

#include "engine/exchange/headings.hpp"

namespace kohort::report {
namespace {

using nlohmann::json;

const std::string summary = "summary/";
/// Sums of a scenario of a batch less those of its base in the same draw, along the same axes.
const std::string difference = "difference/";

/// Of which scenarios a page has quantiles. Where there are many scenarios, those of the base alone
/// must do for most figures: a page of dozens would become too large to be sent.
enum class Spread { none, of_base_or_few, of_all };
constexpr std::size_t few = 8;

/// Sums that a page shows; they are divided by `unit` so that they need fewer digits.
struct Shown {
  std::string_view path;
  Spread spread = Spread::none;
  double unit = 1.0;
};

constexpr std::array shown = std::to_array<Shown>({
    {"population/persons", Spread::of_all},
    {"population/births"},
    {"population/deaths"},
    {"population/domestic_in"},
    {"population/domestic_out"},
    {"population/immigration"},
    {"population/emigration"},
    {"population/net_migration"},
    {"indicators/life_expectancy_female"},
    {"indicators/life_expectancy_male"},
    {"indicators/total_fertility_rate"},
    {"indicators/old_age_dependency_ratio"},
    {"indicators/mean_age"},
    {"care/users", Spread::of_base_or_few},
    {"care/queue"},
    {"care/volume", Spread::of_base_or_few},
    {"care/cost", Spread::of_base_or_few, 1e6},
    {"welfare/persons", Spread::of_base_or_few},
    {"workforce/supply_fte", Spread::of_base_or_few},
    {"workforce/demand_fte", Spread::of_base_or_few},
    {"workforce/gap_fte", Spread::of_all},
    {"workforce/recruitment_need", Spread::of_base_or_few},
});
/// What the page opens with: the first of these that there is. Of it alone are differences from the
/// base draw by draw.
constexpr std::array opens_with =
    std::to_array<std::string_view>({"workforce/gap_fte", "care/users", "population/persons"});
/// What is told apart by age groups; of the rest only all ages together are shown.
constexpr std::string_view by_age = "population/persons";

/// The only position of an axis that sums up all others, where it has any.
std::optional<std::size_t> whole(const std::vector<std::string>& labels, const std::string& label) {
  if (labels.size() == 1) return 0;
  const auto found = std::find(labels.begin(), labels.end(), label);
  if (found == labels.end()) return std::nullopt;
  return static_cast<std::size_t>(found - labels.begin());
}

std::vector<std::size_t> all_of(std::size_t count) {
  std::vector<std::size_t> positions(count);
  std::iota(positions.begin(), positions.end(), std::size_t{0});
  return positions;
}

/// Which positions of a dataset of sums are shown; none where it has no sum of both sexes or all
/// ages.
std::optional<std::vector<Kept>> kept_on_page(const ScenarioResult& scenario,
                                              const std::string& path, const Frame& frame) {
  std::vector<Kept> kept;
  for (const std::string& axis : scenario.axes(path)) {
    const std::vector<std::string> labels = scenario.labels(axis);
    if (axis == "summary_area") {
      kept.push_back({positions_of(frame.areas, labels, scenario)});
    } else if (axis == "summary_sex" ||
               (axis == "summary_age" && path != summary + std::string(by_age))) {
      const auto position = whole(labels, axis == "summary_sex" ? "both" : "all");
      if (!position) return std::nullopt;
      kept.push_back({{*position}, false});
    } else {
      kept.push_back({all_of(labels.size())});
    }
  }
  return kept;
}

json in_unit(const Figures& figures, const std::vector<Kept>& kept, double unit) {
  std::vector<double> values = kept_of(figures, kept).values;
  for (double& value : values) value /= unit;
  return rounded(values);
}

/// The mean, and beside it the quantiles in the order of their scale; null where nothing is known,
/// as of a scenario of a batch that has not what others have.
json figures_of(const ScenarioResult& scenario, const std::string& path,
                const std::vector<Kept>& kept, const Shown& of) {
  Figures figures = scenario.figures(path);
  const bool known = std::any_of(figures.values.begin(), figures.values.end(),
                                 [](double value) { return !std::isnan(value); });
  if (!known) return nullptr;
  json found{{"mean", in_unit(figures, kept, of.unit)}};
  const std::string quantiles = path + "_quantiles";
  if (of.spread == Spread::none || !scenario.has(quantiles)) return found;
  found["quantiles"] = json::array();
  for (const std::size_t at : shown_quantiles(scenario)) {
    figures.values = scenario.at(quantiles, {at});
    found["quantiles"].push_back(in_unit(figures, kept, of.unit));
  }
  return found;
}

std::vector<std::string> axes_on_page(const ScenarioResult& scenario, const std::string& path,
                                      const std::vector<Kept>& kept) {
  const std::vector<std::string> axes = scenario.axes(path);
  std::vector<std::string> shown_axes;
  for (std::size_t at = 0; at < axes.size(); ++at) {
    constexpr std::string_view summary_axis = "summary_";
    if (!kept[at].as_axis) continue;
    const bool sums = axes[at].starts_with(summary_axis);
    shown_axes.push_back(sums ? axes[at].substr(summary_axis.size()) : axes[at]);
  }
  return shown_axes;
}

/// The labels of a dataset beside years and areas, by which scenarios must agree to be compared.
std::vector<std::string> own_labels(const ScenarioResult& scenario, const std::string& path) {
  std::vector<std::string> labels;
  for (const std::string& axis : scenario.axes(path)) {
    if (axis == "year" || axis == "flow_year" || axis == "summary_area") continue;
    labels.push_back(axis);
    const std::vector<std::string> along = scenario.labels(axis);
    labels.insert(labels.end(), along.begin(), along.end());
  }
  return labels;
}

json words_of(const ScenarioResult& scenario, const std::string& path) {
  exchange::Content content;
  content.path = path;
  content.long_name = scenario.attribute(path, "long_name");
  return {{"en", exchange::content_heading(content, exchange::Words::english)},
          {"sv", exchange::content_heading(content, exchange::Words::swedish)}};
}

bool is_opening(const Scenarios& scenarios, std::string_view name) {
  const auto there = [&](std::string_view path) {
    return std::any_of(scenarios.begin(), scenarios.end(), [&](const ScenarioResult& scenario) {
      return scenario.has(summary + std::string(path));
    });
  };
  const auto* found = std::find_if(opens_with.begin(), opens_with.end(), there);
  return found != opens_with.end() && *found == name;
}

/// One dataset of sums over all scenarios; null where none has it.
json figure_json(const Scenarios& scenarios, const Frame& frame, const Shown& of) {
  const std::string path = summary + std::string(of.path);
  const std::string changes = difference + std::string(of.path);
  const auto first = std::find_if(scenarios.begin(), scenarios.end(),
                                  [&](const ScenarioResult& one) { return one.has(path); });
  if (first == scenarios.end()) return nullptr;
  const auto kept = kept_on_page(*first, path, frame);
  if (!kept) return nullptr;
  const std::vector<std::string> labels = own_labels(*first, path);
  const bool opening = is_opening(scenarios, of.path);
  std::vector<json> found;
  std::vector<json> against_base;
  for (const ScenarioResult& scenario : scenarios) {
    const bool comparable = scenario.has(path) && own_labels(scenario, path) == labels;
    const auto own = comparable ? kept_on_page(scenario, path, frame) : std::nullopt;
    Shown here = of;
    const bool spread_fits = scenarios.size() <= few || &scenario == &scenarios.front();
    if (of.spread == Spread::of_base_or_few && !spread_fits) here.spread = Spread::none;
    found.push_back(own ? figures_of(scenario, path, *own, here) : json());
    const bool known = opening && own && scenario.has(changes);
    against_base.push_back(known ? figures_of(scenario, changes, *own, of) : json());
  }
  return {{"axes", axes_on_page(*first, path, *kept)},
          {"unit", first->attribute(path, "units")},
          {"basis", first->attribute(path, "basis")},
          {"words", words_of(*first, path)},
          {"of", without_repeats(found)},
          {"against_base", without_repeats(against_base)}};
}

}  // namespace

json figures_json(const Scenarios& scenarios, const Frame& frame) {
  json figures = json::object();
  for (const Shown& of : shown) {
    json figure = figure_json(scenarios, frame, of);
    if (!figure.is_null()) figures[std::string(of.path)] = std::move(figure);
  }
  return figures;
}

json labels_json(const Scenarios& scenarios, const Frame& frame) {
  json labels{{"year", frame.years},
              {"flow_year", frame.flow_years},
              {"area", frame.areas},
              {"area_name", frame.area_names},
              {"area_kind", frame.area_kinds}};
  for (const auto& [axis, name] :
       {std::pair("age", "summary_age"), std::pair("service", "service"),
        std::pair("service_unit", "service_unit"), std::pair("occupation", "occupation"),
        std::pair("need", "need")}) {
    const auto first =
        std::find_if(scenarios.begin(), scenarios.end(),
                     [&, label = name](const auto& scenario) { return scenario.has(label); });
    if (first != scenarios.end()) labels[axis] = first->labels(name);
  }
  return labels;
}

}  // namespace kohort::report
