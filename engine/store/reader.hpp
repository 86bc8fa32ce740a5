// Reads a result file: see FORMAT.md.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "engine/store/file.hpp"

namespace kohort::store {

class ContentHash;
struct PackedChunk;

/// A complete result file. All functions throw `Error` (Fault::storage) where reading fails or the
/// file is no complete result.
class Reader {
 public:
  explicit Reader(const std::filesystem::path& file);
  ~Reader();
  Reader(Reader&&) noexcept;
  Reader& operator=(Reader&&) noexcept;

  /// The name of the file, as it was given.
  const std::string& file() const;
  /// Paths of all datasets that are no scales, in the order in which they were written.
  std::vector<std::string> datasets() const;
  /// Names of all scales, likewise.
  std::vector<std::string> scales() const;
  bool has(const std::string& path) const;
  /// What a dataset is; its attributes are those of FORMAT.md.
  Dataset describe(const std::string& path) const;
  /// The lengths of a dataset's axes.
  std::vector<std::size_t> lengths(const std::string& path) const;
  /// Whether its values are of single precision.
  bool single(const std::string& path) const;
  /// All values of a dataset, row-major.
  std::vector<double> values(const std::string& path) const;
  /// The values at one position of each of the first axes, row-major over the others.
  std::vector<double> values_at(const std::string& path,
                                const std::vector<std::size_t>& first_positions) const;
  /// The chunks of a dataset that has some, as they lie in the file, in row-major order: of as many
  /// axes as its `cut` says.
  std::vector<PackedChunk> packed(const std::string& path) const;
  /// A scale, or texts along one.
  Labels labels(const std::string& name) const;
  /// Attributes of the root.
  std::optional<std::string> text(const std::string& name) const;
  std::optional<std::int64_t> number(const std::string& name) const;

  /// Reads everything, and throws `Error` (Fault::storage) unless all of it, attributes included,
  /// is what the run has written.
  void verify() const;

 private:
  void add_content(const std::string& path, ContentHash& content) const;

  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace kohort::store
