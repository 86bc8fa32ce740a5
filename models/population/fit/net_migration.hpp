// Net migration from history, where nothing is known of the moves themselves: what the accounts of
// the areas leave over, by sex and age.
#pragma once

#include <vector>

#include "models/population/fit/history.hpp"
#include "models/population/fit/window.hpp"
#include "models/population/rates/rates.hpp"

namespace kohort::population::fit {

/// What the accounts of the past leave over, year by year: the survival method of measuring net
/// migration (Siegel & Swanson 2004, ch. 18).
///
/// An area's rate is its own departure from the nation's rate of the same years, plus what the
/// nation gains, so that the areas sum to the nation in the first year. Where the sum is a gain it
/// is held as a number of persons, since those who come are not drawn from the area and do not
/// grow with it; where it is a loss, as a share of those at risk, so that nobody can leave who is
/// not there (Rogers 1990, Geographical Analysis 22(4); Smith, Tayman & Swanson 2013, ch. 6).
struct NetMigrationFit {
  AgeTable gains;                         ///< persons a year, 0 where the area loses
  CellTable losses;                       ///< share of those at risk, at most 0
  SexAge national;                        ///< persons a year, the mean of the nation's own window
  Table<double, Region, Sex, Age> rates;  ///< both, on those at risk; regions are the areas
};

/// The years that say how the regions depart from the nation; those that the scenario leaves out
/// have weight 0. Throws `Error` (Fault::scenario) where fewer than two years are left.
Window net_migration_years(const Source& source);

/// Net migrants as a share of those at risk; 0 where nobody is.
double net_migration_rate(const VitalHistory& history, Year year, Sex sex, Age age);

/// Weighted means of neighbouring ages, 1/4, 1/2 and 1/4; at the ends what there is of them. The
/// newborn move with their parents and are left as they are.
std::vector<double> smoothed_over_ages(const std::vector<double>& by_age);

/// Those about to reach an age in the year after the last of the history; as many are born as then.
double next_at_risk(const VitalHistory& history, Year last, Sex sex, Age age);

/// How far the net migration rate of each region departs from the nation's in the same years. The
/// weighted mean over the years, smoothed over ages (weights 1/4, 1/2, 1/4; the newborn apart), is
/// drawn towards the common age pattern at each sex and age by empirical Bayes (DerSimonian &
/// Laird 1986), its sampling variance being what its own years tell. Throws `Error`
/// (Fault::scenario) where fewer than two years are left.
Table<double, Region, Sex, Age> net_migration_departures(const Source& source,
                                                         const History& history);

/// For areas that are counties (or the closing rest) and together the nation. Throws `Error`
/// (Fault::scenario) otherwise; (Fault::input) where an area would lose more than half of an age
/// group in a year.
NetMigrationFit fit_net_migration(const Source& source, const History& history);

}  // namespace kohort::population::fit
