// What a PX file says about its figures: title, units, sources, notes, decimals, symbols.
#pragma once

#include <string>

#include "engine/exchange/cube.hpp"
#include "engine/exchange/px_entries.hpp"

namespace kohort::exchange {

/// In the language (empty: the main one); what has no text in that is taken from the main one.
Facts px_facts(const PxEntries& entries, const std::string& language);

}  // namespace kohort::exchange
