// From what a run recorded to its result file.
#pragma once

#include <filesystem>
#include <functional>
#include <stop_token>
#include <string>
#include <vector>

#include "engine/input/record.hpp"
#include "engine/model/frame.hpp"
#include "engine/model/intervention.hpp"
#include "engine/model/model.hpp"
#include "engine/run/recorder.hpp"

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
};

/// What a run has computed.
struct Outcome {
  std::vector<Recorded> recorded;
  std::vector<Estimate> estimates;
  std::vector<Summarised> summary{};
  std::vector<ThresholdOutcome> thresholds{};
  std::vector<GoalOutcome> goals{};
};

namespace store {
class Writer;
}

/// Where a result goes, and whether it still should.
struct ResultPlace {
  std::filesystem::path file;
  std::stop_token stop{};
  std::function<void(store::Writer&)> add_more{};  ///< what else goes into the file, if anything
};

/// Writes the result under its final name, whole or not at all. Throws `Error` (Fault::storage, or
/// Fault::scenario where the name is that of something else), and `Interrupted` when asked to stop.
void write_result(const ResultPlace& place, const Frame& frame, const Provenance& provenance,
                  const Outcome& outcome);

/// Writes what a model has estimated, for `FrozenTables` to read. The inputs of `provenance` are
/// those of the estimates. Throws as `write_result`.
void write_frozen(const std::filesystem::path& file, const Frame& frame,
                  const Provenance& provenance, const Frozen& frozen);

}  // namespace kohort
