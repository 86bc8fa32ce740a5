// What stands in a result file: scales, datasets, attributes. Writer and reader speak of these.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace kohort::store {

/// A text or a whole number that says something about a dataset or the file.
using Attribute = std::pair<std::string, std::variant<std::string, std::int64_t>>;
using Attributes = std::vector<Attribute>;

/// The labels of an axis, or of something that runs along one.
using Labels =
    std::variant<std::vector<std::int32_t>, std::vector<double>, std::vector<std::string>>;

inline std::size_t length(const Labels& labels) {
  return std::visit([](const auto& list) { return list.size(); }, labels);
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
};

}  // namespace kohort::store
