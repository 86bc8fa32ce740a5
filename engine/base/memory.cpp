#include "engine/base/memory.hpp"

#include <algorithm>
#include <charconv>
#include <optional>
#include <string>

#include "engine/base/file.hpp"

namespace kohort {
namespace {

/// The first number after a mark; 0 where there is none.
std::size_t number_after(const std::string& text, const std::string& mark) {
  const std::size_t line = text.find(mark);
  if (line == std::string::npos) return 0;
  const std::size_t begin = text.find_first_of("0123456789", line + mark.size());
  if (begin == std::string::npos) return 0;
  std::size_t number = 0;
  std::from_chars(text.data() + begin, text.data() + text.size(), number);
  return number;
}

/// The figure of a line like "VmRSS:      3456 kB", in bytes.
std::size_t field(const std::string& status, const std::string& name) {
  return 1024 * number_after(status, "\n" + name + ":");
}

/// The number that a file begins with; none where there is no such file or number.
std::optional<std::size_t> number_in(const std::string& file) {
  const FileText read = read_file(file);
  if (!read.text) return std::nullopt;
  std::size_t number = 0;
  const char* begin = read.text->data();
  const auto [rest, fault] = std::from_chars(begin, begin + read.text->size(), number);
  if (fault != std::errc()) return std::nullopt;  // as "max": no limit
  return number;
}

}  // namespace

Memory memory_in_use() {
  const FileText status = read_file("/proc/self/status");
  if (!status.text) return {};
  return {field(*status.text, "VmRSS"), field(*status.text, "VmHWM")};
}

std::size_t memory_available() {
  const FileText system = read_file("/proc/meminfo");
  std::size_t available = system.text ? field(*system.text, "MemAvailable") : 0;
  const auto limit = number_in("/sys/fs/cgroup/memory.max");
  const auto taken = number_in("/sys/fs/cgroup/memory.current");
  if (!limit || !taken) return available;
  // Copies of files, which the system gives up when the memory is wanted, count as taken.
  const FileText parts = read_file("/sys/fs/cgroup/memory.stat");
  const std::size_t copies = parts.text ? number_after(*parts.text, "\nfile ") : 0;
  const std::size_t in_use = *taken - std::min(*taken, copies);
  available = std::min(available, *limit - std::min(*limit, in_use));
  return available;
}

}  // namespace kohort
