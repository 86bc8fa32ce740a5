// Mortality from tables: probabilities of dying of the cohort rows.
#pragma once

#include <vector>

#include "engine/model/model.hpp"
#include "models/population/rates/figures.hpp"
#include "models/population/rates/rates.hpp"

namespace kohort::population {

/// Probabilities of dying, and the life tables that they went through, if any.
struct Mortality {
  Series<CellTable> dying;
  std::vector<Estimate> life_tables;
};

/// Reads `population.mortality`. Throws `Error` where it does not make sense.
Mortality read_mortality(const Source& source, const Conventions& conventions);

/// Sets the probabilities of the last row, those who were in the open age group already, from
/// those of the row above it, unless the tables know better.
void close_open_age(CellTable& dying, OpenAge rule);

}  // namespace kohort::population
