// Holds a result against another one or against a table, figure by figure, by their labels.
#pragma once

#include <vector>

#include "engine/compare/comparison.hpp"
#include "engine/compare/reference.hpp"
#include "engine/compare/result.hpp"

namespace kohort::compare {

/// Both functions throw `Error` (Fault::scenario), with all that does not fit: areas that only one
/// has, years that do not overlap, units and definitions that differ, quantities, ages and areas
/// that there are not.

/// `result` held against `standard`.
Comparison compare(const Result& standard, const Result& result, const Wanted& wanted);

/// `result` held against a table: a comparison for each vintage in it.
std::vector<Comparison> compare(const Reference& standard, const Result& result,
                                const Wanted& wanted);

}  // namespace kohort::compare
