// A table to hold results against: what happened, or what somebody else forecast.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "engine/compare/cells.hpp"

namespace kohort::compare {

/// Figures of one quantity that were published together.
struct ReferenceFigures {
  Quantity quantity;
  std::string definition;      ///< by which its people are counted; empty where the table says none
  std::optional<int> vintage;  ///< the year in which the forecast was made; none of an outturn
  bool directions = false;     ///< figures are 1 where it grows, -1 where it falls
  CellAxes axes;
  std::vector<double> values;  ///< NaN where the table has no row

  /// Its figure at labels, or what the figures of parts make up: of finer ages, of both sexes. NaN
  /// where there is neither.
  double figure(const std::string& area, const std::string& ages, const std::string& sex,
                int year) const;
};

/// What a reader of a reference table is told.
struct ReferenceOptions {
  std::string value{};     ///< the column of the figures; empty: `value`
  std::string variable{};  ///< what they are, where no column says so; empty: population/persons
  std::map<std::string, std::string> columns{};  ///< what a column is called here -> in the table
};

/// A table: long CSV with a card beside it. See README.md for its columns.
struct Reference {
  std::string file;
  std::string unit;    ///< as the card says it; empty where it does not
  std::string source;  ///< likewise
  std::vector<ReferenceFigures> figures;
};

/// Reads a table. Throws `Error` (Fault::input, with the table and the row) on columns that are not
/// known or missing, cells that are no number, ages that are none, and rows that come twice.
Reference read_reference(const std::string& file, const ReferenceOptions& options);

}  // namespace kohort::compare
