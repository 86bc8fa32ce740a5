// What is compared: quantities, and the labels that their figures stand at.
#pragma once

#include <compare>
#include <cstddef>
#include <limits>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "engine/model/frame_groups.hpp"

namespace kohort::compare {

/// Where there is no figure.
inline constexpr double not_known = std::numeric_limits<double>::quiet_NaN();

/// Something that a result has figures of, by the names of FORMAT.md.
struct Quantity {
  std::string variable;        ///< such as population/persons, or an indicator
  std::string kind{};          ///< state of care, service or need; empty where there are no kinds
  std::optional<int> since{};  ///< its change since this year, and not its level

  friend auto operator<=>(const Quantity&, const Quantity&) = default;
};

inline const Quantity persons_quantity{"population/persons"};

/// "care/users of home_care", "population/persons since 2010".
std::string to_string(const Quantity& quantity);

/// Where one figure stands on the axes.
struct CellPosition {
  std::size_t area = 0;
  std::size_t ages = 0;
  std::size_t sex = 0;
  std::size_t year = 0;
};

/// The labels of figures: areas and groups of areas, ranges of ages, sexes, years. Figures lie in
/// this order, the year varying fastest.
struct CellAxes {
  std::vector<std::string> areas;
  std::vector<std::string> ages;
  std::vector<std::string> sexes;
  std::vector<int> years;

  std::size_t size() const { return areas.size() * ages.size() * sexes.size() * years.size(); }
  std::size_t at(const CellPosition& cell) const {
    return ((cell.area * ages.size() + cell.ages) * sexes.size() + cell.sex) * years.size() +
           cell.year;
  }
  CellPosition cell(std::size_t at) const;
};

/// The label of both sexes together.
inline constexpr std::string_view both_sexes = "both";

/// The ages of a label such as "all", "20-64", "80+" or "18"; none of what is no such label.
std::optional<WrittenAges> span_of(const std::string& label);

/// The same of several labels of one axis. Where every one is a single age, the last is open:
/// single ages end with one that is.
std::vector<std::optional<WrittenAges>> spans_of(std::span<const std::string> labels);

/// The finest of the spans that make up `whole` without gap or overlap, in order; none where they
/// do not.
std::vector<std::size_t> tiles_of(const WrittenAges& whole,
                                  std::span<const std::optional<WrittenAges>> spans);

/// The position of a label; none where it is not there.
template <class Label, class Wanted>
std::optional<std::size_t> position_of(const std::vector<Label>& labels, const Wanted& wanted) {
  for (std::size_t at = 0; at < labels.size(); ++at) {
    if (labels[at] == wanted) return at;
  }
  return std::nullopt;
}

}  // namespace kohort::compare
