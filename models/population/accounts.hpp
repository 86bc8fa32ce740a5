// The accounts of an interval must balance, in every cell.
#pragma once

#include <cstddef>
#include <string>

#include "engine/model/frame.hpp"
#include "models/population/ledger.hpp"
#include "models/population/state.hpp"

namespace kohort::population {

/// Largest error allowed, relative to the people involved; they are kept in double precision. Where
/// people are whole, sums of them are exact and so is the balance.
constexpr double account_tolerance = 1e-9;

/// Looks into the accounts, one age group at a time: as in the step, the draws lie innermost.
class Audit {
 public:
  Audit(Interval interval, const Frame& frame, const PopulationState& state,
        PopulationLedger& ledger)
      : interval_(interval), frame_(frame), state_(state), ledger_(ledger) {}

  /// Throws `Error` (Fault::model) unless, in every cell, those at the end are those at risk and
  /// the signed flows, and, where the areas are closed, unless as many arrive from other areas as
  /// left for them, in each draw. Throws `Error` (Fault::scenario) where a cell has become
  /// negative.
  void check(Sex sex, Age age, bool closed) const;

 private:
  void check_cells(Sex sex, Age age) const;
  void check_pool(Sex sex, Age age) const;
  void gather(Sex sex, Age age, Slab expected, Slab turnover) const;
  std::string name(Sex sex, Age age, std::size_t at) const;
  [[noreturn]] void negative(Sex sex, Age age, std::size_t at, double persons) const;
  [[noreturn]] void unbalanced(Sex sex, Age age, std::size_t at, double expected) const;

  Interval interval_;
  const Frame& frame_;
  const PopulationState& state_;
  PopulationLedger& ledger_;
};

/// Checks all of them.
void require_balance(Interval interval, const Frame& frame, const PopulationState& state,
                     PopulationLedger& ledger, bool closed);

}  // namespace kohort::population
