// From the results of the scenarios of a batch to one file.
#pragma once

#include <filesystem>
#include <span>
#include <stop_token>
#include <string>

#include "engine/batch/plan.hpp"

namespace kohort {

/// What there is of a scenario.
struct GatheredMember {
  const PlanMember* member = nullptr;
  std::filesystem::path part;  ///< its result; empty where it failed
  std::string resolved;        ///< the scenario as it was read; empty where it could not be
  std::string error;           ///< why it failed
};

/// The final file of a batch and what it is made of.
struct Gathering {
  const BatchPlan& plan;
  std::string key;  ///< hash of everything that the file follows from
  std::span<const GatheredMember> members;
};

/// Writes all scenarios to one file, with an axis `scenario` before all others: see
/// engine/store/FORMAT.md. One of them must have a result. Throws `Error` (Fault::storage), and
/// `Interrupted` when asked to stop; no file is left then.
void gather(const Gathering& gathering, const std::filesystem::path& file,
            const std::stop_token& stop = {});

}  // namespace kohort
