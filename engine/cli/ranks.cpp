#include "engine/cli/ranks.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "engine/base/error.hpp"
#include "engine/base/memory.hpp"
#include "engine/cli/terminal.hpp"
#include "engine/cli/threads.hpp"
#include "engine/comm/mailbox.hpp"
#include "engine/run/room.hpp"

namespace kohort::cli {
namespace {

std::string describe(const Placement& placement, std::size_t rank, std::size_t ranks) {
  std::string text = fmt::format("rank {} of {}: {}, {} thread(s) on core(s) {}", rank, ranks,
                                 placement.host, placement.threads, list_of(placement.cores));
  if (!placement.numa_nodes.empty()) {
    text += fmt::format(", NUMA node(s) {}", list_of(placement.numa_nodes));
  }
  return text + fmt::format("; memory about {}", bytes_in_words(placement.memory));
}

/// Each rank plans for itself; those of a host share its memory.
void require_room_for_all(const std::vector<Placement>& all, std::size_t rank,
                          const std::string& scenario) {
  std::size_t wanted = 0;
  for (const Placement& one : all) {
    if (one.host == all[rank].host) wanted += one.memory;
  }
  const std::size_t room = memory_available();
  const std::size_t in_use = memory_in_use().resident;
  if (room == 0 || wanted <= room + in_use) return;
  throw Error(Fault::storage,
              Mistake{{scenario, 0, 0},
                      fmt::format("the ranks on {} take about {} of memory, and {} are free",
                                  all[rank].host, bytes_in_words(wanted), bytes_in_words(room)),
                      "start fewer ranks on a host, each with more --threads"});
}

}  // namespace

Exit on_ranks(const Communicator& ranks, const std::function<Exit()>& command) {
  try {
    const Exit exit = command();
    return static_cast<Exit>(ranks.end(static_cast<int>(exit)).code);
  } catch (const EndedElsewhere& ended) {
    return static_cast<Exit>(ended.ending().code);
  } catch (const std::exception& error) {
    const Ending ending = ranks.end(static_cast<int>(exit_of(error)));
    if (ending.rank == ranks.rank()) tell(text_of(error));
    return static_cast<Exit>(ending.code);
  }
}

void require_one_rank(const Communicator& ranks) {
  if (ranks.size() == 1) return;
  throw Error(Fault::scenario,
              Mistake{{"", 0, 0},
                      fmt::format("{} ranks were started, and only `kohort run` and `kohort "
                                  "batch` share their work among ranks",
                                  ranks.size()),
                      "start the program once, without mpirun"});
}

std::vector<Placement> place_ranks(const Communicator& ranks, std::optional<int> threads) {
  Placement own = placement_here();
  const std::vector<Placement> seats = placements_of_all(ranks, own);
  own.threads = threads ? static_cast<std::size_t>(*threads) : default_threads(seats, ranks.rank());
  return placements_of_all(ranks, own);
}

bool first_says(const Communicator& ranks, bool word) {
  std::vector<char> said(ranks.size(), word ? 1 : 0);
  const std::vector<std::size_t> one_each(ranks.size(), 1);
  Mailbox<char> mailbox;
  return mailbox.exchange(ranks, said, one_each, one_each).front() != 0;
}

std::size_t ranks_beside(const std::vector<Placement>& all, std::size_t rank) {
  return static_cast<std::size_t>(std::count_if(
      all.begin(), all.end(), [&](const Placement& one) { return one.host == all[rank].host; }));
}

void tell_placement(const Communicator& ranks, const Placement& own, const std::string& work) {
  const std::vector<Placement> all = placements_of_all(ranks, own);
  if (ranks.writes()) {
    for (std::size_t rank = 0; rank < all.size(); ++rank) {
      tell(describe(all[rank], rank, all.size()));
    }
  }
  require_room_for_all(all, ranks.rank(), work);
}

void share_draws(ScenarioRun& run, const Communicator& ranks, std::optional<int> threads) {
  run.use_threads(threads_of(threads));
  if (ranks.size() == 1) return;
  run.share_draws(ranks);
  Placement own = place_ranks(ranks, threads)[ranks.rank()];
  run.use_threads(own.threads);
  own.memory = run.plan().memory;
  tell_placement(ranks, own, run.settings().scenario_file());
}

}  // namespace kohort::cli
