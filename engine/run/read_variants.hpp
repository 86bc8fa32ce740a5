// A model read and fitted once for each value of what is uncertain in its parameters.
#pragma once

#include <cstddef>
#include <memory>
#include <vector>

#include "engine/model/model.hpp"
#include "engine/model/parameter_change.hpp"
#include "engine/model/source.hpp"
#include "engine/run/ensemble.hpp"

namespace kohort {

/// The variants that the draws of an ensemble belong to, by their numbers.
std::vector<std::size_t> variants_in(const EnsembleShape& shape);

/// Reads and fits a model for each variant that the draws belong to, with what they make of
/// `changes`. `expected`: the model of the same scenario with what is expected of them. `source`:
/// the scenario, and the tables as they were before that one was read. Throws `Error` as its
/// reading does, and where a draw of an effect goes too far; `Interrupted` when asked to stop.
std::unique_ptr<Model> read_variants(std::unique_ptr<Model> expected,
                                     const ParameterChanges& changes, const Source& source,
                                     const EnsembleShape& shape);

}  // namespace kohort
