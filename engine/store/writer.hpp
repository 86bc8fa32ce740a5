// Writes a result file: see FORMAT.md.
#pragma once

#include <filesystem>
#include <memory>
#include <span>
#include <string>

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
  /// Adds an attribute to the root.
  void add_attribute(const Attribute& attribute);

  /// Writes the hash of the content and the status, and gives the file its final name.
  void finish();

 private:
  template <class Value>
  void add(const Dataset& dataset, std::span<const Value> values);

  struct Impl;
  std::unique_ptr<Impl> impl_;
};

/// Writes values as one chunk of a dataset, compressed and hashed as any other, into a file that is
/// nowhere but in memory, and measures the seconds that it takes. For estimates of running time.
double seconds_to_write(std::span<const double> values);

}  // namespace kohort::store
