// A text file that lies under its name only when it is whole.
#pragma once

#include <cstdio>
#include <filesystem>
#include <memory>
#include <string_view>

#include "engine/store/temporary_file.hpp"

namespace kohort::store {

/// Writes a text under a temporary name beside its final one; if `finish` is never reached, it is
/// removed.
class TextFile {
 public:
  /// `target`: where the text may go, see `file_target` and `text_target`. Throws `Error`
  /// (Fault::storage) where it cannot be written.
  explicit TextFile(const std::filesystem::path& target);

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
