// The difference of two populations in parts, cell by cell.
#pragma once

#include <optional>
#include <vector>

#include "engine/compare/accounts.hpp"
#include "engine/compare/assumptions.hpp"
#include "engine/compare/cube.hpp"

namespace kohort::compare {

/// Of one component what is new in its rates and in its assumptions; of the base nothing. They add
/// up to the component.
struct NewParts {
  Cube rates;
  Cube assumptions;
};

/// Over [year, area, sex, age], with the years and areas of the first result.
struct PopulationParts {
  Cube difference;
  std::vector<Cube> components;  ///< in the order of `component_names`
  std::vector<NewParts> news;    ///< likewise; none unless asked for
};

/// Two results and what of both is compared.
struct PopulationSides {
  const Result& first;
  const Result& second;
  const AccountShape& shape;
  std::vector<int> years;  ///< that both have, from the later of their base years on
};

/// The Shapley value of each component; with `changes` each component is parted once more, into its
/// level and how it goes on (the Owen value, with components as unions). Throws `Error`
/// (Fault::storage) where stocks and flows of one of them do not add up.
PopulationParts population_parts(const PopulationSides& sides, const ScenarioChanges* changes);

}  // namespace kohort::compare
