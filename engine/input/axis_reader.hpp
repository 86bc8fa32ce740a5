// From a cell of a table to a position on an axis.
#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "engine/input/wanted_axis.hpp"
#include "engine/scenario/table_reference.hpp"

namespace kohort {

/// Where a cell stands on an axis: at a position, nowhere (the row is not wanted), or wrong.
struct Place {
  std::optional<std::size_t> at{};
  std::string what{};    ///< is wrong, where something is
  std::string remedy{};  ///< what to do about it
};

/// Reads the cells of one column. The axis and the reference must outlive it.
class AxisReader {
 public:
  /// With `last_year`, years after it do not exist.
  AxisReader(const WantedAxis& axis, const TableReference& reference, std::optional<int> last_year);

  Place place(std::string_view cell) const;
  const WantedAxis& axis() const { return axis_; }
  /// The word by which the table knows a label of the axis.
  std::string word_for(const std::string& label) const;
  /// Whether a label is a year that does not exist: by the year meant or the one that the table
  /// names, whichever is later.
  bool too_late(const std::string& label) const;

 private:
  Place place_year(std::string_view cell) const;
  bool too_late(int named) const;
  Place place_age(std::string_view cell) const;
  Place place_text(std::string_view label) const;
  Place check_end(std::string_view cell, std::size_t at, int shift) const;
  Place outside(std::string_view cell, int first) const;

  const WantedAxis& axis_;
  const std::map<std::string, std::string>* words_ = nullptr;  ///< cell -> label
  int shift_;
  std::optional<int> last_year_;
  std::unordered_map<std::string_view, std::size_t> positions_;
  std::unordered_map<int, std::size_t> numbers_;  ///< of labels that are years or ages
  std::vector<int> first_ages_;
  std::unordered_set<std::string_view> known_;
  std::unordered_set<std::string_view> left_out_;
};

}  // namespace kohort
