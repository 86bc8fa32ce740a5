// The axes that all models of a run share: which years, areas, groups, sexes and ages.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/axes.hpp"
#include "engine/base/calendar.hpp"
#include "engine/base/precision.hpp"
#include "engine/input/tables.hpp"
#include "engine/scenario/catalogue.hpp"
#include "engine/scenario/settings.hpp"

namespace kohort {

/// An area, or the closing rest of the country.
struct AreaDescription {
  std::string code;
  std::string name;
  bool rest = false;
  std::string county;  ///< code of the county; empty where the list of areas has none
  std::string word{};  ///< in the column by which areas are grouped; empty where there is none
};

/// Areas by whose sum a result is read, such as a county. An area may be in several groups.
struct AreaGroup {
  std::string name;           ///< no area and no other group is called so
  std::vector<Area> members;  ///< at least one, each once, in the order of the areas
};

/// Whole age groups of the frame by whose sum a result is read, both ends included.
struct AgeGroup {
  std::string name;  ///< as the scenario writes it, such as "20-64" or "80+"
  Age first;
  Age last;
};

/// The axes of a run. Immutable. Areas stand in the order of the scenario, the closing rest last.
struct Frame {
  Year base_year;
  int step = 1;  ///< years in an interval, and width of an age group
  std::size_t intervals = 0;
  int open_age = 100;
  std::vector<AreaDescription> areas;
  std::vector<std::string> groups;  ///< empty where people are not told apart
  std::vector<std::string> sexes;
  std::vector<AreaDescription> other_areas;  ///< known, but not projected
  std::vector<AreaGroup> area_groups;        ///< those of the scenario; may overlap
  std::vector<AgeGroup> age_groups;          ///< the scenario's, or usual ones; may overlap
  /// In what the parts of the people may be carried, and sums be kept.
  Precision precision = Precision::in_double;

  std::size_t ages() const { return static_cast<std::size_t>(open_age / step) + 1; }
  std::size_t rows() const { return ages() + 1; }
  /// One group where the scenario names none.
  std::size_t group_count() const { return groups.empty() ? 1 : groups.size(); }
  /// Areas times groups: the states of the multistate model.
  std::size_t places() const { return areas.size() * group_count(); }

  /// The first age of an age group.
  int first_age(Age age) const { return static_cast<int>(age.position()) * step; }
  /// The age group that a cohort row is in at the end of the interval.
  Age age_of(CohortRow row) const;
  /// The last year of an interval.
  Year end_of(Interval interval) const;
  /// The year in which the projection ends.
  Year end_year() const { return base_year + static_cast<int>(intervals) * step; }

  WantedAxis area_axis() const;
  /// The areas by another name, such as "origin"; a table must have the column.
  WantedAxis area_axis_named(const std::string& name) const;
  /// The areas but for the closing rest, which registers do not know; a table must have the column.
  WantedAxis own_area_axis() const;
  /// How many areas there are besides the closing rest.
  std::size_t own_areas() const { return areas.size() - (closed_by_rest() ? 1 : 0); }
  bool closed_by_rest() const { return !areas.empty() && areas.back().rest; }
  /// The position of a sex; none where it is not projected.
  std::optional<Sex> position_of(std::string_view sex) const;
  WantedAxis group_axis() const;
  WantedAxis sex_axis() const;
  WantedAxis age_axis() const;
  /// The years of the flows; a table without the column holds for all of them.
  WantedAxis flow_years() const;
};

/// Declares the parameters that a frame is read from: `projection` and `areas`.
void declare_frame(Catalogue& catalogue);

/// Reads the frame of a scenario. Throws `Error` where it does not fit together.
Frame read_frame(const Settings& settings, Tables& tables);

/// The launch year of a scenario, if it has one: nothing known later may be read.
std::optional<Year> launch_year(const Settings& settings);

/// The tables of a run of this scenario, none of them read yet. Throws `Error` (Fault::scenario)
/// where `projection.conditional_on` names what is no parameter.
Tables tables_of(const Settings& settings, const Catalogue& catalogue);

}  // namespace kohort
