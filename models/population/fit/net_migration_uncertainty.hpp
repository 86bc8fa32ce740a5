// How uncertain fitted net migration is, from how it moved in the past.
#pragma once

#include "models/population/fit/history.hpp"
#include "models/population/fit/net_migration.hpp"
#include "models/population/rates/uncertainty.hpp"

namespace kohort::population::fit {

/// Fills `net_migration` and what belongs to it, from the years of `net_migration_path_years`: the
/// nation from all of them, the regions from all but those that the scenario leaves out.
///
/// The nation's net migrants for each person at risk, all ages together, are an AR(1) process; so
/// are the departures of the regions from it, less the variance that events alone give the fitted
/// numbers. The forecasts are means of past years, each of its own window, and set out from these
/// (Azose & Raftery 2015, Demography 52(5); Lee & Tuljapurkar 1994, JASA 89(428), for deviations
/// about a stated mean).
///
/// The response of an age is the slope of its rate on that of all ages over the same years: of the
/// nation's, and pooled over the regions of their departures; smoothed as the rates are, one figure
/// for all above 75, and at least 0. It is the Lee-Carter form without logarithms (Alho & Spencer
/// 2005, Statistical Demography and Forecasting, ch. 8), since net migration may be negative.
void add_net_migration(const Source& source, const History& history, const NetMigrationFit& fit,
                       ParameterUncertainty& uncertainty);

}  // namespace kohort::population::fit
