#include "engine/cli/compare_table.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <iterator>
#include <set>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "engine/cli/append.hpp"
#include "engine/cli/terminal.hpp"
#include "engine/compare/align.hpp"
#include "engine/compare/rows.hpp"

namespace kohort::cli {
namespace {

using compare::CellAxes;
using compare::CellPosition;
using compare::Compared;
using compare::Comparison;
using compare::Measured;

constexpr std::size_t most_compared_areas = 40;

std::string percent_text(double percent) {
  return std::isnan(percent) ? "-" : fmt::format("{:+.2f} %", percent);
}

/// The columns of errors: what they are called, and the measure.
constexpr std::array<std::pair<const char*, const char*>, 16> error_columns{{
    {"MAPE", "mape"},
    {"MdAPE", "mdape"},
    {"MALPE", "malpe"},
    {"WAPE", "wape"},
    {"RMSE", "rmse"},
    {"MASE", "mase"},
    {"<=5%", "within_5"},
    {"<=10%", "within_10"},
    {"direction", "direction_hits"},
    {"structure", "age_structure"},
    {"Brier", "brier"},
    {"CRPS", "crps"},
    {"cov50", "coverage_50"},
    {"cov80", "coverage_80"},
    {"cov90", "coverage_90"},
    {"cov95", "coverage_95"},
}};

class Table {
 public:
  Table(const Comparison& comparison, const Compared& compared)
      : comparison_(comparison), compared_(compared) {}

  void add_all(std::string& text) const {
    const CellAxes& axes = compared_.axes;
    const std::string definition =
        compared_.definition.empty() ? "" : ", counted by " + compared_.definition;
    append(text, "\n{} ({}){}\n", to_string(compared_.quantity), compared_.unit, definition);
    if (axes.size() == 0) return;
    add_figures(text, {0, ages_shown(), sex_shown(), year_shown()});
    add_errors(text);
  }

  /// One line: all areas together, or the first.
  void add_short(std::string& text) const {
    const CellAxes& axes = compared_.axes;
    if (axes.size() == 0) return;
    auto area = compare::position_of(axes.areas, all_but_rest);
    if (!area) area = compare::position_of(axes.areas, everywhere);
    const CellPosition cell{area.value_or(0), ages_shown(), sex_shown(), year_shown()};
    const std::size_t at = axes.at(cell);
    if (compared_.standard[at] == 0.0 && compared_.result[at] == 0.0) return;
    append(text, "  {:<48}{:<14}{}", to_string(compared_.quantity), axes.areas[cell.area],
           axes.years[cell.year]);
    add_values(text, cell);
  }

 private:
  std::size_t ages_shown() const {
    return compare::position_of(compared_.axes.ages, everywhere).value_or(0);
  }
  std::size_t sex_shown() const {
    return compare::position_of(compared_.axes.sexes, compare::both_sexes).value_or(0);
  }

  /// The last of the years in which most areas have a figure on both sides.
  std::size_t year_shown() const {
    std::size_t shown = 0;
    std::size_t most = 0;
    for (std::size_t year = 0; year < compared_.axes.years.size(); ++year) {
      std::size_t known = 0;
      for (std::size_t area = 0; area < compared_.axes.areas.size(); ++area) {
        const std::size_t at = compared_.axes.at({area, ages_shown(), sex_shown(), year});
        known += std::isnan(compared_.result[at] - compared_.standard[at]) ? 0 : 1;
      }
      if (known >= most) shown = year;
      most = std::max(most, known);
    }
    return shown;
  }

  std::string shown(double figure) const {
    if (!compared_.directions || std::isnan(figure)) return figure_text(figure);
    return figure > 0.0 ? "grows" : figure < 0.0 ? "falls" : "stays";
  }

  void add_values(std::string& text, const CellPosition& cell) const {
    const std::size_t at = compared_.axes.at(cell);
    const compare::FigureRow row{comparison_, compared_, cell, compared_.standard[at],
                                 compared_.result[at]};
    const std::string difference = compared_.directions ? "" : figure_text(row.difference());
    append(text, "{:>16}{:>16}{:>14}{:>12}\n", shown(row.standard), shown(row.result), difference,
           compared_.directions ? "" : percent_text(row.percent()));
  }

  void add_figures(std::string& text, CellPosition cell) const {
    const CellAxes& axes = compared_.axes;
    append(text, "  {:<30}{:>16}{:>16}{:>14}{:>12}\n",
           fmt::format("{}, ages {}, {}", axes.years[cell.year], axes.ages[cell.ages],
                       axes.sexes[cell.sex]),
           comparison_.reference ? "reference" : "first", "result", "difference", "");
    const std::size_t shown = std::min(axes.areas.size(), most_compared_areas);
    for (cell.area = 0; cell.area < shown; ++cell.area) {
      append(text, "  {:<30}", axes.areas[cell.area]);
      add_values(text, cell);
    }
    if (shown < axes.areas.size()) {
      append(text, "  ... and {} areas more\n", axes.areas.size() - shown);
    }
  }

  const Measured* find(const std::string& name, const Measured& like) const {
    for (const Measured& one : compared_.measures) {
      if (one.name == name && one.area == like.area && one.year == like.year &&
          one.ages == like.ages && one.sex == like.sex) {
        return &one;
      }
    }
    return nullptr;
  }

  /// The last year, and up to three before it at equal distances.
  std::vector<std::size_t> years_shown() const {
    const std::size_t count = compared_.axes.years.size();
    constexpr std::size_t most = 4;
    std::set<std::size_t> years;
    for (std::size_t at = 1; at <= most; ++at) years.insert((at * count + most - 1) / most - 1);
    return {years.begin(), years.end()};
  }

  /// Errors over the areas, by year and ages: the columns that there is anything in.
  void add_errors(std::string& text) const {
    std::vector<Measured> rows;
    for (const std::size_t year : years_shown()) {
      for (std::size_t ages = 0; ages < compared_.axes.ages.size(); ++ages) {
        rows.push_back({.name = "", .area = {}, .year = year, .ages = ages, .sex = sex_shown()});
      }
    }
    std::vector<std::pair<const char*, const char*>> used;
    for (const auto& [title, name] : error_columns) {
      const bool any = std::any_of(rows.begin(), rows.end(),
                                   [&, measure = std::string(name)](const Measured& row) {
                                     return find(measure, row) != nullptr;
                                   });
      if (any) used.emplace_back(title, name);
    }
    if (used.empty()) return;
    append(text, "\n  {:<20}{:>8}", "over the areas", "ages");
    for (const auto& [title, name] : used) append(text, "{:>10}", title);
    append(text, "\n");
    for (const Measured& row : rows) add_row(text, row, used);
  }

  void add_row(std::string& text, const Measured& row,
               const std::vector<std::pair<const char*, const char*>>& used) const {
    const int year = compared_.axes.years[*row.year];
    std::string line;
    bool any = false;
    for (const auto& [title, name] : used) {
      const Measured* found = find(name, row);
      any = any || found != nullptr;
      append(line, "{:>10}", found == nullptr ? "-" : fmt::format("{:.4g}", found->value));
    }
    if (!any) return;
    append(text, "  {:<20}{:>8}{}\n",
           fmt::format("{}, {:+} years", year, year - comparison_.launch),
           compared_.axes.ages[row.ages], line);
  }

  const Comparison& comparison_;
  const Compared& compared_;
};

/// People with one decimal, as parts are small beside what they are of.
std::string part_text(double people) {
  if (std::isnan(people)) return "-";
  const bool nothing = std::abs(people) < 0.05;
  return std::abs(people) >= 100.0 ? count_text(people)
                                   : fmt::format("{:.1f}", nothing ? 0.0 : people);
}

std::string heading_of_parts(const compare::Decomposition& of) {
  const std::string what =
      of.by == compare::PartedBy::components ? "parts of the difference" : "what is new in it";
  return fmt::format("\n{} in {}: {}, from the population of {} on\n", to_string(of.quantity),
                     of.axes.years.back(), what, of.base);
}

/// The figure of all areas together, or of the first, of all ages and both sexes in the last year.
std::size_t figure_shown(const CellAxes& axes) {
  auto area = compare::position_of(axes.areas, all_but_rest);
  if (!area) area = compare::position_of(axes.areas, everywhere);
  return axes.at({area.value_or(0), compare::position_of(axes.ages, everywhere).value_or(0),
                  compare::position_of(axes.sexes, compare::both_sexes).value_or(0),
                  axes.years.size() - 1});
}

/// What is new of each component, as a table of one figure: too many columns for a line each.
void add_news_of_components(std::string& text, const compare::Decomposition& of) {
  const std::size_t at = figure_shown(of.axes);
  if (std::isnan(of.difference[at])) return;
  const CellPosition cell = of.axes.cell(at);
  append(text, "{}  {:<30}{:>16}{:>16}\n", heading_of_parts(of),
         fmt::format("{}, ages {}", of.axes.areas[cell.area], of.axes.ages[cell.ages]), "new rates",
         "assumptions");
  append(text, "  {:<30}{:>16}\n", of.parts.front().name, part_text(of.parts.front().values[at]));
  for (std::size_t part = 1; part + 1 < of.parts.size(); part += 2) {
    const std::string& name = of.parts[part].name;
    append(text, "  {:<30}{:>16}{:>16}\n", name.substr(0, name.rfind('_')),
           part_text(of.parts[part].values[at]), part_text(of.parts[part + 1].values[at]));
  }
}

void add_definitions(std::string& text, const compare::Decomposition& of) {
  for (const compare::DefinitionFactor& one : of.definitions) {
    append(text, "  {} {}: by {}, in the first by {}: {:.4g} times as many, as of {}\n", one.series,
           one.people, one.second, one.first, one.factor, one.overlap.value_or(0));
  }
}

/// Settings are shown as far as they fit on a line.
std::string shortened(const std::string& value) {
  constexpr std::size_t most = 60;
  if (value.empty()) return "(not given)";
  return value.size() <= most ? value : value.substr(0, most) + "...";
}

void add_assumptions(std::string& text, const Comparison& comparison) {
  if (comparison.assumptions.empty()) return;
  append(text, "\nassumptions that differ, and what they bear on\n");
  for (const compare::ChangedAssumption& one : comparison.assumptions) {
    append(text, "  {}: {} -> {} ({})\n", one.name, shortened(one.first), shortened(one.second),
           fmt::join(one.parts, ", "));
  }
  if (!comparison.assumptions_in_level) return;
  append(text,
         "what these change from the first year on counts as new rates; to tell it apart, compare "
         "both\nwith a run of the new figures and the old settings\n");
}

/// The parts of the difference in the last year, by area and ages.
void add_parts(std::string& text, const compare::Decomposition& of) {
  const CellAxes& axes = of.axes;
  if (axes.size() == 0) return;
  if (of.by == compare::PartedBy::news_components) return add_news_of_components(text, of);
  const std::size_t sex = compare::position_of(axes.sexes, compare::both_sexes).value_or(0);
  const std::size_t year = axes.years.size() - 1;
  append(text, "{}  {:<20}{:>8}{:>14}{:>10}", heading_of_parts(of), "", "ages", "difference",
         "noise");
  const auto width = [](const compare::Part& part) {
    return std::max<std::size_t>(24, part.name.size() + 2);
  };
  for (const compare::Part& part : of.parts) append(text, "{:>{}}", part.name, width(part));
  append(text, "\n");
  for (std::size_t area = 0; area < std::min(axes.areas.size(), most_compared_areas); ++area) {
    for (std::size_t ages = 0; ages < axes.ages.size(); ++ages) {
      const std::size_t at = axes.at({area, ages, sex, year});
      if (std::isnan(of.difference[at])) continue;
      append(text, "  {:<20}{:>8}{:>14}{:>10}", axes.areas[area], axes.ages[ages],
             part_text(of.difference[at]), part_text(of.noise[at]));
      for (const compare::Part& part : of.parts) {
        append(text, "{:>{}}", part_text(part.values[at]), width(part));
      }
      append(text, "\n");
    }
  }
  if (of.by == compare::PartedBy::components) add_definitions(text, of);
}

}  // namespace

std::string table_of(const Comparison& comparison) {
  std::string text;
  append(
      text, "{} held against {}{}, from its launch in {}\n", comparison.result, comparison.standard,
      comparison.vintage ? fmt::format(" as forecast in {}", *comparison.vintage) : std::string(),
      comparison.launch);
  for (const std::string& note : comparison.left_out) append(text, "  left out: {}\n", note);
  std::string parts;
  for (const compare::Decomposition& of : comparison.decompositions) add_parts(parts, of);
  add_assumptions(parts, comparison);
  bool others = false;
  const bool few = comparison.quantities.size() < 4;
  for (const Compared& compared : comparison.quantities) {
    if (few || compared.quantity.variable == "population/persons") {
      Table(comparison, compared).add_all(text);
    } else {
      others = true;
    }
  }
  if (!others) return text + parts;
  append(text, "\nothers, in short; --variable NAME shows one like the above\n");
  for (const Compared& compared : comparison.quantities) {
    if (compared.quantity.variable != "population/persons") {
      Table(comparison, compared).add_short(text);
    }
  }
  return text + parts;
}

}  // namespace kohort::cli
