// What this machine gives, and what the kernels make of it.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "engine/measure/work.hpp"

namespace kohort::measure {

/// Wall and processor time. The second does not count what other programs take, and of several
/// threads it is the sum.
struct Seconds {
  double wall = 0.0;
  double processor = 0.0;
};

/// What a triad a = b + s c gets of one level of memory, 24 bytes counted for a number.
struct Bandwidth {
  std::string level;
  std::size_t bytes = 0;  ///< of the three arrays
  double bytes_per_second = 0.0;
};

/// How fast one core does a piece of work.
struct KernelSpeed {
  std::string work;
  std::string precision;
  double cell_years_per_second = 0.0;  ///< of processor time
  std::string level;                   ///< of memory, through which it streams
  double share_of_bandwidth = 0.0;
  double share_of_arithmetic = 0.0;  ///< of as many products as sums, from registers
  CheckSum sum;
};

/// How long an ensemble takes with more threads: the same for all (strong), or so many times as
/// large (weak).
struct ThreadSpeed {
  std::size_t threads = 0;
  Seconds same;
  Seconds larger;
};

/// What `kohort bench` has measured: limits of a core, and the kernels beside them.
struct MachineReport {
  std::string kernels;  ///< the processor that they are made for
  std::vector<Bandwidth> memory;
  double double_operations_per_second = 0.0;
  double float_operations_per_second = 0.0;
  std::vector<KernelSpeed> speeds;
  std::vector<ThreadSpeed> scaling;  ///< of W4 in double
};

/// Measures, with ensembles of `draw_count` draws. Takes some seconds, and 192 MB or more.
MachineReport measure_machine(std::size_t draw_count, std::size_t threads);

}  // namespace kohort::measure
