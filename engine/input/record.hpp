// What is known about an input table; results repeat it.
#pragma once

#include <cstddef>
#include <optional>
#include <string>

#include "engine/base/basis.hpp"
#include "engine/scenario/table_reference.hpp"

namespace kohort {

/// One use of one table.
struct InputRecord {
  std::string parameter;  ///< what it was read for
  std::string file;
  std::string value;     ///< the column read, or several by " + "
  std::string sha256;    ///< of the whole file
  std::size_t rows = 0;  ///< of the whole file
  Basis basis = Basis::assumed;
  std::optional<KnownFrom> known_from;
  std::optional<AgeDefinition> age_definition;
  std::string source;
};

}  // namespace kohort
