#include "engine/comm/placement.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdlib>
#include <filesystem>
#include <sstream>

#include <sched.h>
#include <unistd.h>

#include "engine/base/file.hpp"
#include "engine/comm/mailbox.hpp"

namespace kohort {
namespace {

namespace fs = std::filesystem;

/// The number that a text is; 0 where it is none.
std::size_t number_of(std::string_view text) {
  std::size_t number = 0;
  std::from_chars(text.data(), text.data() + text.size(), number);
  return number;
}

std::string host_name() {
  std::array<char, 256> buffer{};
  if (::gethostname(buffer.data(), buffer.size() - 1) != 0) return "unknown";
  return buffer.data();
}

std::vector<std::size_t> bound_cores() {
  std::vector<std::size_t> cores;
  cpu_set_t set;
  CPU_ZERO(&set);
  if (::sched_getaffinity(0, sizeof set, &set) != 0) return cores;
  for (std::size_t core = 0; core < CPU_SETSIZE; ++core) {
    if (CPU_ISSET(core, &set)) cores.push_back(core);
  }
  return cores;
}

bool share_any(const std::vector<std::size_t>& some, const std::vector<std::size_t>& others) {
  return std::any_of(some.begin(), some.end(), [&](std::size_t one) {
    return std::find(others.begin(), others.end(), one) != others.end();
  });
}

std::vector<std::size_t> numa_nodes_of(const std::vector<std::size_t>& cores) {
  std::vector<std::size_t> nodes;
  std::error_code none_there;
  for (const auto& entry : fs::directory_iterator("/sys/devices/system/node", none_there)) {
    const std::string name = entry.path().filename().string();
    if (!name.starts_with("node")) continue;
    const FileText list = read_file(entry.path() / "cpulist");
    if (!list.text || !share_any(cores, numbers_in_list(*list.text))) continue;
    nodes.push_back(number_of(std::string_view(name).substr(4)));
  }
  std::sort(nodes.begin(), nodes.end());
  return nodes;
}

std::string to_text(const Placement& placement) {
  std::ostringstream text;
  text << placement.host << '\n'
       << list_of(placement.cores) << '\n'
       << list_of(placement.numa_nodes) << '\n'
       << placement.threads << '\n'
       << placement.memory << '\n';
  return text.str();
}

Placement from_text(const std::string& text) {
  std::istringstream stream(text);
  std::array<std::string, 5> lines;
  for (std::string& line : lines) std::getline(stream, line);
  return {lines[0], numbers_in_list(lines[1]), numbers_in_list(lines[2]), number_of(lines[3]),
          number_of(lines[4])};
}

}  // namespace

std::vector<std::size_t> numbers_in_list(const std::string& list) {
  std::vector<std::size_t> numbers;
  std::istringstream parts(list);
  for (std::string part; std::getline(parts, part, ',');) {
    if (part.find_first_of("0123456789") == std::string::npos) continue;
    const std::size_t dash = part.find('-');
    const std::size_t first = number_of(part);
    const std::size_t last =
        dash == std::string::npos ? first : number_of(std::string_view(part).substr(dash + 1));
    for (std::size_t number = first; number <= last; ++number) numbers.push_back(number);
  }
  return numbers;
}

std::string list_of(const std::vector<std::size_t>& numbers) {
  std::string list;
  for (std::size_t at = 0; at < numbers.size();) {
    std::size_t end = at + 1;
    while (end < numbers.size() && numbers[end] == numbers[end - 1] + 1) ++end;
    if (!list.empty()) list += ',';
    list += std::to_string(numbers[at]);
    if (end > at + 1) list += '-' + std::to_string(numbers[end - 1]);
    at = end;
  }
  return list;
}

Placement placement_here() {
  Placement placement;
  placement.host = host_name();
  placement.cores = bound_cores();
  placement.numa_nodes = numa_nodes_of(placement.cores);
  return placement;
}

std::size_t cores_of_task() {
  const char* given = std::getenv("SLURM_CPUS_PER_TASK");
  return given == nullptr ? 0 : number_of(given);
}

std::size_t default_threads(const std::vector<Placement>& all, std::size_t rank) {
  const std::size_t of_task = cores_of_task();
  if (of_task > 0) return of_task;
  const Placement& own = all[rank];
  const auto sharing =
      static_cast<std::size_t>(std::count_if(all.begin(), all.end(), [&](const Placement& other) {
        return other.host == own.host && other.cores == own.cores;
      }));
  return std::max<std::size_t>(1, own.cores.size() / sharing);
}

std::vector<Placement> placements_of_all(const Communicator& communicator, const Placement& own) {
  const std::size_t ranks = communicator.size();
  const std::string text = to_text(own);
  std::vector<std::size_t> own_length(ranks, text.size());
  const std::vector<std::size_t> one_each(ranks, 1);
  Mailbox<std::size_t> lengths;
  const auto length_of = lengths.exchange(communicator, own_length, one_each, one_each);
  std::string copies;
  for (std::size_t rank = 0; rank < ranks; ++rank) copies += text;
  Mailbox<char> texts;
  const std::span<char> received =
      texts.exchange(communicator, std::span(copies), own_length, length_of);
  std::vector<Placement> all;
  std::size_t first = 0;
  for (const std::size_t length : length_of) {
    all.push_back(from_text(std::string(received.data() + first, length)));
    first += length;
  }
  return all;
}

}  // namespace kohort
