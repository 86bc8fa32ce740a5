// A scenario to begin with: what planners change most, explained and commented out.
#pragma once

#include <string>

#include "engine/scenario/catalogue.hpp"
#include "engine/scenario/settings.hpp"

namespace kohort {

/// What a starter file is about.
struct Starter {
  std::string title;
  std::string extends;  ///< the base, as seen from the file's folder
  std::string schema;   ///< of the comment for editors, likewise; empty: none
};

/// A scenario file that extends `base` and changes nothing yet. Of the parameters that are changed
/// often and that the base reads it says what they mean, their unit, range and default, and what
/// they are in the base. Lines that begin with # and no blank are settings.
std::string starter_text(const Starter& starter, const Settings& base, const Catalogue& catalogue);

}  // namespace kohort
