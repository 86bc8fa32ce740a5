#include "engine/compare/reference.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <tuple>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "engine/base/error.hpp"
#include "engine/base/nearest.hpp"
#include "engine/base/number.hpp"
#include "engine/input/card.hpp"
#include "engine/input/csv.hpp"

namespace kohort::compare {
namespace {

/// Columns beside that of the figures. What is in `note` is not read.
const std::vector<std::string> known_columns{"year",     "area",      "ages",  "sex",
                                             "variable", "kind",      "since", "definition",
                                             "vintage",  "direction", "note"};

/// What the rows of one table of figures have in common.
using Together = std::tuple<Quantity, std::string, std::optional<int>, bool>;

/// One row.
struct Row {
  std::string area;
  std::string ages;
  std::string sex;
  int year = 0;
  double value = 0.0;
};

class ReferenceReader {
 public:
  ReferenceReader(const std::string& file, const ReferenceOptions& options)
      : csv_(Csv::read(file)), options_(options) {
    find_columns();
    mistakes_.throw_if_any(Fault::input);
    for (std::size_t row = 0; row < csv_.rows(); ++row) read(row);
    mistakes_.throw_if_any(Fault::input);
  }

  std::vector<ReferenceFigures> take() {
    std::vector<ReferenceFigures> figures;
    for (const auto& [together, rows] : rows_) figures.push_back(made_dense(together, rows));
    mistakes_.throw_if_any(Fault::input);
    return figures;
  }

 private:
  std::string called(const std::string& column) const {
    const auto renamed = options_.columns.find(column);
    return renamed == options_.columns.end() ? column : renamed->second;
  }

  void find_columns() {
    const std::string value = options_.value.empty() ? "value" : options_.value;
    for (const std::string& name : known_columns) {
      if (const auto at = csv_.column(called(name))) columns_[name] = *at;
    }
    value_ = csv_.column(value);
    if (!value_ && !columns_.contains("direction")) {
      complain(1, fmt::format("there is no column '{}'", value),
               "name the column of the figures: --value NAME");
    }
    for (const char* needed : {"year", "area"}) {
      if (columns_.contains(needed)) continue;
      complain(
          1, fmt::format("there is no column '{}'", called(needed)),
          fmt::format("it must have one; where it is called otherwise: --column {}=NAME", needed));
    }
    for (std::size_t at = 0; at < csv_.columns().size(); ++at) {
      const auto is_it = [&](const auto& one) { return one.second == at; };
      if (at == value_ || std::any_of(columns_.begin(), columns_.end(), is_it)) continue;
      const auto meant = nearest(csv_.columns()[at], known_columns);
      complain(
          1, fmt::format("nothing is known of a column '{}'", csv_.columns()[at]),
          fmt::format("{}; columns are {} and that of the figures",
                      meant ? fmt::format("did you mean '{}'? --column {}=NAME", *meant, *meant)
                            : "leave it out, or say what it is: --column NAME=COLUMN",
                      fmt::join(known_columns, ", ")));
    }
  }

  std::string text(std::size_t row, const std::string& column, const std::string& otherwise) const {
    const auto found = columns_.find(column);
    if (found == columns_.end()) return otherwise;
    const std::string_view cell = csv_.cell(row, found->second);
    return cell.empty() ? otherwise : std::string(cell);
  }

  /// A year; none where the cell is empty or there is no such column.
  std::optional<int> year(std::size_t row, const std::string& column) {
    const std::string cell = text(row, column, "");
    if (cell.empty()) return std::nullopt;
    const auto number = number_in<int>(cell);
    if (!number) complain(row, column, cell, "write it like 2020");
    return number;
  }

  double figure(std::size_t row) {
    const std::string direction = text(row, "direction", "");
    if (direction == "grows") return 1.0;
    if (direction == "falls") return -1.0;
    if (!direction.empty()) complain(row, "direction", direction, "write grows or falls");
    if (!value_) return 0.0;
    const std::string cell(csv_.cell(row, *value_));
    const auto number = number_in<double>(cell);
    if (number && std::isfinite(*number)) return *number;
    complain(row, csv_.columns()[*value_], cell, "write a number with a decimal point");
    return 0.0;
  }

  void read(std::size_t row) {
    Row read{text(row, "area", ""), text(row, "ages", std::string(everywhere)),
             text(row, "sex", std::string(both_sexes)), year(row, "year").value_or(0), figure(row)};
    if (!span_of(read.ages)) complain(row, "ages", read.ages, "write them like 20-64, 80+ or all");
    if (read.area.empty()) complain(row, "area", "", "write the code of an area");
    const Quantity quantity{
        text(row, "variable", options_.variable.empty() ? "population/persons" : options_.variable),
        text(row, "kind", ""), year(row, "since")};
    const bool direction = !text(row, "direction", "").empty();
    if (direction && !quantity.since) {
      complain(row, "since", "", "say since when it grows or falls");
    }
    const Together together{quantity, text(row, "definition", ""), year(row, "vintage"), direction};
    rows_[together].emplace_back(csv_.line(row), std::move(read));
  }

  ReferenceFigures made_dense(const Together& together,
                              const std::vector<std::pair<std::size_t, Row>>& rows) {
    const auto& [quantity, definition, vintage, directions] = together;
    ReferenceFigures figures{quantity, definition, vintage, directions, {}, {}};
    const auto note = [](auto& labels, const auto& label) {
      if (!position_of(labels, label)) labels.push_back(label);
    };
    for (const auto& [line, row] : rows) {
      note(figures.axes.areas, row.area);
      note(figures.axes.ages, row.ages);
      note(figures.axes.sexes, row.sex);
      note(figures.axes.years, row.year);
    }
    std::sort(figures.axes.years.begin(), figures.axes.years.end());
    figures.values.assign(figures.axes.size(), not_known);
    std::vector<std::size_t> lines(figures.axes.size(), 0);
    for (const auto& [line, row] : rows) {
      const std::size_t at = figures.axes.at(
          {*position_of(figures.axes.areas, row.area), *position_of(figures.axes.ages, row.ages),
           *position_of(figures.axes.sexes, row.sex), *position_of(figures.axes.years, row.year)});
      if (lines[at] != 0) {
        complain(line, fmt::format("the row says again what line {} says", lines[at]),
                 "keep one of them");
      }
      lines[at] = line;
      figures.values[at] = row.value;
    }
    return figures;
  }

  void complain(std::size_t line, std::string what, std::string remedy) {
    mistakes_.add({{csv_.file(), line, 0}, std::move(what), std::move(remedy)});
  }
  void complain(std::size_t row, const std::string& column, const std::string& cell,
                std::string remedy) {
    complain(csv_.line(row), fmt::format("column '{}' holds '{}'", called(column), cell),
             std::move(remedy));
  }

  Csv csv_;
  const ReferenceOptions& options_;
  Mistakes mistakes_;
  std::map<std::string, std::size_t> columns_;
  std::optional<std::size_t> value_;
  std::map<Together, std::vector<std::pair<std::size_t, Row>>> rows_;  ///< with their lines
};

}  // namespace

double ReferenceFigures::figure(const std::string& area, const std::string& ages,
                                const std::string& sex, int year) const {
  const auto at_area = position_of(axes.areas, area);
  const auto at_year = position_of(axes.years, year);
  if (!at_area || !at_year) return not_known;
  std::vector<std::vector<std::size_t>> sexes;
  if (const auto own = position_of(axes.sexes, sex)) sexes.push_back({*own});
  if (sex == both_sexes) {
    const auto female = position_of(axes.sexes, std::string("female"));
    const auto male = position_of(axes.sexes, std::string("male"));
    if (female && male) sexes.push_back({*female, *male});
  }
  std::vector<std::vector<std::size_t>> parts;
  if (const auto own = position_of(axes.ages, ages)) parts.push_back({*own});
  const auto span = span_of(ages);
  if (span && !directions) parts.push_back(tiles_of(*span, spans_of(axes.ages)));
  for (const auto& of_sexes : sexes) {
    for (const auto& of_ages : parts) {
      if (of_ages.empty()) continue;
      double sum = 0.0;
      for (const std::size_t one_sex : of_sexes) {
        for (const std::size_t age : of_ages) {
          sum += values[axes.at({*at_area, age, one_sex, *at_year})];
        }
      }
      if (!std::isnan(sum)) return sum;
    }
  }
  return not_known;
}

Reference read_reference(const std::string& file, const ReferenceOptions& options) {
  const TableReference card = read_card(file);
  return {file, read_unit(file), card.source, ReferenceReader(file, options).take()};
}

}  // namespace kohort::compare
