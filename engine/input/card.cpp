#include "engine/input/card.hpp"

#include <algorithm>
#include <array>
#include <filesystem>
#include <string_view>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "engine/base/error.hpp"
#include "engine/scenario/reference_reader.hpp"
#include "engine/scenario/toml.hpp"
#include "engine/scenario/write.hpp"

namespace kohort {
namespace {

constexpr std::array<std::string_view, 8> card_keys = {
    "title", "unit", "basis", "known_from", "age_definition", "source", "licence", "note"};

toml::table parse_card(const std::string& file) {
  try {
    return toml::parse_file(file);
  } catch (const toml::parse_error& error) {
    throw Error(Fault::input, Mistake{location_of(file, error.source()),
                                      std::string(error.description()), "a card is TOML in UTF-8"});
  }
}

}  // namespace

std::string card_file(const std::string& table_file) {
  std::filesystem::path path = table_file;
  if (path.extension() == ".gz") path.replace_extension();
  path.replace_extension(".card.toml");
  return path.string();
}

std::string read_unit(const std::string& table_file) {
  const std::string file = card_file(table_file);
  if (!std::filesystem::exists(file)) return "";
  return parse_card(file)["unit"].value_or(std::string());
}

TableReference read_card(const std::string& table_file) {
  TableReference said;
  const std::string file = card_file(table_file);
  if (!std::filesystem::exists(file)) return said;
  const toml::table card = parse_card(file);
  Mistakes mistakes;
  for (const auto& [key, node] : card) {
    if (std::find(card_keys.begin(), card_keys.end(), key.str()) != card_keys.end()) continue;
    mistakes.add({location_of(file, key.source()), fmt::format("a card has no key '{}'", key.str()),
                  fmt::format("it may have {}", fmt::join(card_keys, ", "))});
  }
  read_vintage(card, file, "card", said, mistakes);
  mistakes.throw_if_any(Fault::input);
  return said;
}

std::string card_text(const Card& card) {
  std::string text;
  const auto add = [&](std::string_view key, const std::string& value) {
    if (!value.empty()) text += fmt::format("{} = {}\n", key, value_text(value));
  };
  const TableReference& vintage = card.vintage;
  add("title", card.title);
  add("unit", card.unit);
  if (vintage.basis) add("basis", std::string(to_string(*vintage.basis)));
  if (vintage.known_from && vintage.known_from->year) {
    text += fmt::format("known_from = {}\n", *vintage.known_from->year);
  } else if (vintage.known_from) {
    add("known_from", "year");
  }
  if (vintage.age_definition) {
    add("age_definition", std::string(to_string(*vintage.age_definition)));
  }
  add("source", vintage.source);
  add("licence", card.licence);
  add("note", card.note);
  return text;
}

void complete(TableReference& reference, const TableReference& card) {
  if (!reference.basis) reference.basis = card.basis;
  if (!reference.known_from) reference.known_from = card.known_from;
  if (!reference.age_definition) reference.age_definition = card.age_definition;
  if (reference.source.empty()) reference.source = card.source;
}

}  // namespace kohort
