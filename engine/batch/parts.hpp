// What the scenarios of a batch leave until all are there: a complete result of each, beside the
// final file.
#pragma once

#include <filesystem>
#include <memory>
#include <string>

namespace kohort {

/// Has a file to itself, or together with others of its kind, while it lives; it ends with the
/// process, however that ends. Where the file system has no locks, everyone has everything.
class FileLock {
 public:
  enum class Kind { alone, together };

  /// Takes a file, which is made if need be; null where another process has it and this one cannot.
  /// Throws `Error` (Fault::storage) where the file cannot be made.
  static std::unique_ptr<FileLock> take(const std::filesystem::path& file, Kind kind);
  ~FileLock();
  FileLock(const FileLock&) = delete;
  FileLock& operator=(const FileLock&) = delete;

 private:
  explicit FileLock(int descriptor) : descriptor_(descriptor) {}

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

  /// Makes the folder and takes it for this process alone as long as the lock lives; half-written
  /// files of others, which must have ended, are removed. `resume`: whether what lies there is gone
  /// on with. Throws `Error` (Fault::scenario) where something lies there and it is not, and
  /// (Fault::storage) where another process has the folder or it cannot be made.
  std::unique_ptr<FileLock> open(bool resume) const;
  /// Makes the folder and takes it together with other processes, which share the scenarios. Throws
  /// `Error` (Fault::storage) where one has it for itself or it cannot be made.
  std::unique_ptr<FileLock> join() const;
  /// Takes a scenario, for a process that has joined; null where another has it.
  std::unique_ptr<FileLock> claim(const std::string& scenario) const;

  /// Whether the result of a scenario is there, whole, and of this key.
  bool is_complete(const std::string& scenario, const std::string& key) const;
  /// How many files of results lie there.
  std::size_t count() const;

  /// Removes the folder and everything in it.
  void remove() const;

 private:
  std::unique_ptr<FileLock> enter(FileLock::Kind kind) const;

  std::filesystem::path path_;
};

}  // namespace kohort
