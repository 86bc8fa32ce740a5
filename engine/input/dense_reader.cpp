#include "engine/input/dense_reader.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "engine/base/nearest.hpp"
#include "engine/base/number.hpp"

namespace kohort {
namespace {

std::string range_text(const Range& range, double figure) {
  if (figure > range.most) return fmt::format("above {}", range.most);
  if (range.least == 0.0) return "negative";
  return fmt::format("below {}", range.least);
}

}  // namespace

DenseReader::DenseReader(const Parameter& parameter, const TableReference& reference,
                         std::span<const WantedAxis> axes, std::optional<int> last_year)
    : parameter_(parameter), reference_(reference), axes_(axes), last_year_(last_year) {
  for (const WantedAxis& axis : axes) readers_.emplace_back(axis, reference, last_year);
}

void DenseReader::complain(const Csv& csv, std::size_t line, std::string what, std::string remedy) {
  mistakes_.add(
      {{csv.file(), line, 0}, parameter_.name + ": " + std::move(what), std::move(remedy)});
}

bool DenseReader::add(const Csv& csv, std::optional<std::pair<std::size_t, std::size_t>> fixed) {
  const auto fixed_axis = fixed ? std::optional(fixed->first) : std::nullopt;
  find_columns(csv, fixed_axis);
  mistakes_.throw_if_any(Fault::input);
  if (fixed && readers_[fixed->first].too_late(axes_[fixed->first].labels[fixed->second])) {
    return false;
  }
  const std::size_t offset = fixed ? fixed->second * strides_[fixed->first] : 0;
  for (std::size_t row = 0; row < csv.rows(); ++row) {
    if (passes_filters(csv, row)) read_row(csv, row, offset);
  }
  for (const Filter& filter : filters_) {
    if (filter.matched) continue;
    complain(csv, 0,
             fmt::format("no row has {} in the column '{}'", fmt::join(filter.cells, " or "),
                         csv.columns()[filter.at]),
             "check where");
  }
  return true;
}

DenseFigures DenseReader::finish() {
  if (mistakes_.empty()) find_missing_labels();
  if (mistakes_.empty()) leave_out_unknown();
  if (mistakes_.empty()) find_gaps();
  mistakes_.throw_if_any(Fault::input);
  return {std::move(values_), std::move(strides_)};
}

std::optional<std::size_t> DenseReader::need_column(const Csv& csv, const std::string& name) {
  const auto column = csv.column(name);
  if (column) return column;
  const auto meant = nearest(name, csv.columns());
  complain(csv, 1, fmt::format("there is no column '{}'", name),
           (meant ? fmt::format("did you mean '{}'?", *meant)
                  : fmt::format("the columns are {}", fmt::join(csv.columns(), ", "))) +
               "; say columns = { axis = \"column\" } or value = \"column\" where the table has "
               "other names");
  return std::nullopt;
}

/// Whether `where` leaves a column one cell, so that it tells nothing apart any more.
bool DenseReader::is_chosen(const std::string& column) const {
  const auto chosen = reference_.where.find(column);
  return chosen != reference_.where.end() && chosen->second.size() == 1;
}

bool DenseReader::has_axis(const Csv& csv, std::size_t axis,
                           std::optional<std::size_t> fixed_axis) {
  const WantedAxis& wanted = axes_[axis];
  if (fixed_axis == axis || reference_.wide == wanted.name) return true;
  const std::string& name = reference_.column_of(wanted.name);
  const auto column = csv.column(name);
  if (column && !is_chosen(name)) {
    columns_.push_back({axis, *column});
    return true;
  }
  if (!wanted.required && !(reference_.columns.contains(wanted.name) && !column)) return false;
  if (column) {
    complain(csv, 1,
             fmt::format("where leaves one {}, and the figures must tell all of them apart",
                         wanted.name),
             "leave the column out of where");
  } else {
    need_column(csv, name);
  }
  return false;
}

void DenseReader::find_columns(const Csv& csv, std::optional<std::size_t> fixed_axis) {
  columns_.clear();
  find_filters(csv);
  std::vector<bool> present;
  for (std::size_t axis = 0; axis < axes_.size(); ++axis) {
    present.push_back(has_axis(csv, axis, fixed_axis));
  }
  if (first_file_.empty()) {
    first_file_ = csv.file();
    std::size_t size = 1;
    strides_.assign(axes_.size(), 0);
    for (std::size_t axis = axes_.size(); axis-- > 0;) {
      if (!present[axis]) continue;
      strides_[axis] = size;
      size *= axes_[axis].labels.size();
    }
    const bool free = reference_.missing == Missing::none;
    values_.assign(size, free ? std::numeric_limits<double>::quiet_NaN() : 0.0);
    lines_.assign(size, 0);
    if (last_year_) require_years();
  }
  for (std::size_t axis = 0; axis < axes_.size(); ++axis) {
    if (present[axis] == (strides_[axis] != 0)) continue;
    complain(csv, 1, fmt::format("its columns differ from those of {}", first_file_),
             "give all files the same columns");
  }
  per_.reset();
  if (reference_.per) per_ = need_column(csv, *reference_.per);
  if (reference_.wide) {
    find_wide_figures(csv);
  } else {
    find_figures(csv);
  }
}

/// Without its years a table cannot be cut off at the launch.
void DenseReader::require_years() {
  for (std::size_t axis = 0; axis < axes_.size(); ++axis) {
    if (axes_[axis].kind == WantedAxis::Kind::year && strides_[axis] != 0) return;
  }
  mistakes_.add(
      {{first_file_, 1, 0},
       parameter_.name + ": each row was known in its own year, but no column holds the year",
       "say in which year the whole table was known (known_from)"});
}

void DenseReader::find_filters(const Csv& csv) {
  filters_.clear();
  for (const auto& [column, cells] : reference_.where) {
    if (const auto at = need_column(csv, column)) {
      filters_.push_back({*at, {cells.begin(), cells.end()}});
    }
  }
}

void DenseReader::find_figures(const Csv& csv) {
  Figures figures;
  for (const std::string& value : reference_.value) {
    if (const auto at = need_column(csv, value)) figures.at.push_back(*at);
  }
  figures_ = {std::move(figures)};
}

void DenseReader::find_wide_figures(const Csv& csv) {
  figures_.clear();
  for (std::size_t axis = 0; axis < axes_.size(); ++axis) {
    if (axes_[axis].name != reference_.wide) continue;
    for (std::size_t column = 0; column < csv.columns().size(); ++column) {
      const auto at = readers_[axis].place(csv.columns()[column]).at;
      if (at) figures_.push_back({{column}, *at * strides_[axis]});
    }
  }
  if (figures_.empty()) {
    complain(csv, 1, fmt::format("no column is named by a wanted {}", *reference_.wide),
             fmt::format("the columns are {}", fmt::join(csv.columns(), ", ")));
  }
}

bool DenseReader::passes_filters(const Csv& csv, std::size_t row) {
  for (Filter& filter : filters_) {
    if (!filter.cells.contains(csv.cell(row, filter.at))) return false;
    filter.matched = true;
  }
  return true;
}

void DenseReader::read_row(const Csv& csv, std::size_t row, std::size_t offset) {
  for (const Column& column : columns_) {
    const Place place = readers_[column.axis].place(csv.cell(row, column.at));
    if (!place.what.empty()) complain(csv, csv.line(row), place.what, place.remedy);
    if (!place.at) return;
    offset += *place.at * strides_[column.axis];
  }
  for (const Figures& figures : figures_) store(csv, row, figures, offset + figures.offset);
}

void DenseReader::store(const Csv& csv, std::size_t row, const Figures& figures,
                        std::size_t offset) {
  if (lines_[offset] != 0) {
    complain(csv, csv.line(row),
             fmt::format("a second figure for {} (the first is on line {})", key(offset),
                         lines_[offset]),
             "keep one; if another column tells them apart, choose with where or columns");
    return;
  }
  lines_[offset] = csv.line(row);
  const auto figure = read_figure(csv, row, figures);
  if (!figure) return;
  check_range(csv, row, *figure, offset);
  values_[offset] = *figure * reference_.scale;
}

std::optional<double> DenseReader::read_cell(const Csv& csv, std::size_t row, std::size_t column) {
  const std::string_view cell = csv.cell(row, column);
  const auto number = number_in<double>(cell);
  if (number && std::isfinite(*number)) return number;
  const bool comma = cell.find(',') != std::string_view::npos;
  complain(csv, csv.line(row),
           fmt::format("column '{}' holds '{}', which is no number", csv.columns()[column], cell),
           comma ? "write a decimal point, and nothing between thousands"
                 : "write a number with a decimal point; leave out a row without a figure");
  return std::nullopt;
}

std::optional<double> DenseReader::read_figure(const Csv& csv, std::size_t row,
                                               const Figures& figures) {
  double sum = 0.0;
  for (const std::size_t column : figures.at) {
    const auto number = read_cell(csv, row, column);
    if (!number) return std::nullopt;
    sum += *number;
  }
  if (!per_) return sum;
  const auto per = read_cell(csv, row, *per_);
  if (!per) return std::nullopt;
  if (*per > 0.0) return sum / *per;
  complain(
      csv, csv.line(row),
      fmt::format("column '{}' holds {}, by which nothing can be divided", *reference_.per, *per),
      "give a number above 0");
  return std::nullopt;
}

void DenseReader::check_range(const Csv& csv, std::size_t row, double figure, std::size_t offset) {
  const double scaled = figure * reference_.scale;
  const Range& range = parameter_.range;
  if (std::isfinite(scaled) && scaled >= range.least && scaled <= range.most) return;
  complain(csv, csv.line(row),
           fmt::format("{} for {} is {}", scaled, key(offset),
                       std::isfinite(scaled) ? range_text(range, scaled) : "too large"),
           "correct the figure, or its scale");
}

std::string DenseReader::key(std::size_t offset) const {
  std::string text;
  for (std::size_t axis = 0; axis < axes_.size(); ++axis) {
    if (strides_[axis] == 0) continue;
    const std::size_t at = offset / strides_[axis] % axes_[axis].labels.size();
    if (!text.empty()) text += ", ";
    text += axes_[axis].name + "=" + axes_[axis].labels[at];
  }
  return text.empty() ? "the whole table" : text;
}

/// A table may be about a few cells, but hardly about none.
void DenseReader::require_any_row() {
  if (std::any_of(lines_.begin(), lines_.end(), [](std::size_t line) { return line != 0; })) return;
  mistakes_.add({{first_file_, 0, 0},
                 parameter_.name + ": no row is about the years and areas of the projection",
                 "check its years and areas, or leave the table out"});
}

std::vector<bool> DenseReader::labels_seen(std::size_t axis) const {
  std::vector<bool> seen(axes_[axis].labels.size(), false);
  for (std::size_t at = 0; at < lines_.size(); ++at) {
    if (lines_[at] != 0) seen[at / strides_[axis] % seen.size()] = true;
  }
  return seen;
}

/// A table may leave out cells that are 0, but hardly a whole year or area: that it lacks one more
/// likely means that it is the wrong table, or ends too early.
void DenseReader::find_missing_labels() {
  if (reference_.missing == Missing::none) {
    require_any_row();
    return;
  }
  for (std::size_t axis = 0; axis < axes_.size(); ++axis) {
    if (!axes_[axis].every || strides_[axis] == 0) continue;
    const std::vector<bool> seen = labels_seen(axis);
    std::vector<std::string> missing;
    for (std::size_t at = 0; at < seen.size(); ++at) {
      if (!seen[at]) missing.push_back(axes_[axis].labels[at]);
    }
    if (missing.empty()) continue;
    const std::size_t count = missing.size();
    missing.resize(std::min<std::size_t>(count, 5));
    std::string remedy = "add its rows";
    if (last_year_) remedy += fmt::format("; rows after {} are not read", *last_year_);
    mistakes_.add({{first_file_, 0, 0},
                   fmt::format("{}: no row at all for {} {}{}", parameter_.name, axes_[axis].name,
                               fmt::join(missing, ", "),
                               count > 5 ? fmt::format(" and {} more", count - 5) : ""),
                   remedy});
  }
}

/// Labels of a partial axis that no row is about have no gaps and no figures.
void DenseReader::leave_out_unknown() {
  for (std::size_t axis = 0; axis < axes_.size(); ++axis) {
    if (!axes_[axis].partial || strides_[axis] == 0) continue;
    const std::vector<bool> seen = labels_seen(axis);
    for (std::size_t at = 0; at < lines_.size(); ++at) {
      if (seen[at / strides_[axis] % seen.size()]) continue;
      lines_[at] = 1;
      values_[at] = std::numeric_limits<double>::quiet_NaN();
    }
  }
}

void DenseReader::find_gaps() {
  if (reference_.missing != Missing::error) return;
  const auto missing = std::count(lines_.begin(), lines_.end(), std::size_t{0});
  if (missing == 0) return;
  const auto first = std::find(lines_.begin(), lines_.end(), std::size_t{0}) - lines_.begin();
  mistakes_.add({{first_file_, 0, 0},
                 fmt::format("{}: {} rows are missing; the first is {}", parameter_.name, missing,
                             key(static_cast<std::size_t>(first))),
                 "add the rows, or say missing = \"zero\" if the table leaves out zeros"});
}

}  // namespace kohort
