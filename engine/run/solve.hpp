// A question to a scenario: how far must one lever be moved for a goal to be met?
#pragma once

#include <filesystem>
#include <functional>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "engine/run/ensemble.hpp"
#include "engine/run/lever_search.hpp"
#include "engine/run/scenario_run.hpp"
#include "engine/scenario/delta.hpp"

namespace kohort {

/// What is asked of a scenario.
struct Question {
  std::filesystem::path scenario;
  std::string lever;             ///< a number: a parameter, or a field of a block (`ParameterPath`)
  std::string goal;              ///< by its name in the scenario
  std::optional<double> from{};  ///< bounds of the lever; unless given, its range
  std::optional<double> to{};
  double probability = 0.8;
  /// How finely the answer is wanted; unless given, a thousandth of what lies between the bounds,
  /// of whole numbers 1.
  std::optional<double> tolerance{};
  std::vector<std::string> overrides{};  ///< `key=value`, such as of draws and seed
};

/// Who follows the search.
struct SolveWatch {
  /// Told what is about to be tried, then how far that projection has come.
  std::function<void(double lever, const Progress&)> observe{};
  std::function<void(const Tried&)> tried{};
  std::stop_token stop{};
};

/// Looks for the answer. Each value of the lever is a run of the scenario in which nothing else
/// differs: the draws share their random numbers, and so does what does not depend on the lever.
class Solver {
 public:
  /// Reads the scenario. Throws `Error` where it, the lever, the goal or the bounds are wrong.
  explicit Solver(const Question& question, const std::stop_token& stop = {});

  const ScenarioRun& run() const { return run_; }
  const NumberSetting& lever() const { return lever_; }
  const Goal& goal() const { return run_.goals()[goal_]; }
  const LeverTask& task() const { return task_; }
  void use_threads(std::size_t threads);

  /// Throws `Error` where the scenario cannot be run at a value of the lever, and `Interrupted`
  /// when asked to stop.
  SearchResult solve(const SolveWatch& watch) const;

  /// A scenario that extends the one asked about and moves the lever, for a file in `folder`.
  std::string delta(double lever, const std::filesystem::path& folder) const;

 private:
  LeverTask make_task() const;
  Tried outcome_of(const ScenarioRun& run, double lever, const SolveWatch& watch) const;
  Tried try_lever(double lever, const SolveWatch& watch) const;
  std::string lever_text(double lever) const;

  Question question_;
  ScenarioRun run_;
  NumberSetting lever_;
  std::size_t goal_;
  LeverTask task_;
  std::size_t threads_ = 0;
};

}  // namespace kohort
