// From the years of a run to its result file.
#pragma once

#include <filesystem>
#include <functional>
#include <span>
#include <stop_token>
#include <string>
#include <vector>

#include "engine/input/record.hpp"
#include "engine/model/frame.hpp"
#include "engine/model/intervention.hpp"
#include "engine/model/model.hpp"
#include "engine/run/recorder.hpp"
#include "engine/run/year_sink.hpp"
#include "engine/run/yearly_dataset.hpp"
#include "engine/store/writer.hpp"

namespace kohort {

/// How a result was made, for its attributes.
struct Provenance {
  std::string title;
  std::string resolved_scenario;
  std::filesystem::path scenario_folder;  ///< from which the files of the inputs are named
  std::vector<InputRecord> inputs;
  std::int64_t seed = 0;
  std::int64_t draws = 1;
  std::int64_t first_draw = 0;
  std::vector<double> quantiles{};
  std::vector<InterventionRecord> interventions{};
  Precision precision = Precision::in_double;
};

/// What is known when all years are over.
struct Conclusions {
  std::vector<Estimate> estimates;
  std::vector<ThresholdOutcome> thresholds{};
  std::vector<GoalOutcome> goals{};
};

/// What a run has computed.
struct Outcome : Conclusions {
  std::vector<Recorded> recorded;
  std::vector<Summarised> summary{};
};

/// Where a result goes, and whether it still should.
struct ResultPlace {
  std::filesystem::path file;
  std::stop_token stop{};
  std::function<void(store::Writer&)> add_more{};  ///< what else goes into the file, if anything
};

/// The result of a run as a file, which gets its name when it is whole. Years go into it as they
/// come, on the threads of the task arena at hand. All functions throw `Error` (Fault::storage, or
/// Fault::scenario where the name is that of something else), and `Interrupted` when asked to stop.
class ResultFile final : public YearSink {
 public:
  /// The frame must outlive this.
  ResultFile(ResultPlace place, const Frame& frame, Provenance provenance);

  void begin(std::span<const YearlyTable> cells, std::span<const YearlyTable> sums) override;
  void take(FinishedYear year) override;
  /// Writes the rest, when all years are there, and gives the file its name.
  void finish(const Conclusions& conclusions);

 private:
  ResultPlace place_;
  const Frame& frame_;
  Provenance provenance_;
  store::Writer writer_;
  std::vector<YearlyDatasets> cells_;  ///< of variables of one name
  std::vector<YearlyDatasets> sums_;
};

/// Writes what a model has estimated, for `FrozenTables` to read. The inputs of `provenance` are
/// those of the estimates. Throws as `ResultFile`.
void write_frozen(const std::filesystem::path& file, const Frame& frame,
                  const Provenance& provenance, const Frozen& frozen);

}  // namespace kohort
