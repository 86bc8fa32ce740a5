// The figures that care is calibrated on, as the tables have them.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "engine/estimate/log_trend.hpp"
#include "engine/model/source.hpp"
#include "models/care/calibrate/national_fit.hpp"
#include "models/care/calibrate/prevalence.hpp"
#include "models/care/calibrate/profile.hpp"
#include "models/care/calibrate/transitions.hpp"
#include "models/care/municipalities.hpp"
#include "models/care/rates.hpp"

namespace kohort::care {

/// A published share of an area, and of the nation by the same count where that is known.
struct AreaShare {
  double share = 0.0;
  std::optional<double> national{};
};

/// A share of the nation as it was published, or spliced.
struct PublishedShare {
  Series series;
  std::string people;      ///< such as "65+ female"
  std::string definition;  ///< by which its users are counted
  std::string origin;      ///< of which year it is, and what it is spliced with
  double share = 0.0;
};

/// The nation's shares of users by each definition that the scenario names, so that results that
/// count by others can be told apart from results with other rates.
struct DefinitionShares {
  std::vector<std::string> people{};  ///< such as "65+ female"
  std::vector<std::string> definitions{};
  std::vector<std::string> years{};  ///< up to the base year
  std::vector<double> shares{};      ///< [series, people, definition, year]; 0: none is published
  std::vector<double> counts{};      ///< [series, people, definition]; 1: users are counted by it
};

/// Who is alive two times after entry, by sex.
struct EntrySurvival {
  double first_years = 0.0;
  double last_years = 0.0;
  std::vector<double> alive_at_first;  ///< by sex
  std::vector<double> alive_at_last;
};

/// From which age on the nation's oldest are counted.
inline constexpr int oldest_from = 80;

struct CareInputs {
  CareFrame care{};
  std::vector<Municipality> municipalities{};  ///< those with planning areas
  /// The part of the users of its series that is in a state.
  Table<double, CareState, Sex, Area> part{};
  bool assumed_parts = false;  ///< whether some of those are numbers of the scenario
  std::vector<std::optional<double>> odds_of_dying{};  ///< by state
  std::optional<EntrySurvival> survival{};
  std::vector<GroupedShares> profile{};  ///< by sex
  NationalShares nation{};
  Year national_year{};                     ///< of those shares
  std::vector<PublishedShare> published{};  ///< which they are
  DefinitionShares by_definition{};
  /// Of each series the shares of the oldest by one definition.
  std::vector<std::vector<YearlyShare>> course{};
  /// Of areas, and after them of municipalities with planning areas.
  Table<std::vector<AreaShare>, Series, Area> areas{};
  StateMatrix prior{};
};

/// Reads them. Throws `Error` where the scenario or a table is wrong.
CareInputs read_care_inputs(const Source& source);

}  // namespace kohort::care
