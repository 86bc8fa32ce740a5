// Why two results differ: the difference of their figures, in parts that add up to it.
#pragma once

#include <vector>

#include "engine/compare/assumptions.hpp"
#include "engine/compare/comparison.hpp"
#include "engine/compare/result.hpp"

namespace kohort::compare {

/// Decomposes the difference of the population into the components of change, and that of the
/// people in care into size of the population, its structure, rates of care and definitions, and
/// that of the gap in staff into the staff at the start, who enter and leave, hours and demand.
/// Where the second knows something that the first did not, people and those in care are also
/// parted into what is new: base figures, rates and assumptions. Areas, sexes and ages must be the
/// same on both sides; both are compared from the later of their base years on.
///
/// `changes` and `comparison` are of the two: what it compares of population/persons, care/persons,
/// care/users and workforce/gap_fte is what is decomposed. Throws `Error` (Fault::scenario) where
/// their axes differ or they have no year in common after that base; (Fault::storage) where stocks
/// and flows of one of them do not add up.
std::vector<Decomposition> decompose(const Result& first, const Result& second,
                                     const ScenarioChanges& changes, const Comparison& comparison);

}  // namespace kohort::compare
