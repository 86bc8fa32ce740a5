#include "engine/store/temporary_file.hpp"

#include <array>
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <random>
#include <string>

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include "engine/base/error.hpp"

namespace kohort::store {
namespace {

namespace fs = std::filesystem;

[[noreturn]] void fail(const fs::path& path, const std::string& doing, int reason) {
  throw Error(Fault::storage, Mistake{{path.string(), 0, 0},
                                      doing + " failed: " + std::strerror(reason),
                                      "check the free space and the rights"});
}

/// The host's name as far as it can stand in a file name.
std::string host_name() {
  std::array<char, 256> buffer{};
  if (::gethostname(buffer.data(), buffer.size() - 1) != 0) return "host";
  std::string name;
  for (const char* letter = buffer.data(); *letter != '\0' && *letter != '.'; ++letter) {
    name += *letter == '/' ? '-' : *letter;
  }
  return name;
}

void sync_to_disk(const fs::path& path, int flags) {
  const int descriptor = ::open(path.c_str(), flags | O_CLOEXEC);
  const bool synced = descriptor >= 0 && ::fsync(descriptor) == 0;
  const int reason = errno;
  if (descriptor >= 0) ::close(descriptor);
  if (!synced) fail(path, "syncing to disk", reason);
}

}  // namespace

TemporaryFile::TemporaryFile(const fs::path& final_name) {
  std::random_device random;
  name_ =
      fmt::format("{}.tmp.{}.{}.{:08x}", final_name.string(), host_name(), ::getpid(), random());
}

TemporaryFile::~TemporaryFile() {
  std::error_code ignored;
  if (!moved_) fs::remove(name_, ignored);
}

void TemporaryFile::move_to(const fs::path& final_name) {
  sync_to_disk(name_, O_RDWR);
  if (std::rename(name_.c_str(), final_name.c_str()) != 0) fail(final_name, "renaming", errno);
  moved_ = true;
  const fs::path folder = final_name.parent_path();
  sync_to_disk(folder.empty() ? "." : folder, O_RDONLY | O_DIRECTORY);
}

void remove_left_over(const fs::path& final_name) {
  const std::string mark = fmt::format("{}.tmp.{}.", final_name.filename().string(), host_name());
  const fs::path folder = final_name.has_parent_path() ? final_name.parent_path() : fs::path(".");
  std::error_code none_there;
  for (const auto& entry : fs::directory_iterator(folder, none_there)) {
    const std::string name = entry.path().filename().string();
    if (!name.starts_with(mark)) continue;
    const int process = std::atoi(name.c_str() + mark.size());
    if (process <= 0 || ::kill(process, 0) == 0 || errno != ESRCH) continue;
    std::error_code ignored;
    fs::remove(entry.path(), ignored);
  }
}

}  // namespace kohort::store
