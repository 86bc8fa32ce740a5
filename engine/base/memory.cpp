#include "engine/base/memory.hpp"

#include <charconv>
#include <string>

#include "engine/base/file.hpp"

namespace kohort {
namespace {

/// The figure of a line like "VmRSS:      3456 kB", in bytes.
std::size_t field(const std::string& status, const std::string& name) {
  const std::size_t line = status.find("\n" + name + ":");
  if (line == std::string::npos) return 0;
  const std::size_t begin = status.find_first_of("0123456789", line);
  if (begin == std::string::npos) return 0;
  std::size_t kilobytes = 0;
  std::from_chars(status.data() + begin, status.data() + status.size(), kilobytes);
  return kilobytes * 1024;
}

}  // namespace

Memory memory_in_use() {
  const FileText status = read_file("/proc/self/status");
  if (!status.text) return {};
  return {field(*status.text, "VmRSS"), field(*status.text, "VmHWM")};
}

}  // namespace kohort
