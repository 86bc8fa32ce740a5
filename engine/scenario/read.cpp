#include "engine/scenario/read.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "engine/base/nearest.hpp"
#include "engine/scenario/layers.hpp"
#include "engine/scenario/reference_reader.hpp"
#include "engine/scenario/toml.hpp"

namespace kohort {
namespace {

/// Lays the layers over one another and checks each value on the way.
class Resolver {
 public:
  explicit Resolver(const Catalogue& catalogue) : catalogue_(catalogue) {
    for (const Section& section : catalogue.sections()) {
      for (const Parameter* parameter : section.parameters) {
        values_[parameter->name] = {parameter->fallback, Origin::fallback, {}};
      }
    }
  }

  void lay(const Layer& layer, Origin origin) { visit(layer.table, "", layer, origin); }

  Settings finish(const std::string& scenario_file) {
    for (const Section& section : catalogue_.sections()) {
      for (const Parameter* parameter : section.parameters) require(*parameter, scenario_file);
    }
    mistakes_.throw_if_any(Fault::scenario);
    return {std::move(values_), scenario_file};
  }

 private:
  void visit(const toml::table& table, const std::string& prefix, const Layer& layer,
             Origin origin) {
    for (const auto& [key, node] : table) {
      const std::string name = prefix + std::string(key.str());
      if (const Parameter* parameter = catalogue_.find(name)) {
        Setting& setting = values_[name];
        setting = {read(*parameter, node, layer), origin, location_of(layer.file, node.source())};
      } else if (node.is_table() && catalogue_.has_section(name)) {
        visit(*node.as_table(), name + ".", layer, origin);
      } else {
        unknown(name, location_of(layer.file, key.source()));
      }
    }
  }

  void unknown(const std::string& name, const Location& where) {
    std::vector<std::string> names = catalogue_.names();
    for (const Section& section : catalogue_.sections()) names.push_back(section.name);
    const auto meant = nearest(name, names);
    mistakes_.add(
        {where, fmt::format("there is no parameter '{}'", name),
         meant ? fmt::format("did you mean '{}'?", *meant) : "`kohort parameters` lists them all"});
  }

  void require(const Parameter& parameter, const std::string& scenario_file) {
    if (!parameter.required) return;
    const Value& value = values_[parameter.name].value;
    if (!std::holds_alternative<std::monostate>(value)) return;
    mistakes_.add({{scenario_file, 0, 0},
                   fmt::format("{} is missing", parameter.name),
                   fmt::format("give it {} ({})", allowed(parameter), parameter.text)});
  }

  void wrong(const Parameter& parameter, const toml::node& node, const Layer& layer) {
    mistakes_.add({location_of(layer.file, node.source()),
                   fmt::format("{}: found {}", parameter.name, describe(node)),
                   fmt::format("it must be {}", allowed(parameter))});
  }

  Value read(const Parameter& parameter, const toml::node& node, const Layer& layer) {
    Value value;
    switch (parameter.kind) {
      case Kind::boolean:
        if (const auto* flag = node.as_boolean()) value = flag->get();
        break;
      case Kind::integer:
        value = read_integer(parameter, node);
        break;
      case Kind::real:
        value = read_real(parameter, node);
        break;
      case Kind::text:
        if (const auto* text = node.as_string()) value = text->get();
        break;
      case Kind::choice:
        value = read_choice(parameter, node);
        break;
      case Kind::text_list:
        value = read_list(node);
        break;
      case Kind::real_list:
        value = read_numbers(parameter, node);
        break;
      case Kind::named_lists:
        value = read_named_lists(node);
        break;
      case Kind::quantity:
      case Kind::table:
        value = read_quantity(parameter, node, layer);
        break;
    }
    if (std::holds_alternative<std::monostate>(value)) wrong(parameter, node, layer);
    return value;
  }

  static bool within(const Range& range, double number) {
    return std::isfinite(number) && number >= range.least && number <= range.most;
  }

  static Value read_integer(const Parameter& parameter, const toml::node& node) {
    const auto* number = node.as_integer();
    if (number == nullptr || !within(parameter.range, static_cast<double>(number->get()))) {
      return {};
    }
    return number->get();
  }

  static Value read_real(const Parameter& parameter, const toml::node& node) {
    if (!node.is_number()) return {};
    const double number = *node.value<double>();
    if (!within(parameter.range, number)) return {};
    return number;
  }

  static Value read_choice(const Parameter& parameter, const toml::node& node) {
    const auto* text = node.as_string();
    const auto& choices = parameter.choices;
    if (text == nullptr) return {};
    if (std::find(choices.begin(), choices.end(), text->get()) == choices.end()) return {};
    return text->get();
  }

  static Value read_list(const toml::node& node) {
    const toml::array* array = node.as_array();
    if (array == nullptr) return {};
    std::vector<std::string> texts;
    for (const toml::node& element : *array) {
      const auto* text = element.as_string();
      if (text == nullptr) return {};
      texts.push_back(text->get());
    }
    return texts;
  }

  static Value read_numbers(const Parameter& parameter, const toml::node& node) {
    const toml::array* array = node.as_array();
    if (array == nullptr) return {};
    std::vector<double> numbers;
    for (const toml::node& element : *array) {
      const Value number = read_real(parameter, element);
      if (std::holds_alternative<std::monostate>(number)) return {};
      numbers.push_back(std::get<double>(number));
    }
    return numbers;
  }

  /// TOML tables have no order, but their keys know where they stand.
  static Value read_named_lists(const toml::node& node) {
    const toml::table* table = node.as_table();
    if (table == nullptr) return {};
    std::vector<const toml::key*> keys;
    for (const auto& [key, element] : *table) keys.push_back(&key);
    std::stable_sort(keys.begin(), keys.end(), [](const toml::key* a, const toml::key* b) {
      return a->source().begin < b->source().begin;
    });
    NamedLists lists;
    for (const toml::key* key : keys) {
      Value list = read_list(*table->get(*key));
      if (std::holds_alternative<std::monostate>(list)) return {};
      lists.emplace_back(key->str(), std::get<std::vector<std::string>>(std::move(list)));
    }
    return lists;
  }

  Value read_quantity(const Parameter& parameter, const toml::node& node, const Layer& layer) {
    if (const toml::table* table = node.as_table()) {
      return Quantity{read_reference(*table, layer, parameter.axes, parameter.name, mistakes_)};
    }
    if (parameter.kind == Kind::table) return {};
    const Value number = read_real(parameter, node);
    if (std::holds_alternative<std::monostate>(number)) return {};
    return Quantity{std::get<double>(number)};
  }

  const Catalogue& catalogue_;
  std::map<std::string, Setting> values_;
  Mistakes mistakes_;
};

}  // namespace

Settings read_scenario(const std::filesystem::path& file, const std::vector<std::string>& overrides,
                       const Catalogue& catalogue) {
  Resolver resolver(catalogue);
  for (const Layer& layer : read_layers(file)) resolver.lay(layer, Origin::file);
  for (const std::string& key_value : overrides) {
    resolver.lay(override_layer(key_value), Origin::command_line);
  }
  return resolver.finish(file.lexically_normal().string());
}

}  // namespace kohort
