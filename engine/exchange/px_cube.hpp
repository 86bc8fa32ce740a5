// From the keywords of a PX file to the table that they describe.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "engine/exchange/cube.hpp"
#include "engine/exchange/px_entries.hpp"

namespace kohort::exchange {

/// How the rows of a file with KEYS say which they are: by the codes of a dimension or its texts.
enum class PxKey { codes, texts };

/// A PX table without its figures.
struct PxCube {
  Cube cube;                ///< dimensions of the stub first, then those of the heading
  std::size_t stub = 0;     ///< how many dimensions are in the stub
  std::vector<PxKey> keys;  ///< of the stub, where the rows have keys; else empty
  /// Texts in the main language by dimension of the stub, as keys are written in that.
  std::vector<std::vector<std::string>> key_texts;
  std::vector<Mistake> doubts;
};

/// Reads what STUB, HEADING, VALUES, CODES, TIMEVAL and the rest say, with texts in `language`
/// (empty: the main language of the file). Throws `Error` (Fault::input) with every mistake found.
PxCube px_cube(const PxEntries& entries, const std::string& language);

}  // namespace kohort::exchange
