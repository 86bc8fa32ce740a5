// The past as the fit sees it: stocks and vital events of the nation and of the regions that the
// projected areas belong to, all by age attained at the year's end.
#pragma once

#include <vector>

#include "engine/table/table.hpp"
#include "models/population/fit/yearly.hpp"
#include "models/population/rates/figures.hpp"
#include "models/population/rates/rates.hpp"

namespace kohort::population::fit {

/// A county; or all those together that no projected area belongs to, for the closing rest.
using Region = Index<struct RegionAxis>;

using SexAge = Table<double, Sex, Age>;

/// Stocks and vital events of one population over the years.
struct VitalHistory {
  Yearly<Sex, Age> stocks;  ///< at the end of the year before the first of the flows, and on
  Yearly<Sex, Age> deaths;
  Yearly<Age> births;   ///< by the mother's age
  Yearly<Sex> newborn;  ///< by the child's sex

  /// Those about to reach an age group at the year's end: the group below a year earlier; at age 0
  /// the births, and in the open age group also those in it already.
  double at_risk(Year year, Sex sex, Age age) const;
  /// Person-years of a birth cohort: the mean of its stocks at both ends of the year.
  double exposure(Year year, Sex sex, Age age) const;
  /// Deaths per person-year of the cohort; 0 where nobody lived.
  double death_rate(Year year, Sex sex, Age age) const;
  /// What the account of the year leaves over: net migration and corrections of the register.
  double net_migration(Year year, Sex sex, Age age) const;
};

/// The county tables, as far as the fit needs them.
struct History {
  VitalHistory nation;
  std::vector<VitalHistory> regions;
  std::vector<Region> region_of_area;

  const VitalHistory& region_of(Area area) const {
    return regions[region_of_area[area.position()].position()];
  }
};

/// Reads the county tables for flows of these years. Throws `Error` where they do not fit the
/// frame: the fit needs single years, both sexes, no groups.
History read_history(const Source& source, Years years);

/// Where women stand on the axis of sexes.
Sex women_of(const Frame& frame);

}  // namespace kohort::population::fit
