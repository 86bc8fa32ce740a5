// Who enters an occupation: from education, from abroad, and from other work.
#pragma once

#include <vector>

#include "engine/model/source.hpp"
#include "models/workforce/base_stock.hpp"
#include "models/workforce/first_year.hpp"
#include "models/workforce/levers.hpp"
#include "models/workforce/staff_inputs.hpp"

namespace kohort::workforce {

/// What entry is reckoned from.
struct EntryInputs {
  const Source& source;
  const StaffInputs& staff;
  const BaseStock& base;
  const std::vector<Lever>& levers;
};

/// Persons who finish an education in the interval, and enter and stay. Places of the nation are
/// allocated to areas, and all to ages, by the base year's labour force of the ages of entry. A
/// lever works on places, so on those who were admitted while it was in effect. Throws `Error`
/// (Fault::input) where areas have more places than the nation, and where nobody is of the ages.
StaffTable education_entrants(const EntryInputs& inputs, Interval interval);
/// Of all intervals.
StaffSeries education_entrants(const EntryInputs& inputs);

/// Immigrants who come to work in an occupation in the end, per immigrant of the ages of staff,
/// parted by sex as the nation's staff of the occupation and by the ages of entry; without levers.
StaffTable abroad_shares(const EntryInputs& inputs);

/// Entry from other work.
struct OtherEntry {
  StaffTable rate{};              ///< per person of the labour force outside, without levers
  std::vector<double> persons{};  ///< of the nation in the first year, by occupation
  std::vector<double> growth{};   ///< of its staff in that year, all flows together
};

/// As many as the scenario gives; or so many that in the first year the nation's staff of each
/// occupation grow by what is known, but not fewer than none: `growth` says what came of it. Areas
/// have them in proportion to their staff of the base year. `entering`: of the nation in the first
/// year those from education and from abroad, by occupation. Throws `Error` (Fault::scenario) where
/// more would enter than are outside.
OtherEntry estimate_other_entry(const EntryInputs& inputs, const FirstYear& first_year,
                                const std::vector<double>& entering);

/// A table changed by the levers on something as they work in the interval. Throws `Error`
/// (Fault::scenario) where they leave less than nothing.
StaffTable pull(const EntryInputs& inputs, StaffTable table, LeverOn on, Interval interval);

/// Of all intervals.
StaffSeries pulled(const EntryInputs& inputs, const StaffTable& table, LeverOn on);

}  // namespace kohort::workforce
