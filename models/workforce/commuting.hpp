// Where staff work, who live in an area.
#pragma once

#include <vector>

#include "engine/model/source.hpp"
#include "models/workforce/flows.hpp"

namespace kohort::workforce {

/// Shares of those who live in an area by where they work. Immutable.
class Commuting {
 public:
  /// All work where they live.
  Commuting() = default;
  /// The shares of each area must sum to 1.
  explicit Commuting(const Table<double, Area, Workplace>& shares);

  /// Sets `at_work` to `at_home` by place of work: sums over all areas are the same.
  void move(const StaffAmounts& at_home, StaffAmounts& at_work) const;

 private:
  struct Way {
    Area home;
    Area work;
    double share;
  };
  std::vector<Way> ways_;  ///< none: all work where they live
};

/// Throws `Error` (Fault::scenario) where the shares of an area do not sum to 1, to 1e-9.
Commuting read_commuting(const Source& source);

}  // namespace kohort::workforce
