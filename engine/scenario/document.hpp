// The catalogue as documentation.
#pragma once

#include <string>

#include "engine/scenario/catalogue.hpp"

namespace kohort {

/// All parameters and the fields of a table reference as Markdown: the second half of
/// scenarios/FORMAT.md.
std::string markdown(const Catalogue& catalogue);

/// Whether a catalogue holds every parameter that a scenario may set, or some of them.
enum class Extent { whole, part };

/// A JSON Schema (draft 7, which the editors know) of scenarios, with which editors complete and
/// check them: every parameter with its type, range or words, default, description and, as
/// annotations, `units`, `axes` and `source`; table references stand in `definitions/table`. Of a
/// part it says nothing about keys outside it; of the whole it allows no others, and wants what is
/// required of scenarios that say what is projected and extend no other.
std::string json_schema(const Catalogue& catalogue, Extent extent);

}  // namespace kohort
