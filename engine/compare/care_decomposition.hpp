// People in care and users of services in parts: what they are made of, and what is new in them.
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "engine/compare/comparison.hpp"
#include "engine/compare/population_parts.hpp"

namespace kohort::compare {

/// Enters parts of these names, of which nothing is known yet.
void begin_parts(std::span<const std::string_view> names, Decomposition& found);

/// The difference of a figure of care by `care_part_names` and, where `population` says what is new
/// of the people, by `care_news_names`. `start` has its quantity, axes, base and noise. Where
/// definitions differ and nobody can tell by how much, the part of rates (of care) is called
/// `..._and_definitions`, and there is none of definitions.
std::vector<Decomposition> decompose_care(const PopulationSides& sides,
                                          const ScenarioChanges& changes,
                                          const PopulationParts* population,
                                          const Decomposition& start);

}  // namespace kohort::compare
