// Fertility from tables.
#pragma once

#include "models/population/rates/figures.hpp"
#include "models/population/rates/rates.hpp"

namespace kohort::population {

/// Reads the rates of `population.fertility` into `rates`, as tables give them.
void read_fertility(const Source& source, Rates& rates);

/// Reads the sex ratio at birth and the groups of the newborn, which hold whatever the source of
/// the rates.
void read_birth_shares(const Source& source, Rates& rates);

}  // namespace kohort::population
