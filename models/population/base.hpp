// The stock that a projection starts from.
#pragma once

#include <vector>

#include "engine/model/model.hpp"
#include "models/population/rates/figures.hpp"
#include "models/population/rates/rates.hpp"

namespace kohort::population {

/// The stock of the base year, and what its estimation found where it is estimated.
struct BasePopulation {
  AgeTable persons;
  std::vector<Estimate> estimates;
};

/// Reads `population.base`, or estimates the stock from `population.margins`. Throws `Error` where
/// a table is missing or does not fit the frame, and where margins contradict each other.
BasePopulation read_base(const Source& source);

/// Throws `Error` unless all numbers are whole, as people are whose lives are drawn.
void require_whole(const Source& source, const AgeTable& base);

}  // namespace kohort::population
