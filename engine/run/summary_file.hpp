// Sums, indicators and thresholds in a result file.
#pragma once

#include <span>

#include "engine/model/frame.hpp"
#include "engine/run/summary.hpp"
#include "engine/run/thresholds.hpp"
#include "engine/store/writer.hpp"

namespace kohort {

/// Writes `summary/...` and `indicators/...` with their scales. The scales of the frame, and with
/// several draws `quantile`, must stand there. Throws `Error` (Fault::storage).
void write_summary(store::Writer& writer, const Frame& frame, std::span<const Summarised> items);

/// Writes what is left of sums and indicators when those of another run are taken away, as
/// `difference/...`. `write_summary` has been there before.
void write_differences(store::Writer& writer, const Frame& frame,
                       std::span<const Summarised> items);

/// Writes `thresholds/...` and what they say; nothing where there are none.
void write_thresholds(store::Writer& writer, std::span<const ThresholdOutcome> outcomes);

}  // namespace kohort
