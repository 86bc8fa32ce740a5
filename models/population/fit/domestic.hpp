// Domestic moves from history: how many between which areas, and at which ages.
#pragma once

#include <vector>

#include "models/population/fit/flows.hpp"
#include "models/population/fit/municipal.hpp"
#include "models/population/rates/rates.hpp"

namespace kohort::population::fit {

/// Out-rates and destination shares of the pool.
struct DomesticFit {
  CellTable moving;
  Destinations destinations;
  std::vector<double> attraction;  ///< t, by area
};

/// The rate of moving from i to j at sex s and age a is k_ij g(s,a) exp(b(s,a) (t_j - t_i)): g is
/// the geometric mean of the schedules of moves into and out of a student city, b half the
/// logarithm of their ratio, t how much of a student city an area is, by its own stock of the young
/// (a flow that the stock does not know would disturb it in the first years), and k_ij such that
/// the moves of the first interval, the newborn's included, are to the base population as those of
/// the history were to the stocks at the start of their years. Throws `Error` (Fault::input) on
/// moves from an area where nobody lived. A log-linear interaction model without a three-way term.
/// Source: Willekens (1983), Papers of the Regional Science Association 52; Rogers & Castro (1981).
DomesticFit fit_domestic(const Source& source, const FlowTable& flows,
                         const MunicipalHistory& municipal, const AgeTable& base);

}  // namespace kohort::population::fit
