// A JSON-stat file as JSON, except for its figures, which are too many for that.
#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "engine/exchange/byte_source.hpp"

namespace kohort::exchange {

/// What stands in "value", in the order of the file: a list, or single cells by their places.
struct JsonValues {
  std::vector<double> figures;      ///< NaN where there is null
  std::vector<std::size_t> places;  ///< of a sparse "value": the place of each figure; else empty
  bool sparse = false;
};

/// The whole file.
struct JsonDocument {
  nlohmann::ordered_json json;  ///< without the elements of "value"
  JsonValues values;
  /// Where a key ends: those of the whole ("size") and of a dimension ("dimension/Region").
  std::map<std::string, Place> keys;

  /// Where a key stands, or the file where it has none.
  Location location(const std::string& file, const std::string& key) const;
};

/// Throws `Error` (Fault::input) where the file is no JSON or "value" holds something else than
/// numbers and null.
JsonDocument read_json(ByteSource& source);

}  // namespace kohort::exchange
