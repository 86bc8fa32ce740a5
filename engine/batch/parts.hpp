// What the scenarios of a batch leave until all are there: a complete result of each, beside the
// final file.
#pragma once

#include <filesystem>
#include <string>

namespace kohort {

/// The folder FINAL.parts. While it is open no other batch can use it.
class PartsFolder {
 public:
  /// Nothing is made or looked at yet.
  explicit PartsFolder(const std::filesystem::path& final_name);
  ~PartsFolder();
  PartsFolder(const PartsFolder&) = delete;
  PartsFolder& operator=(const PartsFolder&) = delete;

  const std::filesystem::path& path() const { return path_; }
  /// The result of a scenario: its name, with letters that a file name cannot have written %XX.
  std::filesystem::path part_of(const std::string& scenario) const;
  /// Every draw of the sums of the base.
  std::filesystem::path base_draws() const { return path_ / "base.draws"; }

  /// Makes the folder and takes it for this process; half-written files of others, which must have
  /// ended, are removed. `resume`: whether what lies there is gone on with. Throws `Error`
  /// (Fault::scenario) where something lies there and it is not, and (Fault::storage) where another
  /// process has the folder or it cannot be made.
  void open(bool resume);

  /// Whether the result of a scenario is there, whole, and of this key.
  bool is_complete(const std::string& scenario, const std::string& key) const;
  /// How many files of results lie there.
  std::size_t count() const;

  /// Removes the folder and everything in it.
  void remove();

 private:
  std::filesystem::path path_;
  int lock_ = -1;
};

}  // namespace kohort
