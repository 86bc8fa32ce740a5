// How much a figure is worth: seen, computed from what was seen, or supposed.
#pragma once

#include <string_view>

namespace kohort {

/// In rising order of doubt, so that what is made of several inputs takes the largest of theirs.
enum class Basis { observed, estimated, assumed };

/// How ages are counted in a table (both are the field's usual definitions; the first is that of
/// Swedish registers, the second that of death and birth counts by last birthday).
enum class AgeDefinition {
  end_of_year,  ///< age attained by 31 December: year of the event minus year of birth
  at_event,     ///< age at last birthday when the event happened
};

constexpr std::string_view to_string(Basis basis) {
  switch (basis) {
    case Basis::observed:
      return "observed";
    case Basis::estimated:
      return "estimated";
    case Basis::assumed:
      return "assumed";
  }
  return "";
}

constexpr std::string_view to_string(AgeDefinition definition) {
  switch (definition) {
    case AgeDefinition::end_of_year:
      return "end_of_year";
    case AgeDefinition::at_event:
      return "at_event";
  }
  return "";
}

}  // namespace kohort
