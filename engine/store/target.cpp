#include "engine/store/target.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <string>

#include <hdf5.h>
#include <unistd.h>

#include "engine/base/error.hpp"
#include "engine/base/file.hpp"
#include "engine/store/handle.hpp"

namespace kohort::store {
namespace {

namespace fs = std::filesystem;

/// As many as Linux follows.
constexpr int most_links = 40;

[[noreturn]] void cannot_write(const fs::path& file, const std::string& reason) {
  throw Error(Fault::storage, Mistake{{file.string(), 0, 0},
                                      "no file can be written there: " + reason,
                                      "name a file in a folder that exists and can be written to"});
}

/// Follows links also where the last one leads to nothing yet.
fs::path follow_links(const fs::path& file) {
  fs::path target = file;
  std::error_code ignored;
  for (int links = 0; fs::is_symlink(target, ignored); ++links) {
    if (links == most_links) cannot_write(file, "the symbolic links lead nowhere");
    target = target.parent_path() / fs::read_symlink(target);
  }
  return target;
}

void check_folder(const fs::path& target) {
  const fs::path folder = target.has_parent_path() ? target.parent_path() : fs::path(".");
  std::error_code reason;
  if (!fs::is_directory(folder, reason)) {
    cannot_write(target, "there is no folder " + folder.string());
  }
  if (::access(folder.c_str(), W_OK | X_OK) != 0) cannot_write(target, std::strerror(errno));
}

/// What stands there in place of a file; empty where there is nothing or a regular file.
std::string obstacle_to_any(const fs::path& target) {
  std::error_code reason;
  const fs::file_status status = fs::status(target, reason);
  if (!target.has_filename() || fs::is_directory(status)) return "a folder";
  if (!fs::exists(status) || fs::is_regular_file(status)) return "";
  return "no regular file";
}

/// What stands there that may not be replaced; empty where there is no such thing. `is_ours` tells
/// of a file that is not empty whether it may be, and `other` what it is if not.
template <class IsOurs>
std::string obstacle(const fs::path& target, IsOurs&& is_ours, const std::string& other) {
  std::string found = obstacle_to_any(target);
  std::error_code reason;
  if (!found.empty() || !fs::exists(target, reason)) return found;
  if (fs::file_size(target, reason) == 0 && !reason) return "";
  return is_ours(target) ? "" : other;
}

/// Throws where there is an obstacle, or the folder cannot be written to.
void check(const fs::path& file, const fs::path& target, const std::string& obstacle) {
  if (!obstacle.empty()) {
    throw Error(Fault::scenario, Mistake{{file.string(), 0, 0},
                                         "the result cannot go there: it is " + obstacle,
                                         "name a new file, or a result that may be replaced"});
  }
  check_folder(target);
}

bool is_hdf5(const fs::path& file) {
  const Turn turn;
  return H5Fis_hdf5(file.c_str()) > 0;
}

}  // namespace

fs::path result_target(const fs::path& file) {
  fs::path target = follow_links(file);
  check(file, target, obstacle(target, is_hdf5, "a file that is no HDF5 result"));
  return target;
}

fs::path text_target(const fs::path& file, std::string_view mark) {
  fs::path target = follow_links(file);
  const auto has_mark = [&](const fs::path& text) {
    return read_file(text).text.value_or("").starts_with(mark);
  };
  check(file, target, obstacle(target, has_mark, "a file that this program has not written"));
  return target;
}

fs::path file_target(const fs::path& file, const std::vector<std::string_view>& endings) {
  fs::path target = follow_links(file);
  std::string found = obstacle_to_any(target);
  const std::string ending = file.extension().string();
  if (found.empty() && std::find(endings.begin(), endings.end(), ending) == endings.end()) {
    found = "a name that does not end in " + std::string(endings.front());
  }
  if (!found.empty()) {
    throw Error(Fault::scenario,
                Mistake{{file.string(), 0, 0},
                        "the file cannot go there: it is " + found,
                        "name a file that ends in " + std::string(endings.front())});
  }
  check_folder(target);
  return target;
}

}  // namespace kohort::store
