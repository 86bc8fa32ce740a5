// The years of a run, kept in memory.
#pragma once

#include <vector>

#include "engine/run/recorder.hpp"
#include "engine/run/summary.hpp"
#include "engine/run/year_sink.hpp"

namespace kohort {

/// Gathers all years of all tables.
class YearsInMemory final : public YearSink {
 public:
  void begin(std::span<const YearlyTable> cells, std::span<const YearlyTable> sums) override;
  void take(FinishedYear year) override;

  std::vector<Recorded> take_recorded() { return std::move(recorded_); }
  std::vector<Summarised> take_summary() { return std::move(summary_); }

 private:
  std::vector<Recorded> recorded_;
  std::vector<Summarised> summary_;
};

/// Gives the years of what was gathered, with the tables that they are of, to another sink.
void replay(std::span<const Recorded> recorded, std::span<const Summarised> summary,
            const Frame& frame, YearSink& sink);

}  // namespace kohort
