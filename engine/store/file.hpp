// What stands in a result file: scales, datasets, attributes. Writer and reader speak of these.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace kohort::store {

/// `kohort_format` of what this program writes and reads: see FORMAT.md.
constexpr std::int64_t current_format = 1;
/// The attribute that says what of a dataset in chunks is hashed. Older files lack it: there it is
/// the values.
constexpr const char* content_hash_of = "content_sha256_of";
constexpr const char* hash_of_chunks = "chunks";

/// A text or a whole number that says something about a dataset or the file.
using Attribute = std::pair<std::string, std::variant<std::string, std::int64_t>>;
using Attributes = std::vector<Attribute>;

/// The labels of an axis, or of something that runs along one.
using Labels =
    std::variant<std::vector<std::int32_t>, std::vector<double>, std::vector<std::string>>;

inline std::size_t length(const Labels& labels) {
  return std::visit([](const auto& list) { return list.size(); }, labels);
}

/// How many values a table of these lengths has.
inline std::size_t product(std::span<const std::size_t> lengths) {
  std::size_t product = 1;
  for (const std::size_t length : lengths) product *= length;
  return product;
}

/// An axis: a one-dimensional dataset at the root, by its name.
struct Scale {
  std::string name;
  std::string long_name;
  std::string unit;  ///< empty for text
  Labels labels;
};

/// A table over some of the scales.
struct Dataset {
  std::string path;
  std::vector<std::string> axes;  ///< names of scales
  Attributes attributes;
  /// Entries of so many first axes are its chunks, where it has more axes than that.
  std::size_t cut = 1;
};

}  // namespace kohort::store
