// What may stand in `{ file = "...", ... }`, for help, documentation and schema.
#pragma once

#include <string>
#include <vector>

namespace kohort {

/// What may stand for a key of a table reference.
enum class FieldKind {
  text,
  texts,          ///< one text or several
  names,          ///< a text for each name
  names_of_axes,  ///< names of each axis
  lists,          ///< one text or several for each name
  number,
  whole,
  word,
  year,
};

/// A key of a table reference.
struct ReferenceField {
  std::string name;
  FieldKind kind;
  std::string allowed;  ///< in words
  std::string text;
  std::vector<std::string> words{};  ///< where kind is `word`
};

/// All keys of a table reference.
const std::vector<ReferenceField>& reference_fields();

}  // namespace kohort
