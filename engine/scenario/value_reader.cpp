#include "engine/scenario/value_reader.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "engine/base/nearest.hpp"
#include "engine/scenario/catalogue.hpp"
#include "engine/scenario/reference_reader.hpp"
#include "engine/scenario/settings.hpp"

namespace kohort {
namespace {

bool within(const Range& range, double number) {
  return std::isfinite(number) && number >= range.least && number <= range.most;
}

Value read_integer(const Parameter& parameter, const toml::node& node) {
  const auto* number = node.as_integer();
  if (number == nullptr || !within(parameter.range, static_cast<double>(number->get()))) {
    return {};
  }
  return number->get();
}

Value read_real(const Parameter& parameter, const toml::node& node) {
  if (!node.is_number()) return {};
  const double number = *node.value<double>();
  if (!within(parameter.range, number)) return {};
  return number;
}

Value read_choice(const Parameter& parameter, const toml::node& node) {
  const auto* text = node.as_string();
  const auto& choices = parameter.choices;
  if (text == nullptr) return {};
  if (std::find(choices.begin(), choices.end(), text->get()) == choices.end()) return {};
  return text->get();
}

Value read_list(const toml::node& node) {
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

Value read_numbers(const Parameter& parameter, const toml::node& node) {
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

Value read_named_lists(const toml::node& node) {
  const toml::table* table = node.as_table();
  if (table == nullptr) return {};
  NamedLists lists;
  for (const toml::key* key : keys_in_order(*table)) {
    Value list = read_list(*table->get(*key));
    if (std::holds_alternative<std::monostate>(list)) return {};
    lists.emplace_back(key->str(), std::get<std::vector<std::string>>(std::move(list)));
  }
  return lists;
}

Value read_quantity(const Parameter& parameter, const toml::node& node, const Layer& layer,
                    Mistakes& mistakes) {
  if (const toml::table* table = node.as_table()) {
    return Quantity{read_reference(*table, layer, parameter.axes, parameter.name, mistakes)};
  }
  if (parameter.kind == Kind::table) return {};
  const Value number = read_real(parameter, node);
  if (std::holds_alternative<std::monostate>(number)) return {};
  return Quantity{std::get<double>(number)};
}

/// The blocks of a list, field by field.
class BlockReader {
 public:
  BlockReader(const Parameter& list, const Layer& layer, Mistakes& mistakes)
      : list_(list), layer_(layer), mistakes_(mistakes) {}

  Value read(const toml::node& node) const {
    const toml::array* array = node.as_array();
    if (array == nullptr) return {};
    auto blocks = std::make_shared<Blocks>();
    for (const toml::node& element : *array) {
      const toml::table* table = element.as_table();
      if (table == nullptr) return {};
      blocks->blocks.push_back(read(*table));
    }
    return std::shared_ptr<const Blocks>(std::move(blocks));
  }

 private:
  Blocks::Block read(const toml::table& table) const {
    Blocks::Block block{{}, location_of(layer_.file, table.source())};
    const std::vector<std::string> meant = check_keys(table);
    for (const Parameter* field : list_.fields) {
      Setting& setting = block.values[field->name];
      if (const toml::node* node = table.get(field->key())) {
        setting = {read_value(*field, *node, layer_, mistakes_), Origin::file,
                   location_of(layer_.file, node->source())};
        continue;
      }
      setting.value = field->fallback;
      const bool misspelt = std::find(meant.begin(), meant.end(), field->key()) != meant.end();
      if (!field->required || misspelt) continue;
      mistakes_.add({block.location, fmt::format("{} is missing", field->name),
                     fmt::format("give it {} ({})", allowed(*field), field->text)});
    }
    return block;
  }

  /// Complains about keys that there are none of; returns those that were probably meant.
  std::vector<std::string> check_keys(const toml::table& table) const {
    std::vector<std::string> keys;
    for (const Parameter* field : list_.fields) keys.push_back(field->key());
    std::vector<std::string> all_meant;
    for (const toml::key* key : keys_in_order(table)) {
      const std::string word(key->str());
      if (std::find(keys.begin(), keys.end(), word) != keys.end()) continue;
      const auto meant = nearest(word, keys);
      if (meant) all_meant.push_back(*meant);
      mistakes_.add({location_of(layer_.file, key->source()),
                     fmt::format("{}: a block has no key '{}'", list_.name, word),
                     meant ? fmt::format("did you mean '{}'?", *meant)
                           : fmt::format("it may have {}", fmt::join(keys, ", "))});
    }
    return all_meant;
  }

  const Parameter& list_;
  const Layer& layer_;
  Mistakes& mistakes_;
};

/// Of a list the first element that cannot stand there, otherwise the node itself.
const toml::node& culprit(const Parameter& parameter, const toml::node& node) {
  if (const toml::table* table = node.as_table(); parameter.kind == Kind::named_lists && table) {
    for (const toml::key* key : keys_in_order(*table)) {
      const toml::node& list = *table->get(*key);
      if (std::holds_alternative<std::monostate>(read_list(list))) return culprit(parameter, list);
    }
  }
  if (const toml::array* list = node.as_array()) {
    const bool numbers = parameter.kind == Kind::real_list;
    const bool texts = parameter.kind == Kind::text_list || parameter.kind == Kind::named_lists;
    for (const toml::node& element : *list) {
      if (texts && !element.is_string()) return element;
      if (numbers && std::holds_alternative<std::monostate>(read_real(parameter, element))) {
        return element;
      }
    }
  }
  return node;
}

}  // namespace

Value read_value(const Parameter& parameter, const toml::node& node, const Layer& layer,
                 Mistakes& mistakes) {
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
      value = read_quantity(parameter, node, layer, mistakes);
      break;
    case Kind::blocks:
      value = BlockReader(parameter, layer, mistakes).read(node);
      break;
  }
  if (std::holds_alternative<std::monostate>(value)) {
    const toml::node& wrong = culprit(parameter, node);
    mistakes.add({location_of(layer.file, wrong.source()),
                  fmt::format("{}: found {}{}", parameter.name, describe(wrong),
                              &wrong == &node ? "" : " in it"),
                  fmt::format("it must be {}", allowed(parameter))});
  }
  return value;
}

}  // namespace kohort
