// The stock of the base year, estimated where only sums of it are known.
#pragma once

#include "models/population/base.hpp"

namespace kohort::population {

/// Estimates the stock county by county from the tables of `population.margins`; the closing rest
/// is what the counties have beyond the projected areas. Reports under `base/` how well the margins
/// are met, how far each area lies from its seed and, where a table to check is given, how wrong
/// the same estimate is there. Throws `Error` as `read_base`.
BasePopulation estimate_base(const Source& source);

}  // namespace kohort::population
