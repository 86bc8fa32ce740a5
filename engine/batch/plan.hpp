// A plan: many scenarios, one by one, in grids and in samples. See scenarios/PLANS.md.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "engine/base/error.hpp"
#include "engine/sample/design.hpp"
#include "engine/scenario/settings.hpp"

namespace kohort {

/// One scenario of a plan: a file, and what is changed in it.
struct PlanMember {
  std::string name;
  std::filesystem::path file;
  std::vector<std::string> overrides;  ///< key=value, as `ScenarioRun` takes them; later ones win
  Location where;                      ///< of the block that it comes from
};

/// A number of a scenario that varies uniformly between two bounds.
struct SampledParameter {
  std::string parameter;  ///< as --set names it
  double from = 0.0;
  double to = 1.0;

  /// The override at a point of the unit interval.
  std::string override_at(double unit) const;
};

/// A scenario at points spread over the ranges of its parameters.
struct PlanSample {
  std::string name;
  std::filesystem::path file;
  std::vector<std::string> overrides;  ///< those of all points; the parameters' come after them
  Design method = Design::sobol;
  std::size_t size = 0;
  std::uint64_t seed = 1;
  std::vector<SampledParameter> parameters;
  std::vector<Settings> indicators;  ///< blocks; which figures they mean, a run of the file tells
  Location where;
};

/// What a plan asks for.
struct BatchPlan {
  std::string file;
  std::string title;
  std::vector<PlanMember> members;  ///< scenarios, then grids, then samples, as they were written
  std::size_t base = 0;             ///< of the members the one that the others are held against
  std::vector<std::string> differences_of;  ///< names of variables; empty: of all
  Location differences_where;               ///< where the plan says so
  std::vector<PlanSample> samples;          ///< the blocks from which the last members come
  std::string resolved;                     ///< the plan as TOML, every value with its origin
};

/// Whether a file, or one that it extends, says that it is a plan. Throws `Error` (Fault::scenario)
/// where it cannot be read.
bool is_plan(const std::filesystem::path& file);

/// Reads a plan. `overrides` go before all that it says, for every member. Scenario files are not
/// looked into. Throws `Error` (Fault::scenario) with all mistakes found.
BatchPlan read_plan(const std::filesystem::path& file,
                    const std::vector<std::string>& overrides = {});

}  // namespace kohort
