// The past as the fit sees it: stocks and vital events of the nation and of the regions that the
// projected areas belong to, all by age attained at the year's end.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "engine/table/table.hpp"
#include "models/population/rates/figures.hpp"
#include "models/population/rates/rates.hpp"

namespace kohort::population::fit {

/// A year of the past, counted from the first for which there are flows.
using PastYear = Index<struct PastYearAxis>;
/// A county; or all those together that no projected area belongs to, for the closing rest.
using Region = Index<struct RegionAxis>;

/// Stocks and vital events of one population over the years.
struct VitalHistory {
  Year first;                                ///< of the flows; the stocks begin a year earlier
  Table<double, PastYear, Sex, Age> stocks;  ///< at the end of the year before `first`, and on
  Table<double, PastYear, Sex, Age> deaths;
  Table<double, PastYear, Age> births;   ///< by the mother's age
  Table<double, PastYear, Sex> newborn;  ///< by the child's sex

  PastYear at(Year year) const { return PastYear(static_cast<std::size_t>(year - first)); }
  double stock(Year year, Sex sex, Age age) const;
  /// Those about to reach an age group at the year's end: the group below a year earlier; at age 0
  /// the births, and in the open age group also those in it already.
  double at_risk(Year year, Sex sex, Age age) const;
  /// Person-years of a birth cohort: the mean of its stocks at both ends of the year.
  double exposure(Year year, Sex sex, Age age) const;
  /// What the account of the year leaves over: net migration and corrections of the register.
  double net_migration(Year year, Sex sex, Age age) const;
};

/// Everything that the fit starts from, but for moves and totals of municipalities.
struct History {
  Year last;
  VitalHistory nation;
  std::vector<VitalHistory> regions;
  std::vector<Region> region_of_area;

  const VitalHistory& region_of(Area area) const {
    return regions[region_of_area[area.position()].position()];
  }
};

/// The last year of the history.
Year last_year(const Source& source);

/// The last `years` years of the history.
Years window(const Source& source, const Integer& years);

/// Reads the county tables. Throws `Error` where they do not fit the frame: the fit needs single
/// years, both sexes, no groups.
History read_history(const Source& source);

}  // namespace kohort::population::fit
