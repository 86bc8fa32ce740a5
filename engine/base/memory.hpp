// How much memory this process has, and could have.
#pragma once

#include <cstddef>

namespace kohort {

/// Bytes of this process that lie in memory: now, and the most so far. 0 where the system does not
/// say (it is read from /proc/self/status).
struct Memory {
  std::size_t resident = 0;
  std::size_t peak = 0;
};

Memory memory_in_use();

/// Bytes that this process could still take: what the system has to spare, or the control group of
/// the process where that is less. 0 where the system does not say (/proc/meminfo, /sys/fs/cgroup).
std::size_t memory_available();

}  // namespace kohort
