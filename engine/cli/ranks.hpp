// Commands on several ranks: how they end together, and where they run.
#pragma once

#include <cstddef>
#include <functional>
#include <optional>

#include "engine/cli/commands.hpp"
#include "engine/comm/communicator.hpp"
#include "engine/run/scenario_run.hpp"

namespace kohort::cli {

/// Does a command as one of several ranks. Where ranks fail, the first of them prints why, and all
/// give its exit code.
Exit on_ranks(const Communicator& ranks, const std::function<Exit()>& command);

/// Refuses to do on several ranks what only one can. Throws `Error` (Fault::scenario).
void require_one_rank(const Communicator& ranks);

/// Shares the draws of a run with the other ranks, and sets its threads: as many as are given, or
/// else as this rank can use. The writing rank says on standard error of each rank where it runs,
/// with how many threads and how much memory. Throws `Error` (Fault::storage) where the ranks of
/// this host plan to take more memory than it has. Of one rank it only sets the threads.
void share_draws(ScenarioRun& run, const Communicator& ranks, std::optional<int> threads);

}  // namespace kohort::cli
