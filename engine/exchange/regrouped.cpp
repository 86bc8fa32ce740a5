#include "engine/exchange/regrouped.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace kohort::exchange {
namespace {

/// An axis after regrouping, and the group of each of its positions.
struct GroupedAxis {
  std::vector<std::string> codes;
  std::vector<std::string> names;
  std::vector<std::size_t> group_of;
};

constexpr int width = 5;

/// The age that a label begins with: 85 of "85" and "85+".
int first_age(const std::string& label) { return std::stoi(label); }

GroupedAxis five_years(const TableAxis& ages) {
  GroupedAxis grouped;
  const int open = first_age(ages.codes.back()) / width * width;
  for (const std::string& label : ages.codes) {
    const int first = first_age(label) / width * width;
    const std::string group =
        first == open ? fmt::format("{}+", first) : fmt::format("{}-{}", first, first + width - 1);
    if (grouped.codes.empty() || grouped.codes.back() != group) grouped.codes.push_back(group);
    grouped.group_of.push_back(grouped.codes.size() - 1);
  }
  grouped.names = grouped.codes;
  return grouped;
}

GroupedAxis grouped(const TableAxis& axis, Regrouping regrouping, Words words) {
  if (regrouping == Regrouping::five_years && axis.name == "age") return five_years(axis);
  if (regrouping == Regrouping::all_people && (axis.name == "age" || axis.name == "sex")) {
    const std::string total = word("total", words);
    return {{total}, {total}, std::vector<std::size_t>(axis.codes.size(), 0)};
  }
  GroupedAxis same{axis.codes, {}, {}};
  for (std::size_t at = 0; at < axis.codes.size(); ++at) {
    same.names.push_back(label_text(axis, at, words));
    same.group_of.push_back(at);
  }
  return same;
}

}  // namespace

Regrouped::Regrouped(const ResultTable& table, Regrouping regrouping, Words words)
    : rows_(1), row_of_cell_(1, 0) {
  for (const TableAxis& axis : table.axes) {
    const GroupedAxis own = grouped(axis, regrouping, words);
    std::vector<RegroupedRow> rows;
    for (const RegroupedRow& row : rows_) {
      for (std::size_t group = 0; group < own.codes.size(); ++group) {
        rows.push_back(row);
        rows.back().codes.push_back(own.codes[group]);
        rows.back().names.push_back(own.names[group]);
      }
    }
    std::vector<std::size_t> row_of_cell;
    for (const std::size_t row : row_of_cell_) {
      for (const std::size_t group : own.group_of) {
        row_of_cell.push_back(row * own.codes.size() + group);
      }
    }
    rows_ = std::move(rows);
    row_of_cell_ = std::move(row_of_cell);
  }
}

std::vector<double> Regrouped::sums(const std::vector<double>& cells) const {
  if (cells.empty()) return {};
  std::vector<double> sums(rows_.size());
  for (std::size_t cell = 0; cell < cells.size(); ++cell) sums[row_of_cell_[cell]] += cells[cell];
  return sums;
}

bool has_single_years(const ResultTable& table) {
  const std::size_t at = axis_at(table, "age");
  if (at == table.axes.size()) return false;
  const std::vector<std::string>& codes = table.axes[at].codes;
  return std::none_of(codes.begin(), codes.end(),
                      [](const std::string& code) { return code.find('-') != std::string::npos; });
}

std::size_t axis_at(const ResultTable& table, const std::string& name) {
  const auto found = std::find_if(table.axes.begin(), table.axes.end(),
                                  [&](const TableAxis& axis) { return axis.name == name; });
  return static_cast<std::size_t>(found - table.axes.begin());
}

}  // namespace kohort::exchange
