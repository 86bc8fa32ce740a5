// Figures that a scenario gives as a number or a table, read along the axes of the frame.
#pragma once

#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "engine/input/tables.hpp"
#include "engine/model/frame.hpp"
#include "engine/scenario/settings.hpp"

namespace kohort::population {

/// What the readers of rates work from.
struct Source {
  const Settings& settings;
  const Frame& frame;
  Tables& tables;
  std::stop_token stop{};  ///< ends what takes long
};

/// Whether a table may leave out an axis, its figures then holding for all positions: rates may,
/// counts may not.
enum class Completeness { rates, counts };

/// A number, or a table over [interval, area, group, sex, age].
class Figures {
 public:
  /// Reads a parameter. Ages are those of the frame unless others are given. Throws `Error` where
  /// none is given at all, or as `Tables::read` does.
  static Figures read(const Source& source, const Parameter& parameter, Completeness completeness,
                      std::optional<std::vector<std::string>> ages = std::nullopt);

  double operator()(Interval interval, Area area, Group group, Sex sex, Age age) const {
    return table_(interval, area, group, sex, age);
  }

  /// How many different years there are to read: 1 where all intervals are alike.
  std::size_t series_length(const Frame& frame) const {
    return table_.varies_along<Interval>() ? frame.intervals : 1;
  }
  /// How the ages are counted; those of a plain number, the same for all ages, at the year's end.
  AgeDefinition ages() const { return ages_; }

 private:
  BroadcastTable<Interval, Area, Group, Sex, Age> table_;
  AgeDefinition ages_ = AgeDefinition::end_of_year;
};

/// Throws `Error` unless the figures are by age at the end of the year (or one plain number).
void require_year_end_ages(const Source& source, const Parameter& parameter,
                           const Figures& figures);

/// The quantity that a parameter holds; throws `Error` where the scenario gives none.
Quantity require_quantity(const Source& source, const Parameter& parameter);

}  // namespace kohort::population
