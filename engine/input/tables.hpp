// Input tables: CSV, checked cell by cell and made dense.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "engine/base/calendar.hpp"
#include "engine/input/csv.hpp"
#include "engine/input/dense_reader.hpp"
#include "engine/input/record.hpp"
#include "engine/input/wanted_axis.hpp"
#include "engine/scenario/parameter.hpp"
#include "engine/scenario/table_reference.hpp"
#include "engine/table/broadcast_table.hpp"

namespace kohort {

/// The tables of one run: reads each file once, and keeps account of what was read.
class Tables {
 public:
  /// With a launch year, nothing is read that became known after it.
  explicit Tables(std::optional<Year> launch) : launch_(launch) {}

  /// Lets the tables of these parameters be read though they became known after the launch: the
  /// projection is then conditional on them.
  void allow_later(std::vector<std::string> parameters) { later_ = std::move(parameters); }

  /// Reads the figures that `parameter` refers to, along axes that stand for `Positions`, in their
  /// order. Throws `Error` (Fault::input, with the table, the row and the key) on columns that are
  /// not there, cells that are no number or outside the parameter's range, unknown labels,
  /// duplicates and gaps; (Fault::scenario) where the table was not yet known at the launch.
  template <class... Positions>
  BroadcastTable<Positions...> read(const Parameter& parameter, const TableReference& reference,
                                    const std::array<WantedAxis, sizeof...(Positions)>& axes) {
    DenseFigures figures = read_dense(parameter, reference, axes);
    typename BroadcastTable<Positions...>::Strides strides{};
    std::copy(figures.strides.begin(), figures.strides.end(), strides.begin());
    return {std::move(figures.values), strides};
  }

  /// The rows of a table that is not one of figures, such as the list of areas.
  const Csv& rows(const Parameter& parameter, const TableReference& reference);

  /// How the ages of the table are counted. Throws `Error` (Fault::input) where nobody says it.
  AgeDefinition age_definition(const Parameter& parameter, const TableReference& reference);

  /// Takes note of a file of figures that somebody else reads, by what `reference` says of it:
  /// file, basis, known_from, source. Throws `Error` (Fault::scenario) as `read` does where it was
  /// not yet known at the launch.
  void enter(const Parameter& parameter, const TableReference& reference,
             const std::string& sha256);

  /// How much the weakest of all figures read so far is worth.
  Basis weakest() const { return weakest_; }
  /// How much the figures that were read for a parameter are worth.
  Basis basis_of(const Parameter& parameter) const;
  /// Takes note of figures that stand in the scenario itself.
  void note(Basis basis) { weakest_ = std::max(weakest_, basis); }

  /// The first year in which everything read so far was known; none where nobody says since when
  /// some table was.
  std::optional<Year> known() const { return all_say_when_ ? known_ : std::nullopt; }

  /// Every table read so far, in order.
  const std::vector<InputRecord>& records() const { return records_; }

 private:
  struct File {
    Csv csv;
    TableReference card;  ///< what the card says
  };
  /// One file of a reference, and which label of the axis in its name it is about.
  struct Part {
    std::string file;
    std::optional<std::pair<std::size_t, std::size_t>> fixed;
  };

  DenseFigures read_dense(const Parameter& parameter, const TableReference& reference,
                          std::span<const WantedAxis> axes);
  DenseFigures read_files(const Parameter& parameter, const TableReference& reference,
                          std::span<const WantedAxis> axes);
  DenseFigures spread_number(const Parameter& parameter, const TableReference& reference,
                             std::span<const WantedAxis> axes);
  static std::vector<Part> parts_of(const TableReference& reference,
                                    std::span<const WantedAxis> axes);
  const File& open(const Parameter& parameter, const TableReference& reference,
                   const std::string& file);
  TableReference described(const Parameter& parameter, const TableReference& reference,
                           const std::string& file);
  void require_known(const Parameter& parameter, const TableReference& reference) const;
  void record(const Parameter& parameter, const TableReference& reference, InputRecord facts);
  void note_known(const TableReference& reference, std::optional<Year> latest_row);

  std::optional<Year> launch_;
  std::vector<std::string> later_;  ///< names of parameters
  std::map<std::string, File> files_;
  std::vector<InputRecord> records_;
  std::vector<std::string> numbers_;  ///< names of parameters that were a number
  Basis weakest_ = Basis::observed;
  std::optional<Year> known_;
  bool all_say_when_ = true;
};

}  // namespace kohort
