// A file that is not yet what its final name promises.
#pragma once

#include <filesystem>

namespace kohort::store {

/// The name under which a file is written, beside its final one. Removes the file when it goes,
/// unless that was given its final name.
class TemporaryFile {
 public:
  /// Thinks of a name that no other run has, on this machine or on one that shares the file system:
  /// FINAL.tmp.HOST.PROCESS.RANDOM.
  explicit TemporaryFile(const std::filesystem::path& final_name);
  ~TemporaryFile();
  TemporaryFile(const TemporaryFile&) = delete;
  TemporaryFile& operator=(const TemporaryFile&) = delete;

  const std::filesystem::path& name() const { return name_; }

  /// Syncs the closed file to disk and gives it its final name, replacing what stood there. Throws
  /// `Error` (Fault::storage) where that fails.
  void move_to(const std::filesystem::path& final_name);

 private:
  std::filesystem::path name_;
  bool moved_ = false;
};

/// Removes files under temporary names of a final name that processes of this machine have left
/// which are no more: they were killed.
void remove_left_over(const std::filesystem::path& final_name);

}  // namespace kohort::store
