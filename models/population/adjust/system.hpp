// The demands of one interval as linear equations in the flows that can be changed.
#pragma once

#include <map>
#include <tuple>
#include <vector>

#include "engine/model/frame.hpp"
#include "models/population/adjust/demand.hpp"
#include "models/population/ledger.hpp"
#include "models/population/state.hpp"

namespace kohort::population {

/// What happened in one interval of a projection of one draw.
struct Happened {
  const PopulationState& state;
  const PopulationLedger& ledger;
};

/// One flow that can be changed: of all groups together.
struct Cell {
  Adjusted rates;
  Flow flow;
  Sex sex;  ///< of births, the mothers'
  Age age;
  Area area;

  friend auto operator<=>(const Cell&, const Cell&) = default;
};

/// Demands that have flows in common, and those flows. Different parts are solved apart.
struct Part {
  std::vector<const Demand*> demands;
  std::vector<Cell> cells;
  std::vector<std::vector<std::pair<std::size_t, double>>> members;  ///< by demand: cell and sign
};

/// The parts of the demands of one interval. Throws `Error` (Fault::scenario) where demands of
/// different methods, or proportional ones, have flows in common.
std::vector<Part> parts_of(const Frame& frame, const std::vector<const Demand*>& demands);

/// A flow, over all groups.
double flow_of(const Frame& frame, const Cell& cell, const Happened& happened);

/// What a demand comes to.
double outcome_of(const Frame& frame, const Demand& demand, const Happened& happened);

}  // namespace kohort::population
