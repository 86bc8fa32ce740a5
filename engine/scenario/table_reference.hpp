// How a scenario names a table: which file, which of its columns, and what is known about it.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "engine/base/basis.hpp"
#include "engine/base/error.hpp"

namespace kohort {

/// When the figures of a table became known: all in one year, or each row in its own `year`.
struct KnownFrom {
  std::optional<int> year;  ///< none: each row in the year that it is about
};

/// What a reader does about a row that the table lacks.
enum class Missing {
  error,  ///< report it (the default)
  zero,   ///< take it as 0, where the table leaves out empty cells
  none,   ///< no figure (NaN), where what a table has no row for is free; no scenario says so
};

class FigureChange;

/// One table, as named by a scenario. Paths are relative to the file that names them.
struct TableReference {
  /// As resolved against the naming file. `{axis}` in the name stands for each label of that axis.
  std::string file;
  std::vector<std::string> value{"value"};     ///< the columns that hold the figures, added up
  std::optional<std::string> per;              ///< a column to divide by, such as the exposure
  std::map<std::string, std::string> columns;  ///< axis -> column, where the names differ
  std::optional<std::string> wide;             ///< the axis whose labels are names of columns
  /// axis -> cell -> label, where the words of the table differ from those of the axis
  std::map<std::string, std::map<std::string, std::string>> labels;
  std::map<std::string, std::vector<std::string>>
      where;           ///< column -> the cells that rows may have
  double scale = 1.0;  ///< figures are multiplied by this
  int year_shift = 0;  ///< added to the years of the table
  int age_shift = 0;   ///< added to the ages of the table
  Missing missing = Missing::error;
  // What the table's card says unless it is said here.
  std::optional<Basis> basis;
  std::optional<KnownFrom> known_from;
  std::optional<AgeDefinition> age_definition;
  std::string source;
  Location location;  ///< where the scenario names it
  // What no scenario says, but interventions on a parameter do.
  std::optional<double> number{};  ///< in place of a file: a figure for every cell
  /// changes the figures once they are read; null where nothing does
  std::shared_ptr<const FigureChange> change{};

  /// The column that holds the labels of an axis.
  const std::string& column_of(const std::string& axis) const {
    const auto renamed = columns.find(axis);
    return renamed == columns.end() ? axis : renamed->second;
  }
  /// The label of an axis that a cell stands for.
  std::string label_of(const std::string& axis, const std::string& cell) const {
    const auto words = labels.find(axis);
    if (words == labels.end()) return cell;
    const auto renamed = words->second.find(cell);
    return renamed == words->second.end() ? cell : renamed->second;
  }
};

/// A figure that is either one number or a table over some axes.
struct Quantity {
  std::variant<std::monostate, double, TableReference> content;

  bool given() const { return !std::holds_alternative<std::monostate>(content); }
  const double* number() const { return std::get_if<double>(&content); }
  const TableReference* table() const { return std::get_if<TableReference>(&content); }
};

}  // namespace kohort
