// The catalogue as documentation.
#pragma once

#include <string>

#include "engine/scenario/catalogue.hpp"

namespace kohort {

/// All parameters and the fields of a table reference as Markdown: the second half of
/// scenarios/FORMAT.md.
std::string markdown(const Catalogue& catalogue);

}  // namespace kohort
