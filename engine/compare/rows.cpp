#include "engine/compare/rows.hpp"

#include <cmath>
#include <iterator>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace kohort::compare {
namespace {

using Json = nlohmann::ordered_json;

/// What the whole difference is called among its parts.
constexpr const char* all_parts = "all";

std::string quoted(const std::string& text) {
  if (text.find_first_of(",\"\n") == std::string::npos) return text;
  std::string result = "\"";
  for (const char letter : text) result += letter == '"' ? "\"\"" : std::string(1, letter);
  return result + '"';
}

std::string number_text(double number) {
  return std::isnan(number) ? "" : fmt::format("{}", number);
}

std::string year_text(std::optional<int> year) { return year ? std::to_string(*year) : ""; }

/// What all rows of a quantity begin with.
std::string beginning(const Comparison& comparison, const Quantity& quantity,
                      const std::string& definition) {
  return fmt::format("{},{},{},{},{},{},{}", quoted(comparison.standard),
                     year_text(comparison.vintage), quoted(comparison.result), quantity.variable,
                     quoted(quantity.kind), quoted(definition), year_text(quantity.since));
}

std::string beginning(const Comparison& comparison, const Compared& compared) {
  return beginning(comparison, compared.quantity, compared.definition);
}

void add_figure(std::string& text, const FigureRow& row, const char* measure, double value) {
  if (std::isnan(value)) return;
  const CellAxes& axes = row.compared.axes;
  fmt::format_to(std::back_inserter(text), "{},,{},{},{},{},{},{},{},{},,,1,\n",
                 beginning(row.comparison, row.compared), quoted(axes.areas[row.cell.area]),
                 quoted(axes.ages[row.cell.ages]), axes.sexes[row.cell.sex], row.year(),
                 row.year() - row.comparison.launch, measure,
                 quoted(unit_of_measure(measure, row.compared.unit)), value);
}

void add_measure(std::string& text, const MeasureRow& row) {
  const Measured& measured = row.measured;
  const CellAxes& axes = row.compared.axes;
  const auto year = row.year();
  fmt::format_to(std::back_inserter(text), "{},{},{},{},{},{},{},{},{},{},{},{},{},{}\n",
                 beginning(row.comparison, row.compared), row.over(), quoted(row.area()),
                 quoted(axes.ages[measured.ages]), axes.sexes[measured.sex], year_text(year),
                 year ? std::to_string(*year - row.comparison.launch) : "", measured.name,
                 quoted(unit_of_measure(measured.name, row.compared.unit)), measured.value,
                 number_text(measured.monte_carlo_error), number_text(measured.binomial_error),
                 measured.count, to_string(measured.by));
}

void add_part(std::string& text, const PartRow& row) {
  const Decomposition& of = row.decomposition;
  const std::string noise = row.name == all_parts ? number_text(row.noise) : "";
  fmt::format_to(std::back_inserter(text), "{},,{},{},{},{},{},part_{},,{},{},,1,{}\n",
                 beginning(row.comparison, of.quantity, ""), quoted(of.axes.areas[row.cell.area]),
                 quoted(of.axes.ages[row.cell.ages]), of.axes.sexes[row.cell.sex], row.year(),
                 row.year() - row.comparison.launch, row.name, row.value, noise, to_string(of.by));
}

Json or_null(double number) { return std::isnan(number) ? Json(nullptr) : Json(number); }

/// Goes through the cells of one quantity where both sides have a figure.
void for_each_figure_of(const Comparison& comparison, const Compared& compared,
                        const std::function<void(const FigureRow&)>& take) {
  for (std::size_t at = 0; at < compared.axes.size(); ++at) {
    const FigureRow row{comparison, compared, compared.axes.cell(at), compared.standard[at],
                        compared.result[at]};
    if (!std::isnan(row.difference())) take(row);
  }
}

Json figures_of(const Comparison& comparison, const Compared& compared) {
  Json figures = Json::array();
  for_each_figure_of(comparison, compared, [&](const FigureRow& row) {
    figures.push_back({{"area", compared.axes.areas[row.cell.area]},
                       {"ages", compared.axes.ages[row.cell.ages]},
                       {"sex", compared.axes.sexes[row.cell.sex]},
                       {"year", row.year()},
                       {"horizon", row.year() - comparison.launch},
                       {"standard", row.standard},
                       {"result", row.result},
                       {"difference", row.difference()},
                       {"percent", or_null(row.percent())}});
  });
  return figures;
}

Json measure_of(const MeasureRow& row) {
  const Measured& measured = row.measured;
  const auto year = row.year();
  return {{"over", row.over()},
          {"area", measured.area ? Json(row.area()) : Json(nullptr)},
          {"ages", row.compared.axes.ages[measured.ages]},
          {"sex", row.compared.axes.sexes[measured.sex]},
          {"year", year ? Json(*year) : Json(nullptr)},
          {"horizon", year ? Json(*year - row.comparison.launch) : Json(nullptr)},
          {"measure", measured.name},
          {"unit", unit_of_measure(measured.name, row.compared.unit)},
          {"value", measured.value},
          {"monte_carlo_error", or_null(measured.monte_carlo_error)},
          {"binomial_error", or_null(measured.binomial_error)},
          {"count", measured.count},
          {"by", to_string(measured.by)}};
}

/// Goes through the cells of a decomposition whose parts are known.
void for_each_part_of(const Comparison& comparison, const Decomposition& of,
                      const std::function<void(const PartRow&)>& take) {
  for (std::size_t at = 0; at < of.axes.size(); ++at) {
    if (std::isnan(of.difference[at])) continue;
    const CellPosition cell = of.axes.cell(at);
    take({comparison, of, cell, all_parts, of.difference[at], of.noise[at]});
    for (const Part& part : of.parts) {
      take({comparison, of, cell, part.name, part.values[at], of.noise[at]});
    }
  }
}

Json decomposition_of(const Comparison& comparison, const Decomposition& of) {
  Json parts = Json::array();
  for_each_part_of(comparison, of, [&](const PartRow& row) {
    parts.push_back({{"area", of.axes.areas[row.cell.area]},
                     {"ages", of.axes.ages[row.cell.ages]},
                     {"sex", of.axes.sexes[row.cell.sex]},
                     {"year", row.year()},
                     {"part", row.name},
                     {"value", row.value},
                     {"noise", row.name == all_parts ? or_null(row.noise) : Json(nullptr)}});
  });
  Json definitions = Json::array();
  for (const DefinitionFactor& one : of.definitions) {
    definitions.push_back({{"series", one.series},
                           {"people", one.people},
                           {"standard", one.first},
                           {"result", one.second},
                           {"overlap", one.overlap ? Json(*one.overlap) : Json(nullptr)},
                           {"factor", one.factor}});
  }
  return {{"variable", of.quantity.variable},
          {"kind", of.quantity.kind},
          {"by", to_string(of.by)},
          {"base", of.base},
          {"definitions", std::move(definitions)},
          {"parts", std::move(parts)}};
}

Json assumptions_of(const Comparison& comparison) {
  Json list = Json::array();
  for (const ChangedAssumption& one : comparison.assumptions) {
    list.push_back({{"name", one.name},
                    {"standard", one.first},
                    {"result", one.second},
                    {"parts", one.parts}});
  }
  return list;
}

Json quantity_of(const Comparison& comparison, const Compared& compared) {
  const auto since = compared.quantity.since;
  Json measures = Json::array();
  for (const Measured& measured : compared.measures) {
    measures.push_back(measure_of({comparison, compared, measured}));
  }
  return {{"variable", compared.quantity.variable},
          {"kind", compared.quantity.kind},
          {"unit", compared.unit},
          {"definition", compared.definition},
          {"since", since ? Json(*since) : Json(nullptr)},
          {"figures", figures_of(comparison, compared)},
          {"measures", std::move(measures)}};
}

}  // namespace

double FigureRow::percent() const {
  if (standard <= 0.0 || compared.quantity.since) return not_known;
  return 100.0 * difference() / standard;
}

std::string MeasureRow::area() const {
  return measured.area ? compared.axes.areas[*measured.area] : "";
}

std::optional<int> MeasureRow::year() const {
  if (!measured.year) return std::nullopt;
  return compared.axes.years[*measured.year];
}

void for_each_figure(std::span<const Comparison> comparisons,
                     const std::function<void(const FigureRow&)>& take) {
  for (const Comparison& comparison : comparisons) {
    for (const Compared& compared : comparison.quantities) {
      for_each_figure_of(comparison, compared, take);
    }
  }
}

void for_each_measure(std::span<const Comparison> comparisons,
                      const std::function<void(const MeasureRow&)>& take) {
  for (const Comparison& comparison : comparisons) {
    for (const Compared& compared : comparison.quantities) {
      for (const Measured& measured : compared.measures) take({comparison, compared, measured});
    }
  }
}

void for_each_part(std::span<const Comparison> comparisons,
                   const std::function<void(const PartRow&)>& take) {
  for (const Comparison& comparison : comparisons) {
    for (const Decomposition& of : comparison.decompositions) {
      for_each_part_of(comparison, of, take);
    }
  }
}

std::string unit_of_measure(const std::string& name, const std::string& unit) {
  if (name == "mase" || name == "brier") return "1";
  const bool own = name == "standard" || name == "result" || name == "difference" ||
                   name == "mae" || name == "rmse" || name == "crps" ||
                   name.starts_with("interval_score_");
  return own ? unit : "%";
}

std::string to_csv(std::span<const Comparison> comparisons) {
  std::string text =
      "standard,vintage,result,variable,kind,definition,since,over,area,ages,sex,year,horizon,"
      "measure,unit,value,monte_carlo_error,binomial_error,count,by\n";
  for_each_figure(comparisons, [&](const FigureRow& row) {
    add_figure(text, row, "standard", row.standard);
    add_figure(text, row, "result", row.result);
    add_figure(text, row, "difference", row.difference());
    add_figure(text, row, "percent", row.percent());
  });
  for_each_measure(comparisons, [&](const MeasureRow& row) { add_measure(text, row); });
  for_each_part(comparisons, [&](const PartRow& row) { add_part(text, row); });
  return text;
}

std::string to_json(std::span<const Comparison> comparisons) {
  Json list = Json::array();
  for (const Comparison& comparison : comparisons) {
    Json quantities = Json::array();
    for (const Compared& compared : comparison.quantities) {
      quantities.push_back(quantity_of(comparison, compared));
    }
    Json decompositions = Json::array();
    for (const Decomposition& of : comparison.decompositions) {
      decompositions.push_back(decomposition_of(comparison, of));
    }
    list.push_back({{"standard", comparison.standard},
                    {"vintage", comparison.vintage ? Json(*comparison.vintage) : Json(nullptr)},
                    {"result", comparison.result},
                    {"launch", comparison.launch},
                    {"left_out", comparison.left_out},
                    {"quantities", std::move(quantities)},
                    {"assumptions", assumptions_of(comparison)},
                    {"decompositions", std::move(decompositions)}});
  }
  return Json{{"comparisons", std::move(list)}}.dump(1) + "\n";
}

}  // namespace kohort::compare
