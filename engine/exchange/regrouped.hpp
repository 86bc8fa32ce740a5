// Figures of a table added up over ages and sexes.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "engine/exchange/headings.hpp"
#include "engine/exchange/result_tables.hpp"

namespace kohort::exchange {

/// What is added up.
enum class Regrouping {
  none,
  five_years,  ///< single years of age to 0-4, 5-9 ...; the last group is open as the last age is
  all_people,  ///< sexes and ages together
};

/// One row: its label on each axis, and where it stands.
struct RegroupedRow {
  std::vector<std::string> codes;
  std::vector<std::string> names;
};

/// The rows of a table after regrouping, and which of them each cell of a year belongs to.
class Regrouped {
 public:
  Regrouped(const ResultTable& table, Regrouping regrouping, Words words);

  const std::vector<RegroupedRow>& rows() const { return rows_; }
  /// The figures of a year by rows; none where the year has none.
  std::vector<double> sums(const std::vector<double>& cells) const;

 private:
  std::vector<RegroupedRow> rows_;
  std::vector<std::size_t> row_of_cell_;
};

/// Whether the ages of a table are single years, which can be regrouped.
bool has_single_years(const ResultTable& table);

/// The position of an axis in a table; how many there are where it has none of that name.
std::size_t axis_at(const ResultTable& table, const std::string& name);

}  // namespace kohort::exchange
