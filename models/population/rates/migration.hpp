// Migration from tables: moves between areas and groups, immigration, emigration, net figures.
#pragma once

#include "models/population/rates/figures.hpp"
#include "models/population/rates/rates.hpp"

namespace kohort::population {

/// Reads the out-rates and destination shares of the pool into `rates`.
void read_pool(const Source& source, Rates& rates);

/// Out-moves at rates and in-migrants as shares of the nation, of areas that are not closed by the
/// rest of the country. Throws `Error` where they are not there or not by age at the year's end.
void read_open(const Source& source, const Conventions& conventions, Rates& rates);

/// Reads the changes of group into `rates`, for the pool form.
void read_transfers(const Source& source, Rates& rates);

/// Reads the rates of emigration into `rates`.
void read_emigration(const Source& source, Rates& rates);

/// Reads the counts of immigrants into `rates`.
void read_immigration(const Source& source, const Conventions& conventions, Rates& rates);

/// Reads net counts, net rates, or the stocks that a residual must arrive at, into `rates`.
void read_net_migration(const Source& source, const Conventions& conventions, Rates& rates);

/// Rates of changing group: [interval, area, group, to_group, sex, age].
using TransferFigures = BroadcastTable<Interval, Area, Group, ToGroup, Sex, Age>;
TransferFigures read_transfer_figures(const Source& source, const TableReference& reference);

}  // namespace kohort::population
