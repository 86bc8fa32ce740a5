#include "engine/batch/parts.hpp"

#include <cctype>
#include <cerrno>
#include <cstring>

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <unistd.h>

#include "engine/base/digest.hpp"
#include "engine/base/error.hpp"
#include "engine/store/reader.hpp"

namespace kohort {
namespace {

namespace fs = std::filesystem;

constexpr const char* lock_name = "lock";

[[noreturn]] void refuse(Fault fault, const fs::path& folder, std::string what,
                         std::string remedy) {
  throw Error(fault, Mistake{{folder.string(), 0, 0}, std::move(what), std::move(remedy)});
}

std::string safe_name(const std::string& name) {
  // With room for the ending of a temporary name below the 255 bytes of common file systems.
  constexpr std::size_t most = 150;
  std::string safe;
  for (const char letter : name) {
    const bool plain = std::isalnum(static_cast<unsigned char>(letter)) != 0 ||
                       std::strchr("-_=,+", letter) != nullptr;
    safe += plain && letter != '\0'
                ? std::string(1, letter)
                : fmt::format("%{:02X}", static_cast<unsigned>(static_cast<unsigned char>(letter)));
  }
  constexpr std::size_t digits = 16;
  return safe.size() <= most ? safe : safe.substr(0, most) + "~" + sha256(name).substr(0, digits);
}

}  // namespace

std::unique_ptr<FileLock> FileLock::take(const fs::path& file, Kind kind) {
  const int descriptor = ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0666);
  if (descriptor < 0) {
    refuse(Fault::storage, file, std::string("the file cannot be made: ") + std::strerror(errno),
           "name a file in a folder that can be written to: -o RESULT.h5");
  }
  std::unique_ptr<FileLock> lock(new FileLock(descriptor));
  const int how = kind == Kind::alone ? LOCK_EX : LOCK_SH;
  if (::flock(descriptor, how | LOCK_NB) != 0 && errno == EWOULDBLOCK) return nullptr;
  return lock;
}

FileLock::~FileLock() { ::close(descriptor_); }

PartsFolder::PartsFolder(const fs::path& final_name) : path_(final_name.string() + ".parts") {}

fs::path PartsFolder::part_of(const std::string& scenario) const {
  return path_ / (safe_name(scenario) + ".h5");
}

std::size_t PartsFolder::count() const {
  std::size_t found = 0;
  std::error_code none_there;
  for (const auto& entry : fs::directory_iterator(path_, none_there)) {
    if (entry.path().extension() == ".h5") ++found;
  }
  return found;
}

std::unique_ptr<FileLock> PartsFolder::enter(FileLock::Kind kind) const {
  std::error_code reason;
  fs::create_directories(path_, reason);
  if (reason) {
    refuse(Fault::storage, path_, "the folder cannot be made: " + reason.message(),
           "name a file in a folder that can be written to: -o RESULT.h5");
  }
  auto lock = FileLock::take(path_ / lock_name, kind);
  if (lock) return lock;
  refuse(Fault::storage, path_, "another batch is at work on this file",
         "wait for it, or name another file: -o RESULT.h5");
}

std::unique_ptr<FileLock> PartsFolder::open(bool resume) const {
  if (!resume && count() > 0) {
    refuse(Fault::scenario, path_, "an earlier batch has left the results of some scenarios here",
           "go on with --resume, or delete the folder");
  }
  auto lock = enter(FileLock::Kind::alone);
  for (const auto& entry : fs::directory_iterator(path_)) {
    if (entry.path().filename().string().find(".tmp.") == std::string::npos) continue;
    std::error_code ignored;
    fs::remove(entry.path(), ignored);
  }
  return lock;
}

std::unique_ptr<FileLock> PartsFolder::join() const { return enter(FileLock::Kind::together); }

std::unique_ptr<FileLock> PartsFolder::claim(const std::string& scenario) const {
  return FileLock::take(path_ / (safe_name(scenario) + ".lock"), FileLock::Kind::alone);
}

bool PartsFolder::is_complete(const std::string& scenario, const std::string& key) const {
  const fs::path part = part_of(scenario);
  std::error_code none_there;
  if (!fs::is_regular_file(part, none_there)) return false;
  try {
    return store::Reader(part).text("batch_key") == key;
  } catch (const Error&) {
    return false;  // no result: it is made anew
  }
}

void PartsFolder::remove() const {
  std::error_code reason;
  fs::remove_all(path_, reason);
  if (reason) {
    refuse(Fault::storage, path_, "the folder cannot be removed: " + reason.message(),
           "the result is whole; delete the folder");
  }
}

}  // namespace kohort
