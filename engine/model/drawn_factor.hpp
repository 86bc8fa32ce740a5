// What the draws of an ensemble make of a factor whose size or spread is uncertain.
#pragma once

#include <vector>

#include "engine/model/lever.hpp"
#include "engine/model/model.hpp"
#include "engine/table/table.hpp"

namespace kohort {

/// One factor in a block of draws. Each draw has an effect of its own, log-normal with the mean and
/// the standard error that the evidence gives, and where the factor spreads from area to area, its
/// own areas that have taken it up. Both are keyed by the name of the intervention, so that it has
/// the same luck in every scenario.
class DrawnFactor {
 public:
  DrawnFactor(GradualFactor factor, const Frame& frame, const DrawBlock& block);

  const GradualFactor& factor() const { return factor_; }
  /// The factor for the people of a cell in a draw of the block.
  double at(Interval interval, Sex sex, Age age, Area area, Draw draw) const;
  /// The same over the one expected, which is what rates have been multiplied by already.
  double ratio(Interval interval, Sex sex, Age age, Area area, Draw draw) const;

 private:
  GradualFactor factor_;
  std::vector<double> full_;             ///< where it works in full, [draw]
  Table<double, Area, Draw> readiness_;  ///< an area takes part once so large a share does
};

}  // namespace kohort
