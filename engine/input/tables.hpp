// Input tables: long CSV, one figure a row, checked cell by cell and made dense.
#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "engine/base/calendar.hpp"
#include "engine/input/csv.hpp"
#include "engine/input/record.hpp"
#include "engine/scenario/parameter.hpp"
#include "engine/scenario/table_reference.hpp"

namespace kohort {

/// An axis along which a table is wanted.
struct WantedAxis {
  /// What is done with a row whose label is none of `labels`.
  enum class Others {
    reject,      ///< it is an error, unless the label is one of `known`
    skip_years,  ///< any whole number may stand there; such rows are not read
  };

  std::string name{};                 ///< also the column, unless the reference says otherwise
  std::vector<std::string> labels{};  ///< the positions wanted, in order
  std::vector<std::string>
      known{};  ///< labels that exist but are not wanted; their rows are skipped
  Others others = Others::reject;
  bool required =
      false;  ///< without the column the figures hold for every position, unless required
};

/// The years `first` to `last`, `step` apart, as an axis; rows of other years are not read.
WantedAxis wanted_years(Year first, Year last, int step);

/// A checked table. Figures that do not depend on an axis are stored once.
class DenseTable {
 public:
  DenseTable(std::vector<double> values, std::vector<std::size_t> strides)
      : values_(std::move(values)), strides_(std::move(strides)) {}

  /// The figure at a position on each of the axes that were asked for, in their order.
  template <class... Positions>
  double operator()(Positions... at) const {
    std::size_t offset = 0;
    std::size_t axis = 0;
    ((offset += strides_[axis++] * at.position()), ...);
    return values_[offset];
  }

  /// Whether the table has a column for the axis with this number.
  bool varies_along(std::size_t axis) const { return strides_[axis] != 0; }

 private:
  std::vector<double> values_;
  std::vector<std::size_t> strides_;
};

/// The tables of one run: reads each file once, and keeps account of what was read.
class Tables {
 public:
  /// With a launch year, nothing is read that became known after it.
  explicit Tables(std::optional<Year> launch) : launch_(launch) {}

  /// Reads the figures that `parameter` refers to. Throws `Error` (Fault::input, with the table,
  /// the row and the key) on columns that are not there, cells that are no number or outside the
  /// parameter's range, unknown labels, duplicates and gaps; (Fault::scenario) where the table was
  /// not yet known at the launch.
  DenseTable read(const Parameter& parameter, const TableReference& reference,
                  std::span<const WantedAxis> axes);

  /// The rows of a table that is not one of figures, such as the list of areas.
  const Csv& rows(const Parameter& parameter, const TableReference& reference);

  /// How the ages of the table are counted. Throws `Error` (Fault::input) where nobody says it.
  AgeDefinition age_definition(const Parameter& parameter, const TableReference& reference);

  std::optional<Year> launch() const { return launch_; }
  /// Every table read so far, in order.
  const std::vector<InputRecord>& records() const { return records_; }

 private:
  struct File {
    Csv csv;
    TableReference card;  ///< what the card says
  };

  const File& open(const TableReference& reference);
  TableReference admit(const Parameter& parameter, const TableReference& reference);
  void record(const Parameter& parameter, const TableReference& reference, const Csv& csv);

  std::optional<Year> launch_;
  std::map<std::string, File> files_;
  std::vector<InputRecord> records_;
};

}  // namespace kohort
