// Sums, indicators and thresholds in a result file.
#pragma once

#include <span>
#include <vector>

#include "engine/model/frame.hpp"
#include "engine/run/summary.hpp"
#include "engine/run/thresholds.hpp"
#include "engine/run/year_sink.hpp"
#include "engine/run/yearly_dataset.hpp"
#include "engine/store/writer.hpp"

namespace kohort {

/// Begins `summary/...` and `indicators/...` with their scales: what gets the years of the tables,
/// those of one name together. The scales of the frame, and with several draws `quantile`, must
/// stand there. Throws `Error` (Fault::storage).
std::vector<YearlyDatasets> begin_summary(store::Writer& writer, const Frame& frame,
                                          std::span<const YearlyTable> sums);

/// Writes what is left of sums and indicators when those of another run are taken away, as
/// `difference/...`. `begin_summary` has been there before.
void write_differences(store::Writer& writer, const Frame& frame,
                       std::span<const Summarised> items);

/// Writes `thresholds/...` and what they say; nothing where there are none.
void write_thresholds(store::Writer& writer, std::span<const ThresholdOutcome> outcomes);

}  // namespace kohort
