// Where a rank runs: on which machine, on which of its cores, near which memory.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "engine/comm/communicator.hpp"

namespace kohort {

/// Where a rank runs, and what it takes.
struct Placement {
  std::string host;
  std::vector<std::size_t> cores{};       ///< on which it may run, ascending
  std::vector<std::size_t> numa_nodes{};  ///< to which those belong; empty where nobody says
  std::size_t threads = 0;                ///< with which it computes
  std::size_t memory = 0;                 ///< bytes that it plans to take
};

/// Numbers like "0-3,8", as Linux lists cores.
std::vector<std::size_t> numbers_in_list(const std::string& list);

/// The same the other way round.
std::string list_of(const std::vector<std::size_t>& numbers);

/// This process: its host, the cores that it is bound to, and their NUMA nodes
/// (/sys/devices/system/node). Nothing yet of threads and memory.
Placement placement_here();

/// How many cores the batch system gives to a task (SLURM_CPUS_PER_TASK); 0 where it does not say.
std::size_t cores_of_task();

/// With how many threads a rank computes unless told: with as many as `cores_of_task`, else as it
/// has cores, of which ranks that are bound to the same ones get equal parts. One at least.
std::size_t default_threads(const std::vector<Placement>& all, std::size_t rank);

/// The placements of all ranks, on each of them.
std::vector<Placement> placements_of_all(const Communicator& communicator, const Placement& own);

}  // namespace kohort
