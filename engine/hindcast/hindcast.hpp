// Forecasts made from past launch years, judged by what happened.
#pragma once

#include <cstddef>
#include <filesystem>
#include <functional>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "engine/compare/comparison.hpp"
#include "engine/hindcast/plan.hpp"
#include "engine/run/ensemble.hpp"

namespace kohort::hindcast {

/// How the runs are made.
struct RunWish {
  std::optional<long long> draws;  ///< of the runs that have several; none: as they say
  std::optional<long long> seed;   ///< of all runs; none: as they say
  std::size_t threads = 0;         ///< 0: as many as the machine has
  std::filesystem::path scratch;   ///< results lie beside this name while they are judged
};

/// Who follows the runs.
struct HindcastWatch {
  std::function<void(const RunSpec&, const Progress&)> observe{};
  std::stop_token stop{};
};

/// A run that was judged.
struct Judgement {
  RunSpec run;
  std::string method;              ///< as it is called
  std::vector<std::string> given;  ///< parameters whose tables became known after the launch
  std::string title;
  std::string content_sha256;
};

/// What came of it.
struct Hindcast {
  std::vector<Judgement> runs;
  /// For each launch and each thing that is judged, one for each method: what happened is the
  /// standard, which has the name of what is judged. Then the errors of runs in parts.
  std::vector<compare::Comparison> comparisons;
};

/// Reads everything that a plan names and throws `Error` with all that is wrong; projects nothing.
void check_plan(const Plan& plan, const RunWish& wish, const std::stop_token& stop = {});

/// Does what the plan asks for. Each scenario is run with the launch year of its run, so that the
/// reader refuses what became known later; one that names tables in `projection.conditional_on` is
/// called conditional. Throws `Error`, and `Interrupted` when asked to stop.
Hindcast run_hindcast(const Plan& plan, const RunWish& wish, const HindcastWatch& watch = {});

}  // namespace kohort::hindcast
