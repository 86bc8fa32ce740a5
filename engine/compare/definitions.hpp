// What the figures of care in a result count, by its scenario.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "engine/compare/cells.hpp"

namespace kohort::compare {

/// Reads out of a resolved scenario what must be the same before two figures can be compared.
class Definitions {
 public:
  Definitions() = default;
  /// Throws `Error` (Fault::storage) where the text is no TOML.
  Definitions(const std::string& scenario, const std::string& file);

  /// By which definitions the users are counted whom a figure of care follows: those of the series
  /// of published shares that its states belong to; of cost also the year of the prices. Empty
  /// where the figure is no such one.
  std::vector<std::string> of(const Quantity& quantity) const;
  /// The states of care that a figure of care follows: that of its kind, or those of its service.
  std::vector<std::string> states(const Quantity& quantity) const;
  /// All states, from no care to most.
  const std::vector<std::string>& states() const { return states_; }
  /// The series of published shares that a state is a part of; empty for no care.
  std::string series(const std::string& state) const;
  /// Of each series the definitions that the shares of areas are taken from.
  const std::map<std::string, std::vector<std::string>>& of_areas() const { return of_areas_; }
  /// The codes in a group of areas that the scenario lists; none where it lists no such group.
  std::optional<std::set<std::string>> group(const std::string& name) const;
  /// Whether anything in the scenario is drawn by chance: a single draw is then one of many.
  bool left_to_chance() const { return left_to_chance_; }

 private:
  std::map<std::string, std::vector<std::string>> by_series_;
  std::map<std::string, std::vector<std::string>> of_areas_;
  std::map<std::string, std::set<std::string>> series_of_;  ///< of a state or a service
  std::vector<std::string> states_;
  std::map<std::string, std::vector<std::string>> states_of_;  ///< of a service
  std::map<std::string, std::set<std::string>> groups_;
  std::string price_year_;
  bool left_to_chance_ = false;
};

}  // namespace kohort::compare
