#include "engine/hindcast/known_figures.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "engine/base/error.hpp"
#include "engine/input/card.hpp"

namespace kohort::hindcast {
namespace {

using compare::CellPosition;
using compare::not_known;
using compare::ReferenceFigures;

const std::string nation = "00";
/// What tables call the closing rest of the country.
const std::string rest = "rest";

/// Adds a figure to a sum of which there may be nothing yet.
void add_to(double& sum, double figure) {
  if (std::isnan(figure)) return;
  sum = std::isnan(sum) ? figure : sum + figure;
}

bool are_persons(const ReferenceFigures& figures) {
  return figures.quantity == persons && !figures.directions && !figures.vintage;
}

/// What is wrong with a table for a forecast of a launch year; nothing where it was known then.
void check_known(const ReadTable& table, int launch, Mistakes& mistakes) {
  if (!table.known_from) {
    mistakes.add({table.named_at,
                  fmt::format("nobody says since when {} was known", table.reference.file),
                  "write known_from on its card: a year, or \"year\""});
  } else if (table.known_from->year && *table.known_from->year > launch) {
    mistakes.add({table.named_at,
                  fmt::format("{} became known in {}, after the launch in {}", table.reference.file,
                              *table.known_from->year, launch),
                  "forecasts may go from what was known at the launch alone: name another table"});
  }
}

}  // namespace

ReferenceFigures added_by_code(const ReferenceFigures& figures, std::size_t digits) {
  const auto code_of = [&](const std::string& area) {
    return digits == 0 ? nation : area.substr(0, digits);
  };
  ReferenceFigures added = figures;
  added.axes.areas.clear();
  for (const std::string& area : figures.axes.areas) {
    if (!compare::position_of(added.axes.areas, code_of(area))) {
      added.axes.areas.push_back(code_of(area));
    }
  }
  added.values.assign(added.axes.size(), not_known);
  for (std::size_t at = 0; at < figures.values.size(); ++at) {
    CellPosition cell = figures.axes.cell(at);
    cell.area = *compare::position_of(added.axes.areas, code_of(figures.axes.areas[cell.area]));
    add_to(added.values[added.axes.at(cell)], figures.values[at]);
  }
  return added;
}

ReadTable read_table(const TableSource& source) {
  ReadTable table{compare::read_reference(source.file, source.options),
                  read_card(source.file).known_from, source.location};
  if (!source.code_digits) return table;
  for (ReferenceFigures& figures : table.reference.figures) {
    figures = added_by_code(figures, *source.code_digits);
  }
  return table;
}

KnownFigures::KnownFigures(std::span<const ReadTable> tables) {
  for (const ReadTable& table : tables) add(table, std::nullopt);
}

KnownFigures::KnownFigures(std::span<const ReadTable> tables, int launch) {
  Mistakes mistakes;
  for (const ReadTable& table : tables) check_known(table, launch, mistakes);
  mistakes.throw_if_any(Fault::scenario);
  for (const ReadTable& table : tables) add(table, launch);
}

void KnownFigures::add(const ReadTable& table, std::optional<int> launch) {
  for (const ReferenceFigures& figures : table.reference.figures) {
    if (!are_persons(figures)) continue;
    figures_.push_back(figures);
    if (!launch) continue;
    ReferenceFigures& known = figures_.back();
    for (std::size_t at = 0; at < known.values.size(); ++at) {
      if (known.axes.years[known.axes.cell(at).year] > *launch) known.values[at] = not_known;
    }
  }
}

double KnownFigures::figure(const std::string& area, const PeopleLabel& people, int year) const {
  for (const ReferenceFigures& figures : figures_) {
    const double found = figures.figure(area, people.ages, people.sex, year);
    if (!std::isnan(found)) return found;
  }
  return not_known;
}

double KnownFigures::sum_like(const std::string& area, std::size_t digits,
                              const PeopleLabel& people, int year) const {
  const std::string beginning = area.substr(0, digits);
  for (const ReferenceFigures& figures : figures_) {
    double sum = not_known;
    for (const std::string& other : figures.axes.areas) {
      const bool alike = other.size() == area.size() && other.starts_with(beginning);
      if (!alike || other == rest) continue;
      add_to(sum, figures.figure(other, people.ages, people.sex, year));
    }
    if (!std::isnan(sum)) return sum;
  }
  return not_known;
}

KnownFlows::KnownFlows(const ReadTable& table) {
  for (const ReferenceFigures& figures : table.reference.figures) {
    for (std::size_t at = 0; at < figures.values.size(); ++at) {
      if (std::isnan(figures.values[at])) continue;
      const CellPosition cell = figures.axes.cell(at);
      sums_[{figures.axes.areas[cell.area], figures.axes.years[cell.year]}] += figures.values[at];
    }
  }
}

double KnownFlows::of(const std::string& area, int year) const {
  const auto found = sums_.find({area, year});
  return found == sums_.end() ? not_known : found->second;
}

}  // namespace kohort::hindcast
