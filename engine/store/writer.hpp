// Writes a result file: see FORMAT.md.
#pragma once

#include <cstddef>
#include <filesystem>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "engine/store/file.hpp"

namespace kohort::store {

/// Writes one file. Until `finish` it lies under a temporary name; if that is never reached, it is
/// removed. All functions throw `Error` (Fault::storage) where writing fails.
class Writer {
 public:
  explicit Writer(const std::filesystem::path& file);
  ~Writer();
  Writer(const Writer&) = delete;
  Writer& operator=(const Writer&) = delete;

  /// Adds an axis. Datasets can run along it from then on.
  void add_scale(const Scale& scale);
  /// Whether there is a scale of that name.
  bool has(const std::string& scale) const;
  /// Adds texts that describe the positions of an axis, such as the names of areas.
  void add_labels(const Scale& labels, const std::string& axis);
  /// Adds a dataset with all its values, row-major over its axes.
  void add_dataset(const Dataset& dataset, std::span<const double> values);
  /// The same in single precision.
  void add_dataset(const Dataset& dataset, std::span<const float> values);
  /// The same without compression, for what is read back soon.
  void add_plain(const Dataset& dataset, std::span<const double> values);
  /// Adds a dataset whose values at each position of its first axis are asked for one after the
  /// other, so that they need not be in memory at once. Its chunks are one entry of the first two
  /// axes. In single precision where `Value` is float.
  template <class Value>
  void add_by_parts(const Dataset& dataset,
                    const std::function<std::vector<Value>(std::size_t)>& values_at);
  /// Adds an attribute to the root.
  void add_attribute(const Attribute& attribute);

  /// Writes the hash of the content and the status, and gives the file its final name.
  void finish();

 private:
  template <class Value>
  void add(const Dataset& dataset, std::span<const Value> values, bool compressed);

  struct Impl;
  std::unique_ptr<Impl> impl_;
};

/// Writes values as one chunk of a dataset, compressed and hashed as any other, into a file that is
/// nowhere but in memory, and measures the seconds that it takes. For estimates of running time.
double seconds_to_write(std::span<const double> values);

}  // namespace kohort::store
