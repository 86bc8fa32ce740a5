// Solves for the factors on the rates by which a projection meets what is demanded of it.
#pragma once

#include <stop_token>
#include <vector>

#include "engine/model/model.hpp"
#include "models/population/adjust/demand.hpp"
#include "models/population/rates/adjustment.hpp"
#include "models/population/rates/rates.hpp"

namespace kohort::population {

/// What a total may be missed by, relative to it where it is above 1.
constexpr double demand_tolerance = 1e-9;

/// What is projected.
struct Projected {
  const Frame& frame;
  const Conventions& conventions;
  const AgeTable& base;
};

/// Factors that were found, and what they do.
struct Solution {
  Adjustments factors;              ///< by interval
  std::vector<Estimate> estimates;  ///< adjustment/...: the factors, and how much they change
};

/// Projects the expected numbers, interval after interval, and in each finds the factors on `rates`
/// that change the flows least and meet the demands of the interval. Throws `Error`
/// (Fault::scenario) on a demand that cannot be met, or that others contradict, and `Interrupted`
/// when asked to stop.
/// Source: reconciliation as in engine/estimate/reconcile.hpp, repeated until the projection
/// itself, in which flows depend on one another, meets every total.
Solution solve(const Projected& projected, const Rates& rates, const std::vector<Demand>& demands,
               const std::stop_token& stop = {});

}  // namespace kohort::population
