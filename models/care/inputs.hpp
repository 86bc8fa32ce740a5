// The figures that care is calibrated on, as the tables have them.
#pragma once

#include <optional>
#include <vector>

#include "engine/estimate/log_trend.hpp"
#include "engine/model/source.hpp"
#include "models/care/calibrate/national_fit.hpp"
#include "models/care/calibrate/prevalence.hpp"
#include "models/care/calibrate/profile.hpp"
#include "models/care/calibrate/transitions.hpp"
#include "models/care/rates.hpp"

namespace kohort::care {

/// A published share of an area, and of the nation by the same count where that is known.
struct AreaShare {
  double share = 0.0;
  std::optional<double> national{};
};

/// Who is alive two times after entry, by sex.
struct EntrySurvival {
  double first_years = 0.0;
  double last_years = 0.0;
  std::vector<double> alive_at_first;  ///< by sex
  std::vector<double> alive_at_last;
};

struct CareInputs {
  CareFrame care{};
  /// The part of the users of its series that is in a state.
  Table<double, CareState, Sex, Area> part{};
  std::vector<std::optional<double>> odds_of_dying{};  ///< by state
  std::optional<EntrySurvival> survival{};
  std::vector<GroupedShares> profile{};  ///< by sex
  NationalShares nation{};
  Year national_year{};  ///< of those shares
  /// Of each series the shares of the oldest by one definition.
  std::vector<std::vector<YearlyShare>> course{};
  Table<std::vector<AreaShare>, Series, Area> areas{};
  StateMatrix prior{};
};

/// Reads them. Throws `Error` where the scenario or a table is wrong.
CareInputs read_care_inputs(const Source& source);

}  // namespace kohort::care
