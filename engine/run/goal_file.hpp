// Goals in a result file.
#pragma once

#include <span>

#include "engine/model/frame.hpp"
#include "engine/run/goals.hpp"
#include "engine/store/writer.hpp"

namespace kohort {

/// Writes `goals/...` and what the goals say; nothing where there are none. The scales of the
/// frame, and where the outcomes have quantiles `quantile`, must stand there. Throws `Error`
/// (Fault::storage).
void write_goals(store::Writer& writer, const Frame& frame, std::span<const GoalOutcome> outcomes);

}  // namespace kohort
