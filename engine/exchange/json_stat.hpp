// JSON-stat 2.0, as PxWeb's API and other publishers deliver it.
#pragma once

#include <stop_token>
#include <string>

#include "engine/exchange/cube.hpp"

namespace kohort::exchange {

/// What was read of a file beside its cells.
struct ReadFile {
  Cube cube;
  std::string sha256;
};

/// Reads a JSON-stat 2.0 dataset; its cells go to the sink. Cells that a sparse `value` leaves out
/// are not handed over. The figures are kept in memory, 8 bytes each; the text of the file is not.
/// Throws `Error` (Fault::input) where it is no JSON, no JSON-stat dataset, contradicts itself or
/// holds no figures.
ReadFile read_json_stat(const std::string& file, CubeSink& sink, const std::stop_token& stop);

}  // namespace kohort::exchange
