#include "engine/compare/definitions.hpp"

#include <fmt/format.h>

#include "engine/base/error.hpp"
#include "engine/scenario/toml.hpp"

namespace kohort::compare {
namespace {

std::vector<std::string> texts(const toml::node* node) {
  std::vector<std::string> list;
  if (node == nullptr || !node->is_array()) return list;
  for (const toml::node& one : *node->as_array()) {
    if (const auto text = one.value<std::string>()) list.push_back(*text);
  }
  return list;
}

std::string text_of(const toml::table& table, std::string_view key) {
  const toml::node* node = table.get(key);
  return node == nullptr ? "" : node->value_or(std::string());
}

/// The tables of an array such as [[care.state]].
std::vector<const toml::table*> blocks(const toml::table& table, std::string_view key) {
  std::vector<const toml::table*> list;
  const toml::node* node = table.get(key);
  if (node == nullptr || !node->is_array()) return list;
  for (const toml::node& one : *node->as_array()) {
    if (one.is_table()) list.push_back(one.as_table());
  }
  return list;
}

/// Lists of texts by their names, such as { home_care = ["definition_2022"] }.
std::map<std::string, std::vector<std::string>> lists(const toml::table& table,
                                                      std::string_view key) {
  std::map<std::string, std::vector<std::string>> named;
  const toml::node* node = table.get(key);
  if (node == nullptr || !node->is_table()) return named;
  for (const auto& [name, list] : *node->as_table()) {
    named[std::string(name.str())] = texts(&list);
  }
  return named;
}

toml::table parsed(const std::string& scenario, const std::string& file) {
  try {
    return toml::parse(std::string_view(scenario), std::string_view("scenario"));
  } catch (const toml::parse_error& error) {
    throw Error(Fault::storage,
                Mistake{{file, 0, 0},
                        "the scenario in it cannot be read: " + std::string(error.description()),
                        "run the scenario again"});
  }
}

}  // namespace

Definitions::Definitions(const std::string& scenario, const std::string& file) {
  const toml::table root = parsed(scenario, file);
  if (const auto* groups = root.at_path("areas.groups").as_table()) {
    for (const auto& [name, codes] : *groups) {
      const std::vector<std::string> list = texts(&codes);
      groups_[std::string(name.str())] = {list.begin(), list.end()};
    }
  }
  for (const char* layer : {"uncertainty.paths", "uncertainty.events"}) {
    left_to_chance_ = left_to_chance_ || root.at_path(layer).value_or(false);
  }
  const auto* care = root["care"].as_table();
  if (care == nullptr) return;
  by_series_ = lists(*care, "national_definitions");
  of_areas_ = lists(*care, "area_definitions");
  for (const toml::table* state : blocks(*care, "state")) {
    states_.push_back(text_of(*state, "name"));
    const std::string series = text_of(*state, "series");
    if (!series.empty()) series_of_[text_of(*state, "name")].insert(series);
  }
  for (const toml::table* service : blocks(*care, "service")) {
    std::set<std::string>& series = series_of_[text_of(*service, "name")];
    states_of_[text_of(*service, "name")] = texts(service->get("states"));
    for (const std::string& state : texts(service->get("states"))) {
      const auto found = series_of_.find(state);
      if (found != series_of_.end()) series.insert(found->second.begin(), found->second.end());
    }
  }
  if (const auto year = (*care)["price_year"].value<std::int64_t>()) {
    price_year_ = std::to_string(*year);
  }
}

std::vector<std::string> Definitions::of(const Quantity& quantity) const {
  std::vector<std::string> found;
  if (!quantity.variable.starts_with("care/")) return found;
  const auto series = series_of_.find(quantity.kind);
  if (series != series_of_.end()) {
    for (const std::string& name : series->second) {
      const auto definitions = by_series_.find(name);
      if (definitions == by_series_.end()) continue;
      found.insert(found.end(), definitions->second.begin(), definitions->second.end());
    }
  }
  const bool fixed_prices =
      quantity.variable == "care/cost" || quantity.variable == "care/cost_paid";
  if (fixed_prices && !price_year_.empty()) found.push_back("prices of " + price_year_);
  return found;
}

std::vector<std::string> Definitions::states(const Quantity& quantity) const {
  if (quantity.variable == "care/persons") return {quantity.kind};
  const auto service = states_of_.find(quantity.kind);
  return service == states_of_.end() ? std::vector<std::string>{} : service->second;
}

std::string Definitions::series(const std::string& state) const {
  const auto found = series_of_.find(state);
  return found == series_of_.end() || found->second.empty() ? "" : *found->second.begin();
}

std::optional<std::set<std::string>> Definitions::group(const std::string& name) const {
  const auto found = groups_.find(name);
  if (found == groups_.end()) return std::nullopt;
  return found->second;
}

}  // namespace kohort::compare
