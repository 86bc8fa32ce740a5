// The card of a table: a TOML file of the same name beside it, which says what the figures are.
#pragma once

#include "engine/scenario/table_reference.hpp"

namespace kohort {

/// Fills in what the reference leaves unsaid (basis, known_from, age_definition, source) from the
/// card of its table, if there is one: `population.card.toml` beside `population.csv` or
/// `population.csv.gz`. Throws `Error` (Fault::input) where the card is wrong.
void complete_from_card(TableReference& reference);

}  // namespace kohort
