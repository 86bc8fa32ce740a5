// What the readers of a model work from.
#pragma once

#include <stop_token>

#include "engine/input/tables.hpp"
#include "engine/model/frame.hpp"
#include "engine/scenario/settings.hpp"

namespace kohort {

/// A scenario, the axes of the run and the tables it has read so far.
struct Source {
  const Settings& settings;
  const Frame& frame;
  Tables& tables;
  std::stop_token stop{};  ///< ends what takes long
};

/// The quantity that a parameter holds; throws `Error` where the scenario gives none.
Quantity require_quantity(const Source& source, const Parameter& parameter);

/// The same table, whose missing rows are no figures (NaN) instead of an error: which of them there
/// must be is for the reader to judge.
TableReference with_gaps(TableReference reference);

}  // namespace kohort
