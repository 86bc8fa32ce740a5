#include "engine/input/dense_reader.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <limits>
#include <unordered_map>
#include <unordered_set>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "engine/base/error.hpp"
#include "engine/base/nearest.hpp"

namespace kohort {
namespace {

constexpr std::size_t most_mistakes = 20;

std::optional<double> to_number(std::string_view text) {
  double number = 0.0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return number;
}

std::optional<int> to_whole(std::string_view text) {
  int number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return number;
}

/// "15-19" and "85+" name an age group by its first age.
std::string_view first_age(std::string_view text) {
  const std::size_t end = text.find_first_of("-+", 1);
  return end == std::string_view::npos ? text : text.substr(0, end);
}

/// An axis as it stands in the file.
struct Column {
  const WantedAxis* axis = nullptr;
  std::size_t at = 0;  ///< the column's number in the file
  std::size_t stride = 0;
  std::unordered_map<std::string_view, std::size_t> positions;
  std::unordered_set<std::string_view> skipped;
};

class DenseReader {
 public:
  DenseReader(const Csv& csv, const Parameter& parameter, const TableReference& reference)
      : csv_(csv), parameter_(parameter), reference_(reference) {}

  DenseTable read(std::span<const WantedAxis> axes, std::optional<int> last_year) {
    find_columns(axes, last_year);
    mistakes_.throw_if_any(Fault::input);
    for (std::size_t row = 0; row < csv_.rows() && !full(); ++row) read_row(row, last_year);
    find_gaps(last_year);
    mistakes_.throw_if_any(Fault::input);
    return {std::move(values_), std::move(strides_)};
  }

 private:
  bool full() const { return mistakes_.found().size() >= most_mistakes; }

  void add(std::size_t line, std::string what, std::string remedy) {
    mistakes_.add(
        {{csv_.file(), line, 0}, parameter_.name + ": " + std::move(what), std::move(remedy)});
  }

  std::optional<std::size_t> need_column(const std::string& name) {
    const auto column = csv_.column(name);
    if (column) return column;
    const auto meant = nearest(name, csv_.columns());
    add(1, fmt::format("there is no column '{}'", name),
        meant ? fmt::format("did you mean '{}'?", *meant)
              : fmt::format("the columns are {}", fmt::join(csv_.columns(), ", ")));
    return std::nullopt;
  }

  std::string column_name(const WantedAxis& axis) const {
    const auto renamed = reference_.columns.find(axis.name);
    return renamed == reference_.columns.end() ? axis.name : renamed->second;
  }

  void find_columns(std::span<const WantedAxis> axes, std::optional<int> last_year) {
    for (const auto& [column, cell] : reference_.where) {
      if (const auto at = need_column(column)) filters_.emplace_back(*at, cell);
    }
    if (const auto at = need_column(reference_.value)) value_column_ = *at;
    if (reference_.per) per_column_ = need_column(*reference_.per);
    std::size_t size = 1;
    strides_.assign(axes.size(), 0);
    for (std::size_t axis = axes.size(); axis-- > 0;) {
      if (!add_column(axes[axis], size)) continue;
      strides_[axis] = size;
      size *= axes[axis].labels.size();
    }
    std::reverse(columns_.begin(), columns_.end());
    if (last_year) need_years();
    values_.assign(size, 0.0);
    rows_.assign(size, none);
  }

  /// Without its years a table cannot be cut off at the launch.
  void need_years() {
    for (const Column& column : columns_) {
      if (column.axis->others == WantedAxis::Others::skip_years) return;
    }
    add(1, "each row was known in its own year, but no column holds the year",
        "say in which year the whole table was known (known_from)");
  }

  bool add_column(const WantedAxis& axis, std::size_t stride) {
    const std::string name = column_name(axis);
    const bool renamed = reference_.columns.contains(axis.name);
    const bool there = csv_.column(name).has_value();
    if (!there && (renamed || axis.required)) need_column(name);
    if (!there) return false;
    Column column{&axis, *csv_.column(name), stride, {}, {}};
    for (std::size_t at = 0; at < axis.labels.size(); ++at) column.positions[axis.labels[at]] = at;
    column.skipped.insert(axis.known.begin(), axis.known.end());
    columns_.push_back(std::move(column));
    return true;
  }

  std::string_view label(const Column& column, std::size_t row) const {
    std::string_view cell = csv_.cell(row, column.at);
    const auto renamed = reference_.labels.find(std::string(cell));
    if (renamed != reference_.labels.end()) return renamed->second;
    return column.axis->name == "age" ? first_age(cell) : cell;
  }

  /// The position of the row on an axis; none where the row is not wanted or has a mistake.
  std::optional<std::size_t> position(const Column& column, std::size_t row,
                                      std::optional<int> last_year) {
    std::string_view text = label(column, row);
    std::string shifted;
    if (column.axis->others == WantedAxis::Others::skip_years) {
      const auto year = to_whole(text);
      if (!year) {
        add(csv_.line(row), fmt::format("the year '{}' is no whole number", text), "write a year");
        return std::nullopt;
      }
      if (last_year && *year > *last_year) return std::nullopt;
      shifted = std::to_string(*year + reference_.year_shift);
      text = shifted;
    }
    const auto found = column.positions.find(text);
    if (found != column.positions.end()) return found->second;
    if (column.axis->others == WantedAxis::Others::reject && !column.skipped.contains(text)) {
      unknown_label(column, row, text);
    }
    return std::nullopt;
  }

  void unknown_label(const Column& column, std::size_t row, std::string_view text) {
    const std::vector<std::string>& labels = column.axis->labels;
    const auto meant = nearest(text, labels);
    const bool many = labels.size() > 12;
    add(csv_.line(row), fmt::format("unknown {} '{}'", column.axis->name, text),
        meant  ? fmt::format("did you mean '{}'?", *meant)
        : many ? fmt::format("it must be one of {} to {}", labels.front(), labels.back())
               : fmt::format("it must be one of {}", fmt::join(labels, ", ")));
  }

  void read_row(std::size_t row, std::optional<int> last_year) {
    for (const auto& [column, cell] : filters_) {
      if (csv_.cell(row, column) != cell) return;
    }
    std::size_t offset = 0;
    for (const Column& column : columns_) {
      const auto at = position(column, row, last_year);
      if (!at) return;
      offset += *at * column.stride;
    }
    if (rows_[offset] != none) {
      add(csv_.line(row),
          fmt::format("a second row for {} (the first is on line {})", key(offset),
                      csv_.line(rows_[offset])),
          "keep one; if another column tells them apart, choose with where or columns");
      return;
    }
    rows_[offset] = row;
    if (const auto number = read_number(row)) store(*number, offset, row);
  }

  std::optional<double> read_cell(std::size_t row, std::size_t column) {
    const std::string_view cell = csv_.cell(row, column);
    const auto number = to_number(cell);
    if (number && std::isfinite(*number)) return number;
    add(csv_.line(row),
        fmt::format("column '{}' holds '{}', which is no number", csv_.columns()[column], cell),
        "write a number with a decimal point; a row without a figure is left out");
    return std::nullopt;
  }

  std::optional<double> read_number(std::size_t row) {
    const auto value = read_cell(row, value_column_);
    if (!value || !per_column_) return value;
    const auto per = read_cell(row, *per_column_);
    if (!per) return std::nullopt;
    if (*per > 0.0) return *value / *per;
    add(csv_.line(row),
        fmt::format("column '{}' holds {}, by which nothing can be divided", *reference_.per, *per),
        "give a number above 0");
    return std::nullopt;
  }

  void store(double number, std::size_t offset, std::size_t row) {
    const double scaled = number * reference_.scale;
    if (scaled < parameter_.range.least || scaled > parameter_.range.most) {
      add(csv_.line(row),
          fmt::format("{} for {} is {}", number, key(offset),
                      scaled < parameter_.range.least
                          ? (parameter_.range.least == 0.0
                                 ? std::string("negative")
                                 : fmt::format("below {}", parameter_.range.least))
                          : fmt::format("above {}", parameter_.range.most)),
          "correct the figure");
    }
    values_[offset] = scaled;
  }

  std::string key(std::size_t offset) const {
    std::string text;
    for (const Column& column : columns_) {
      const std::size_t at = offset / column.stride % column.axis->labels.size();
      if (!text.empty()) text += ", ";
      text += column.axis->name + "=" + column.axis->labels[at];
    }
    return text.empty() ? "the whole table" : text;
  }

  void find_gaps(std::optional<int> last_year) {
    if (reference_.missing == Missing::zero || !mistakes_.empty()) return;
    const auto missing = std::count(rows_.begin(), rows_.end(), none);
    if (missing == 0) return;
    const auto first = std::find(rows_.begin(), rows_.end(), none) - rows_.begin();
    std::string remedy = "add the rows, or say missing = \"zero\" if the table leaves out zeros";
    if (last_year) remedy += fmt::format("; rows after {} are not read", *last_year);
    mistakes_.add({{csv_.file(), 0, 0},
                   fmt::format("{}: {} rows are missing; the first is {}", parameter_.name, missing,
                               key(static_cast<std::size_t>(first))),
                   remedy});
  }

  static constexpr std::size_t none = std::numeric_limits<std::size_t>::max();

  const Csv& csv_;
  const Parameter& parameter_;
  const TableReference& reference_;
  Mistakes mistakes_;
  std::vector<std::pair<std::size_t, std::string>> filters_;
  std::size_t value_column_ = 0;
  std::optional<std::size_t> per_column_;
  std::vector<Column> columns_;  ///< those of the file, in the order of the wanted axes
  std::vector<std::size_t> strides_;
  std::vector<double> values_;
  std::vector<std::size_t> rows_;  ///< which row gave each value
};

}  // namespace

DenseTable read_dense(const Csv& csv, const Parameter& parameter, const TableReference& reference,
                      std::span<const WantedAxis> axes, std::optional<int> last_year) {
  return DenseReader(csv, parameter, reference).read(axes, last_year);
}

}  // namespace kohort
