// Why a forecast was wrong: its error in parts, by what the population changed by.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "engine/compare/comparison.hpp"
#include "engine/compare/result.hpp"
#include "engine/hindcast/known_figures.hpp"

namespace kohort::hindcast {

/// What happened, as far as it is known by component: one of those of a plan.
struct OutturnFlows {
  std::string component;
  KnownFlows flows;
};

/// What the error of a result is parted by.
struct OutturnAccount {
  const KnownFigures& persons;
  std::span<const OutturnFlows> flows;
};

/// The error of all people of each area, in the years since the launch of which the components and
/// the population are known, in parts:
/// - base_population: how far the launch population is off;
/// - each component: what was forecast of it since the launch less what happened; of deaths the
///   reverse;
/// - not_accounted_for: what the components that are given do not explain; where none of them is
///   net migration, it is that and called net_migration_and_rest.
/// A population is the sum of its base and its components, so that parts do not depend on the order
/// in which they are swapped in. They add up to the error. `areas` are labels in the tables and in
/// the result. None where no year is known.
std::optional<compare::Decomposition> error_parts(
    const compare::Result& result, const OutturnAccount& outturn,
    const std::vector<std::pair<std::string, std::string>>& areas);

}  // namespace kohort::hindcast
