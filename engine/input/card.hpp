// The card of a table: a TOML file of the same name beside it, which says what the figures are.
#pragma once

#include <string>

#include "engine/scenario/table_reference.hpp"

namespace kohort {

/// What the card of a table says (basis, known_from, age_definition, source):
/// `population.card.toml` beside `population.csv` or `population.csv.gz`. Says nothing where there
/// is no card. Throws `Error` (Fault::input) where it is wrong.
TableReference read_card(const std::string& table_file);

/// A card as it is written.
struct Card {
  std::string title;
  std::string unit;
  TableReference
      vintage;  ///< basis, known_from, age_definition and source, as far as they are said
  std::string licence;
  std::string note;
};

/// The name of the card beside a table.
std::string card_file(const std::string& table_file);

/// The card as TOML; what is empty or unsaid is left out.
std::string card_text(const Card& card);

/// The unit of the figures as the card says it; empty where it does not, or there is no card.
/// Throws `Error` (Fault::input) where that is no TOML.
std::string read_unit(const std::string& table_file);

/// Fills in what the reference leaves unsaid from what the card says.
void complete(TableReference& reference, const TableReference& card);

}  // namespace kohort
