// What is known of a scenario of a plan before it is run.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "engine/base/error.hpp"
#include "engine/batch/plan.hpp"
#include "engine/run/scenario_run.hpp"

namespace kohort {

/// What results must have in common to stand beside each other: an axis with its labels, or a
/// number such as that of the draws.
struct CommonAxis {
  std::string name;
  std::vector<std::string> labels;
};

/// All that a batch must know of a scenario once it has been read; the model itself may be let go.
struct MemberFacts {
  std::string resolved;  ///< the scenario as it was read
  std::string key;       ///< hash of all that the result follows from, the program included
  Plan size;
  std::size_t figures = 0;         ///< sums and indicators, of all years, held against the base
  std::vector<std::string> names;  ///< of its variables and indicators
  std::vector<double> quantiles;
  std::vector<CommonAxis> axes;
};

/// `differences_of`: names of the sums that are held against the base; all where it is empty.
MemberFacts facts_of(const ScenarioRun& run, const std::vector<std::string>& differences_of);

/// A scenario of a plan that could be read.
struct KnownMember {
  const PlanMember* member;
  const MemberFacts* facts;
};

/// Throws `Error` (Fault::scenario) for every member that cannot stand beside the first one: its
/// years, areas, ages, draws or other axes are others. Axes that only one of them has are no
/// hindrance.
void require_common_axes(std::span<const KnownMember> members);

}  // namespace kohort
