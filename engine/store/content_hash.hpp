// The hash by which two results are known to hold the same figures, however they were written.
#pragma once

#include <cstddef>
#include <map>
#include <span>
#include <string>

#include "engine/base/digest.hpp"
#include "engine/store/file.hpp"

namespace kohort::store {

/// Gathers the hashes of datasets, in any order, into that of the content. See FORMAT.md.
class ContentHash {
 public:
  void add(const std::string& path, const Labels& labels);
  void add(const std::string& path, std::span<const std::size_t> lengths,
           std::span<const std::byte> values);
  /// The same of values that come bit by bit: what `dataset_digest` began, all of them added.
  void add(const std::string& path, Digest whole);
  /// The hash of everything added, as hexadecimal digits.
  std::string hexadecimal() const;

 private:
  std::map<std::string, std::string> datasets_;
};

/// The digest of a dataset of these lengths, to which its values are still to be added.
Digest dataset_digest(std::span<const std::size_t> lengths);

/// How an attribute of a dataset, or of the file itself where `of` is empty, enters a hash.
std::string attribute_path(const std::string& of, const Attribute& attribute);
Labels as_label(const Attribute& attribute);

}  // namespace kohort::store
