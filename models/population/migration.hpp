// Migration from tables: moves between areas and groups, immigration, emigration, net figures.
#pragma once

#include "models/population/figures.hpp"
#include "models/population/rates.hpp"

namespace kohort::population {

/// Reads the out-rates and destination shares of the pool into `rates`.
void read_pool(const Source& source, Rates& rates);

/// Reads the changes of group into `rates`, for the pool form.
void read_transfers(const Source& source, Rates& rates);

/// Reads the rates of emigration into `rates`.
void read_emigration(const Source& source, Rates& rates);

/// Reads the counts of immigrants into `rates`.
void read_immigration(const Source& source, const Conventions& conventions, Rates& rates);

/// Reads net counts, net rates, or the stocks that a residual must arrive at, into `rates`.
void read_net_migration(const Source& source, const Conventions& conventions, Rates& rates);

/// Stands `counts` by age in cohort rows, by how their ages are defined. By age at the year's end,
/// arrivals join the row of that age. By age at the event, those who come at the start join the row
/// above; at mid_year half come at the start and half at the end.
ArrivalCounts place_arrivals(const Conventions& conventions, AgeDefinition ages,
                             const AgeTable& counts);

}  // namespace kohort::population
