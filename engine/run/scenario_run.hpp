// A scenario made ready, and run: the entry for whoever embeds Kohort.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <stop_token>
#include <string>
#include <vector>

#include "engine/base/interrupted.hpp"
#include "engine/comm/communicator.hpp"
#include "engine/model/frame.hpp"
#include "engine/model/model.hpp"
#include "engine/run/ensemble.hpp"
#include "engine/run/expectation.hpp"
#include "engine/run/recorder.hpp"
#include "engine/run/result_file.hpp"
#include "engine/run/summary.hpp"
#include "engine/scenario/settings.hpp"

namespace kohort {

/// What a scenario says about the run as a whole.
struct RunOptions {
  std::string title;
  EnsembleShape shape;
  Keep keep;
  bool life_tables = true;  ///< whether they are written
};

/// How large a run is.
struct Plan {
  std::size_t areas = 0;
  std::size_t cells = 0;  ///< area x group x sex x age
  std::size_t intervals = 0;
  std::size_t draws = 0;
  std::size_t cell_years = 0;  ///< cells x intervals x draws
  std::size_t memory = 0;      ///< bytes that a run to a file takes, about; of this rank
  std::size_t working = 0;     ///< of these what is taken when the projection begins
  std::size_t disk = 0;        ///< bytes of the result before compression, about
  std::size_t tables = 0;      ///< inputs read
  std::size_t variants = 0;    ///< for which the model is fitted again, each with drawn effects
};

/// One scenario: read, checked, its tables read and its models made. Several can exist side by side
/// and know nothing of each other.
class ScenarioRun {
 public:
  /// Throws `Error` with everything that is wrong, and `Interrupted` when asked to stop.
  ScenarioRun(const std::filesystem::path& scenario, const std::vector<std::string>& overrides,
              const std::stop_token& stop = {});

  const Settings& settings() const { return settings_; }
  const RunOptions& options() const { return options_; }
  const Frame& frame() const { return frame_; }
  const Model& model() const { return *model_; }
  const std::vector<Goal>& goals() const { return options_.keep.goals; }
  /// The scenario as it was read, every value with its origin.
  const std::string& resolved_scenario() const { return resolved_scenario_; }
  /// The tables and files that were read.
  const std::vector<InputRecord>& inputs() const { return inputs_; }
  Plan plan() const { return plan(options_.shape.draws); }
  /// The same with another number of draws.
  Plan plan(std::size_t draws) const;
  /// On how many threads to project; 0, as many as the machine has. Results do not depend on it.
  void use_threads(std::size_t threads) { options_.shape.threads = threads; }
  /// `project` leaves a part of the draws to each other rank, which does the same with the same
  /// scenario. The writing rank gets the outcome, which does not depend on it, the others an empty
  /// one. The communicator must outlive this.
  void share_draws(const Communicator& ranks) { ranks_ = &ranks; }
  /// Projects on the threads of the task arena at hand, which several runs can share.
  void share_threads() { options_.shape.own_threads = false; }
  /// How many threads it will project on.
  std::size_t threads() const;
  /// Measures the parts of this very run on one thread: some intervals of one block of draws,
  /// quantiles over as many draws as there are, and the writing of one year of one variable; and
  /// multiplies. Nothing is written to disk.
  Expectation expect() const;

  /// Projects. Calls `observe` after every interval; throws `Interrupted` when asked to stop.
  Outcome project(const std::function<void(const Progress&)>& observe = {},
                  const std::stop_token& stop = {}) const {
    return project_watched({observe, stop});
  }
  /// The same for whoever also wants to see the draws of its sums.
  Outcome project_watched(const Watch& watch) const;
  /// Projects into a file, on the writing rank: one thread more writes each year that is finished
  /// while later ones are computed, of which it has at most two in memory. Nothing else of the
  /// years is kept but tables that are small. What goes wrong with the file ends the run soon, and
  /// leaves none. Of several ranks the writing one keeps all years, and writes when all are over.
  void project_to(const ResultPlace& place, const Watch& watch) const;

  /// Projects, and keeps nothing but what becomes of the goals, without quantiles. Otherwise as
  /// `project`, in less time and memory.
  std::vector<GoalOutcome> judge_goals(const std::function<void(const Progress&)>& observe = {},
                                       const std::stop_token& stop = {}) const;

  /// Projects, and keeps nothing but figures: of each, in every draw of every year. Otherwise as
  /// `project`, in less time and memory.
  std::vector<DrawFigures> follow_figures(const std::vector<Figure>& figures,
                                          const std::function<void(const Progress&)>& observe = {},
                                          const std::stop_token& stop = {}) const;

  /// Writes an outcome of this run to a file. Throws `Interrupted` when asked to stop, and leaves
  /// no file then.
  void write(const Outcome& outcome, const std::filesystem::path& file,
             const std::stop_token& stop = {}) const {
    write_to({file, stop}, outcome);
  }
  /// The same with more in the file.
  void write_to(const ResultPlace& place, const Outcome& outcome) const;

  /// Writes all that was estimated from history to a file that `history.frozen` can name. Throws
  /// `Error` (Fault::scenario) where that is nothing.
  void freeze(const std::filesystem::path& file) const;

 private:
  const Communicator& ranks() const;
  /// Gives the years to a sink on the writing rank, which alone gets the conclusions.
  Conclusions project_years(const Watch& watch, YearSink& years) const;
  Provenance provenance(const std::vector<InputRecord>& inputs) const;
  Provenance provenance_of_result() const;
  PartCounts parts(const Plan& plan) const;

  Settings settings_;
  RunOptions options_;
  const Communicator* ranks_ = nullptr;  ///< that share the draws, if any
  Frame frame_;
  std::vector<InputRecord> inputs_;
  std::unique_ptr<Model> model_;
  std::string resolved_scenario_;
};

}  // namespace kohort
