// A resolved scenario: every declared parameter with its value and where that came from.
#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <stdexcept>
#include <string>
#include <variant>
#include <vector>

#include "engine/base/error.hpp"
#include "engine/scenario/catalogue.hpp"
#include "engine/scenario/parameter.hpp"

namespace kohort {

/// Where a value came from.
enum class Origin { fallback, file, command_line };

/// A value that holds in place of what the scenario says, by an intervention.
struct ChangedValue {
  Value value;
  mutable bool read = false;  ///< by anybody
};

/// One resolved parameter.
struct Setting {
  Value value;
  Origin origin = Origin::fallback;
  Location location;                              ///< in the scenario file, where origin is `file`
  std::shared_ptr<const ChangedValue> changed{};  ///< null where the scenario's own value holds
};

/// What the blocks of a list hold: of each, every field by its name, and where it begins.
struct Blocks {
  struct Block {
    std::map<std::string, Setting> values;
    Location location;
  };
  std::vector<Block> blocks;
};

/// The values of a scenario. `settings[parameter]` has the type that the declaration says. Settings
/// remember what was asked for; they belong to one run and one thread.
class Settings {
 public:
  Settings(std::map<std::string, Setting> values, std::string scenario_file)
      : values_(std::move(values)),
        scenario_file_(std::move(scenario_file)),
        location_{scenario_file_, 0, 0} {}

  /// The file that was asked for (not the ones that it extends).
  const std::string& scenario_file() const { return scenario_file_; }

  const Setting& setting(const Parameter& parameter) const {
    const auto found = values_.find(parameter.name);
    if (found == values_.end()) {
      throw std::logic_error("parameter not in the catalogue: " + parameter.name);
    }
    return found->second;
  }

  /// False where neither the scenario nor a default gives a value.
  bool given(const Parameter& parameter) const {
    const Value& value = value_of(parameter);
    if (const auto* quantity = std::get_if<Quantity>(&value)) return quantity->given();
    return !std::holds_alternative<std::monostate>(value);
  }

  template <class P>
  typename P::Type operator[](const P& parameter) const {
    mark(parameter);
    return std::get<typename P::Type>(value_of(parameter));
  }

  template <class Enumeration>
  Enumeration operator[](const Choice<Enumeration>& choice) const {
    mark(choice);
    const auto& word = std::get<std::string>(setting(choice).value);
    for (const auto& [allowed_word, meaning] : choice.words) {
      if (allowed_word == word) return meaning;
    }
    throw std::logic_error("unchecked choice " + choice.name);
  }

  Quantity operator[](const QuantityParameter& parameter) const { return quantity(parameter); }
  Quantity operator[](const TableParameter& parameter) const { return quantity(parameter); }

  /// The blocks of a list, each as settings of its fields; none where the scenario gives none.
  std::vector<Settings> operator[](const BlockList& list) const;

  /// The value where one is given.
  template <class P>
  std::optional<typename P::Type> maybe(const P& parameter) const {
    if (!given(parameter)) return std::nullopt;
    return (*this)[parameter];
  }

  /// The file that a parameter names, as seen from the file that gives it; from the current folder
  /// where the command line does.
  std::filesystem::path file(const Text& parameter) const {
    std::filesystem::path name((*this)[parameter]);
    const Setting& given = setting(parameter);
    if (given.origin != Origin::file) return name;
    return (std::filesystem::path(given.location.file).parent_path() / name).lexically_normal();
  }

  /// A number or table, of a parameter that takes either.
  Quantity quantity(const Parameter& parameter) const {
    mark(parameter);
    const Value& value = value_of(parameter);
    const auto* quantity = std::get_if<Quantity>(&value);
    return quantity == nullptr ? Quantity{} : *quantity;
  }

  /// Throws `Error` for every parameter that the scenario itself or the command line gives (files
  /// that it extends may say more than it needs) and nothing has asked for since: the scenario
  /// would not do what it seems to say.
  void require_all_read(const Catalogue& catalogue) const;

  /// Where the block begins whose settings these are; for those of a whole scenario, its file.
  const Location& location() const { return location_; }

  /// A mistake about the value of a parameter, placed where the scenario gives it.
  Mistake mistake(const Parameter& parameter, std::string what, std::string remedy) const {
    Location where = setting(parameter).location;
    if (where.file.empty()) where = location_;
    return {std::move(where), parameter.name + ": " + std::move(what), std::move(remedy)};
  }

  bool was_read(const Parameter& parameter) const { return read_.contains(parameter.name); }
  /// Takes note that a parameter is read, where only people read it.
  void mark(const Parameter& parameter) const {
    read_.insert(parameter.name);
    const auto found = values_.find(parameter.name);
    if (found != values_.end() && found->second.changed) found->second.changed->read = true;
  }

  /// Lets another value hold than the scenario's own, which `setting` still tells.
  void change(const Parameter& parameter, std::shared_ptr<const ChangedValue> changed) {
    values_.at(parameter.name).changed = std::move(changed);
  }

 private:
  /// The value that holds.
  const Value& value_of(const Parameter& parameter) const {
    const Setting& said = setting(parameter);
    return said.changed ? said.changed->value : said.value;
  }

  std::map<std::string, Setting> values_;
  std::string scenario_file_;
  Location location_;
  mutable std::set<std::string> read_;  ///< names of the parameters whose values were asked for
};

}  // namespace kohort
