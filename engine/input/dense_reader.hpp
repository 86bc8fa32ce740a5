// One pass over the rows of a table: labels to positions, text to numbers, nothing filled in.
#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "engine/base/error.hpp"
#include "engine/input/axis_reader.hpp"
#include "engine/input/csv.hpp"
#include "engine/scenario/parameter.hpp"
#include "engine/scenario/table_reference.hpp"

namespace kohort {

/// The figures of a table, and how far apart neighbours on each wanted axis lie; 0 along an axis
/// that the table does not have.
struct DenseFigures {
  std::vector<double> values;
  std::vector<std::size_t> strides;
};

/// Reads the figures of one parameter from one file or, where each label of an axis has a file of
/// its own, from several. All arguments must outlive it.
class DenseReader {
 public:
  /// With `last_year`, rows of later years do not exist.
  DenseReader(const Parameter& parameter, const TableReference& reference,
              std::span<const WantedAxis> axes, std::optional<int> last_year);

  /// Takes over the rows of a file; with `fixed`, the number of an axis and the position on it that
  /// the whole file is about. Whether its rows exist: not those of a file about a later year.
  bool add(const Csv& csv, std::optional<std::pair<std::size_t, std::size_t>> fixed = std::nullopt);

  /// The figures. Throws `Error` (Fault::input) with all mistakes: columns that are not there,
  /// cells that are no number or out of range, unknown labels, duplicates, gaps.
  DenseFigures finish();

 private:
  /// An axis as it stands in the file.
  struct Column {
    std::size_t axis;
    std::size_t at;  ///< the column's number in the file
  };
  struct Filter {
    std::size_t at;
    std::set<std::string, std::less<>> cells;
    bool matched = false;
  };
  /// A column of figures, and where its figures stand, beyond what the row says.
  struct Figures {
    std::vector<std::size_t> at;  ///< columns that are added up
    std::size_t offset = 0;
  };

  void find_columns(const Csv& csv, std::optional<std::size_t> fixed_axis);
  void find_filters(const Csv& csv);
  void find_figures(const Csv& csv);
  void find_wide_figures(const Csv& csv);
  bool has_axis(const Csv& csv, std::size_t axis, std::optional<std::size_t> fixed_axis);
  bool is_chosen(const std::string& column) const;
  std::optional<std::size_t> need_column(const Csv& csv, const std::string& name);
  void require_years();

  void read_row(const Csv& csv, std::size_t row, std::size_t offset);
  bool passes_filters(const Csv& csv, std::size_t row);
  void store(const Csv& csv, std::size_t row, const Figures& figures, std::size_t offset);
  std::optional<double> read_cell(const Csv& csv, std::size_t row, std::size_t column);
  std::optional<double> read_figure(const Csv& csv, std::size_t row, const Figures& figures);
  void check_range(const Csv& csv, std::size_t row, double figure, std::size_t offset);

  void require_any_row();
  /// Which labels of an axis some row is about.
  std::vector<bool> labels_seen(std::size_t axis) const;
  void find_missing_labels();
  void leave_out_unknown();
  void find_gaps();
  std::string key(std::size_t offset) const;
  void complain(const Csv& csv, std::size_t line, std::string what, std::string remedy);

  const Parameter& parameter_;
  const TableReference& reference_;
  std::span<const WantedAxis> axes_;
  std::optional<int> last_year_;
  std::vector<AxisReader> readers_;  ///< one for each axis
  Mistakes mistakes_;

  // Of the file that is being read.
  std::vector<Column> columns_;
  std::vector<Filter> filters_;
  std::vector<Figures> figures_;
  std::optional<std::size_t> per_;

  std::string first_file_;
  std::vector<std::size_t> strides_;
  std::vector<double> values_;
  std::vector<std::size_t> lines_;  ///< which line gave each value; 0 where none has yet
};

}  // namespace kohort
