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

class Reader;

/// Writes one file. Until `finish` it lies under a temporary name; if that is never reached, it is
/// removed. Values are packed on the threads of the task arena at hand; neither their number nor
/// that of other writers changes a byte. All functions throw `Error` (Fault::storage) where writing
/// fails.
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

  /// Begins a dataset of double or single precision that has more axes than its `cut`, and gets its
  /// chunks later. Gives its number among those that were begun.
  std::size_t begin_dataset(const Dataset& dataset, bool single);
  /// Values of a chunk of a dataset that was begun.
  struct Chunk {
    std::size_t dataset = 0;              ///< number that `begin_dataset` gave
    std::size_t number = 0;               ///< among its chunks, in row-major order
    std::span<const std::byte> values{};  ///< in the precision of the dataset
  };
  /// Adds chunks, of any datasets, which come to lie in the file in this order. A dataset that has
  /// got all of its own is whole, and closed.
  void add_chunks(std::span<const Chunk> chunks);

  /// Which file has the figures at a position of the first axis; null where none has. Asked once
  /// for each, in their order, by one thread at a time; a file is read until the next is asked for.
  using PartAt = std::function<const Reader*(std::size_t)>;
  /// Adds a dataset whose entries along the first axis are datasets of that path in other results,
  /// of the axes that follow and in single precision or not; NaN where there is none. `cut` is that
  /// of the parts: their chunks are taken over as they are, and only to be hashed they are
  /// unpacked.
  void add_stacked(const Dataset& dataset, bool single, const PartAt& part_at);
  /// Adds an attribute to the root.
  void add_attribute(const Attribute& attribute);

  /// Writes the hash of the content and the status, and gives the file its final name. Throws
  /// `Error` (Fault::model) where a dataset has not got all its chunks.
  void finish();

 private:
  template <class Value>
  void add(const Dataset& dataset, std::span<const Value> values, bool compressed);
  template <class Value>
  void add_stacked_of(Dataset dataset, const PartAt& part_at);
  template <class Value>
  void add_stacked_whole(const Dataset& dataset, const PartAt& part_at);

  struct Impl;
  std::unique_ptr<Impl> impl_;
};

/// Writes values as one chunk of a dataset, compressed and hashed as any other, into a file that is
/// nowhere but in memory, and measures the seconds that it takes. For estimates of running time.
double seconds_to_write(std::span<const double> values);

}  // namespace kohort::store
