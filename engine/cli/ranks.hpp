// Commands on several ranks: how they end together, and where they run.
#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "engine/cli/commands.hpp"
#include "engine/comm/communicator.hpp"
#include "engine/comm/placement.hpp"
#include "engine/run/scenario_run.hpp"

namespace kohort::cli {

/// Does a command as one of several ranks. Where ranks fail, the first of them prints why, and all
/// give its exit code.
Exit on_ranks(const Communicator& ranks, const std::function<Exit()>& command);

/// Refuses to do on several ranks what only one can. Throws `Error` (Fault::scenario).
void require_one_rank(const Communicator& ranks);

/// Where the ranks run, each on all of them, with the threads of each: as many as are given, or
/// else as it can use. Their memory is not known yet.
std::vector<Placement> place_ranks(const Communicator& ranks, std::optional<int> threads);

/// What the first rank says, on all of them.
bool first_says(const Communicator& ranks, bool word);

/// How many ranks run on the host of one of them.
std::size_t ranks_beside(const std::vector<Placement>& all, std::size_t rank);

/// Has the writing rank say on standard error of each rank where it runs, with how many threads and
/// how much memory. Throws `Error` (Fault::storage) where the ranks of this host plan to take more
/// memory than it has; `work` is the file that says what is done.
void tell_placement(const Communicator& ranks, const Placement& own, const std::string& work);

/// Shares the draws of a run with the other ranks, sets its threads, and tells where they run. Of
/// one rank it only sets the threads.
void share_draws(ScenarioRun& run, const Communicator& ranks, std::optional<int> threads);

}  // namespace kohort::cli
