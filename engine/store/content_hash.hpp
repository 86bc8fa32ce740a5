// The hash by which two results are known to hold the same figures, however they were written.
#pragma once

#include <cstddef>
#include <map>
#include <span>
#include <string>

#include "engine/store/file.hpp"

namespace kohort::store {

/// Gathers the hashes of datasets, in any order, into that of the content. See FORMAT.md.
class ContentHash {
 public:
  void add(const std::string& path, const Labels& labels);
  /// A dataset of these lengths that lies in the file in one piece.
  void add(const std::string& path, std::span<const std::size_t> lengths,
           std::span<const std::byte> values);
  /// One that lies there in chunks, by the hashes of those in their order.
  void add(const std::string& path, std::span<const std::size_t> lengths,
           std::span<const std::string> chunks);
  /// The hash of everything added, as hexadecimal digits.
  std::string hexadecimal() const;

 private:
  std::map<std::string, std::string> datasets_;
};

/// The hash of the values of a chunk, as hexadecimal digits.
std::string chunk_hash(std::span<const std::byte> values);

/// How an attribute of a dataset, or of the file itself where `of` is empty, enters a hash.
std::string attribute_path(const std::string& of, const Attribute& attribute);
Labels as_label(const Attribute& attribute);

}  // namespace kohort::store
