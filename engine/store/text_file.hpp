// A text file that lies under its name only when it is whole.
#pragma once

#include <cstdio>
#include <filesystem>
#include <memory>
#include <string_view>
#include <vector>

#include "engine/store/temporary_file.hpp"

namespace kohort::store {

/// Writes a text under a temporary name beside its final one; if `finish` is never reached, it is
/// removed.
class TextFile {
 public:
  /// `replaceable` are the endings of file names, such as ".csv", that the text may replace: one of
  /// them must be that of the file. Throws `Error` as `file_target` does.
  TextFile(const std::filesystem::path& file, const std::vector<std::string_view>& replaceable);

  /// Throws `Error` (Fault::storage) where writing fails.
  void add(std::string_view text);
  /// Syncs the text to disk and gives it its final name. Throws `Error` (Fault::storage) where that
  /// fails.
  void finish();

 private:
  void check(bool written) const;

  std::filesystem::path final_name_;
  TemporaryFile temporary_;
  std::unique_ptr<std::FILE, int (*)(std::FILE*)> stream_;
};

}  // namespace kohort::store
