#include <algorithm>
#include <cmath>
#include <string>

#include "engine/report/figures_json.hpp"

namespace kohort::report {
namespace {

using nlohmann::json;

const std::string persons = "population/persons";
const std::string spread = "population/persons_quantiles";
/// Cells above which a page would grow too large: ages are then put together by five, and above
/// five times as many only every fifth year is shown. A county of 15 municipalities over 26 years
/// stays below.
constexpr std::size_t most_cells = 80000;
constexpr std::size_t step = 5;

/// How persons of a year lie in the file, projected areas before the rest, and what is shown.
struct Grid {
  std::vector<std::size_t> years;
  std::size_t areas = 0;  ///< without the rest
  std::size_t groups = 1;
  std::size_t sexes = 1;
  std::size_t ages = 1;
  std::size_t ages_together = 1;

  std::size_t age_groups() const { return (ages + ages_together - 1) / ages_together; }
};

Grid grid_of(const ScenarioResult& scenario) {
  Grid grid;
  const std::vector<std::string> kinds = scenario.labels("area_kind");
  grid.areas = static_cast<std::size_t>(std::count(kinds.begin(), kinds.end(), "area"));
  const std::vector<std::string> axes = scenario.axes(persons);
  if (std::find(axes.begin(), axes.end(), "group") != axes.end()) {
    grid.groups = scenario.labels("group").size();
  }
  grid.sexes = scenario.labels("sex").size();
  grid.ages = scenario.labels("age").size();
  const std::size_t years = scenario.labels("year").size();
  const std::size_t cells = years * grid.areas * grid.sexes * grid.ages;
  if (cells > most_cells) grid.ages_together = step;
  const std::size_t year_step = cells > step * most_cells ? step : 1;
  for (std::size_t year = 0; year < years; year += year_step) grid.years.push_back(year);
  return grid;
}

/// Adds persons of a year, [area, group, sex, age], up to whole people by [area, sex, age group].
void add_year(json& list, const std::vector<double>& of_year, const Grid& grid) {
  std::vector<double> sums(grid.areas * grid.sexes * grid.age_groups(), 0.0);
  for (std::size_t row = 0; row < grid.areas * grid.groups * grid.sexes; ++row) {
    const std::size_t area = row / (grid.groups * grid.sexes);
    const std::size_t to = (area * grid.sexes + row % grid.sexes) * grid.age_groups();
    for (std::size_t age = 0; age < grid.ages; ++age) {
      sums[to + age / grid.ages_together] += of_year[row * grid.ages + age];
    }
  }
  for (const double sum : sums) list.push_back(static_cast<std::int64_t>(std::llround(sum)));
}

/// [year, area, sex, age group]; of quantiles that at a position of their scale.
json people(const ScenarioResult& scenario, const Grid& grid, const std::string& path,
            std::vector<std::size_t> first = {}) {
  json list = json::array();
  first.push_back(0);
  for (const std::size_t year : grid.years) {
    first.back() = year;
    add_year(list, scenario.at(path, first), grid);
  }
  return list;
}

/// Quantiles of sums are no sums of quantiles: only single ages of people of one group have any.
bool has_spread(const ScenarioResult& scenario, const Grid& grid) {
  return scenario.has(spread) && grid.groups == 1 && grid.ages_together == 1;
}

json of_scenario(const ScenarioResult& scenario, const Grid& grid) {
  // In a batch NaN stands for what a scenario does not have.
  if (std::isnan(scenario.at(persons, {0}).front())) return nullptr;
  json found{{"mean", people(scenario, grid, persons)}};
  if (!has_spread(scenario, grid)) return found;
  const std::size_t last = scenario.labels("quantile").size() - 1;
  found["low"] = people(scenario, grid, spread, {0});
  found["high"] = people(scenario, grid, spread, {last});
  return found;
}

}  // namespace

json pyramid_json(const Scenarios& scenarios, const Frame& frame) {
  const ScenarioResult& first = scenarios.front();
  if (!first.has(persons)) return nullptr;
  const Grid grid = grid_of(first);
  std::vector<json> found;
  for (const ScenarioResult& scenario : scenarios) {
    const Grid own = grid_of(scenario);
    const bool alike = own.ages == grid.ages && own.sexes == grid.sexes;
    found.push_back(alike && scenario.has(persons) ? of_scenario(scenario, own) : json());
  }
  json years = json::array();
  for (const std::size_t year : grid.years) years.push_back(frame.years[year]);
  json ages = json::array();
  const std::vector<std::string> all_ages = first.labels("age");
  for (std::size_t age = 0; age < grid.ages; age += grid.ages_together) {
    ages.push_back(all_ages[age]);
  }
  return {
      {"year", years}, {"age", ages}, {"sex", first.labels("sex")}, {"of", without_repeats(found)}};
}

}  // namespace kohort::report
