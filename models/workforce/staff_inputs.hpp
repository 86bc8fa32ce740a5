// The figures that staff are estimated from, as the tables have them.
#pragma once

#include <string>
#include <vector>

#include "engine/model/source.hpp"
#include "models/workforce/rates.hpp"

namespace kohort::workforce {

/// One of the groups of ages that a table tells apart.
using StaffAgeGroup = Index<struct StaffAgeGroupAxis>;

/// Which group each age of staff is in.
struct AgeGroups {
  WantedAxis axis{};
  std::vector<StaffAgeGroup> group_of{};  ///< by `PartAge`

  std::size_t count() const { return axis.labels.size(); }
  StaffAgeGroup of(PartAge age) const { return group_of[age.position()]; }
};

/// Shares by groups of ages, which sum to 1 for each occupation.
struct EntryAges {
  AgeGroups groups{};
  Table<double, Occupation, StaffAgeGroup> share{};
};

/// An education, before its places are allocated to areas.
struct Education {
  Settings block;
  std::string name;
  Occupation occupation{};
  int years = 0;       ///< from admission to entry
  double part = 1.0;   ///< of those admitted who enter and stay
  double women = 0.5;  ///< share of those who enter
  AgeGroups groups{};
  std::vector<double> share{};  ///< of those who enter, by group of ages
  /// Admitted, of those who are to enter in the interval: areas, and the nation after them. Not a
  /// number where there is no figure.
  Table<double, Interval, Area> places{};
};

/// All about heads: areas, and the nation after them; not a number where there is no figure.
struct HeadCounts {
  Table<double, Occupation, Sex, Area> staff{};
  AgeGroups own_groups{};
  Table<double, Occupation, Sex, StaffAgeGroup, Area> own{};  ///< empty where none is given
  Table<double, Occupation, Sex> mean_age{};
};

/// Everything about staff that was read, before anything is estimated.
struct StaffInputs {
  WorkforceFrame frame{};
  Table<double, Sex, PartAge, Area> participation{};
  HeadCounts heads{};

  Table<double, Occupation, Sex, PartAge> retirement{};  ///< at the base year's pension age
  std::vector<double> later{};  ///< years by which an interval's pension age is above that
  StaffTable exit{};
  Table<double, Occupation, ToOccupation> change{};

  std::vector<Education> educations{};
  std::vector<double> abroad_share{};  ///< by occupation
  std::vector<double> abroad_delay{};  ///< by years since the year of immigration
  EntryAges entry_ages{};
  /// Per person of the labour force outside, by occupation; empty where it is to be estimated.
  std::vector<double> other_entry{};
  std::vector<double> growth{};  ///< of the nation's staff, by occupation
};

/// Reads them. Throws `Error` where the scenario or a table is wrong, with all that is.
StaffInputs read_staff_inputs(const Source& source);

/// The educations alone, in the order of the scenario.
std::vector<Education> read_educations(const Source& source, const WorkforceFrame& workforce);

}  // namespace kohort::workforce
