// The accounts of an interval must balance, in every cell.
#pragma once

#include "engine/model/frame.hpp"
#include "models/population/ledger.hpp"
#include "models/population/state.hpp"

namespace kohort::population {

/// Largest error allowed, relative to the people involved; they are kept in double precision. Where
/// people are whole, sums of them are exact and so is the balance.
constexpr double account_tolerance = 1e-9;

/// Throws `Error` (Fault::model) unless, in every cell, those at the end are those at risk and the
/// signed flows, and, where the areas are closed, unless as many arrive from other areas as left
/// for them, by sex, age, and draw. Throws `Error` (Fault::scenario) where a cell has become
/// negative.
void require_balance(Interval interval, const Frame& frame, const PopulationState& state,
                     PopulationLedger& ledger, bool closed);

}  // namespace kohort::population
