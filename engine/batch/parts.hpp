// What the scenarios of a batch leave until all are there: a complete result of each, beside the
// final file.
#pragma once

#include <filesystem>
#include <memory>
#include <string>

namespace kohort {

/// Keeps other processes out of a folder while it lives, however this one ends.
class FolderLock {
 public:
  /// Takes the lock of a file, which is made. Throws `Error` (Fault::storage) where another process
  /// has it or the file cannot be made.
  explicit FolderLock(const std::filesystem::path& file);
  ~FolderLock();
  FolderLock(const FolderLock&) = delete;
  FolderLock& operator=(const FolderLock&) = delete;

 private:
  int descriptor_;
};

/// The folder FINAL.parts.
class PartsFolder {
 public:
  /// Nothing is made or looked at yet.
  explicit PartsFolder(const std::filesystem::path& final_name);

  const std::filesystem::path& path() const { return path_; }
  /// The result of a scenario: its name, with letters that a file name cannot have written %XX.
  std::filesystem::path part_of(const std::string& scenario) const;
  /// Every draw of the sums of the base.
  std::filesystem::path base_draws() const { return path_ / "base.draws"; }

  /// Makes the folder and takes it for this process as long as the lock lives; half-written files
  /// of others, which must have ended, are removed. `resume`: whether what lies there is gone on
  /// with. Throws `Error` (Fault::scenario) where something lies there and it is not, and
  /// (Fault::storage) where another process has the folder or it cannot be made.
  std::unique_ptr<FolderLock> open(bool resume) const;

  /// Whether the result of a scenario is there, whole, and of this key.
  bool is_complete(const std::string& scenario, const std::string& key) const;
  /// How many files of results lie there.
  std::size_t count() const;

  /// Removes the folder and everything in it.
  void remove() const;

 private:
  std::filesystem::path path_;
};

}  // namespace kohort
