#include "engine/scenario/blocks.hpp"

#include <algorithm>
#include <charconv>

#include <fmt/format.h>

#include "engine/base/nearest.hpp"

namespace kohort {
namespace {

/// What a block calls itself; empty where it has no name.
std::string name_of(const Blocks::Block& block) {
  for (const auto& [parameter, setting] : block.values) {
    const auto* text = std::get_if<std::string>(&setting.value);
    if (parameter.ends_with(".name") && text != nullptr) return *text;
  }
  return "";
}

std::optional<std::size_t> whole_number(const std::string& text) {
  std::size_t number = 0;
  const char* end = text.data() + text.size();
  const auto [rest, fault] = std::from_chars(text.data(), end, number);
  if (fault != std::errc() || rest != end) return std::nullopt;
  return number;
}

/// What can stand between the brackets.
std::string blocks_there(const std::vector<Blocks::Block>& blocks) {
  if (blocks.empty()) return "the scenario has no such blocks";
  std::string text = fmt::format("write a number from 0 to {}", blocks.size() - 1);
  for (const Blocks::Block& block : blocks) {
    const std::string name = name_of(block);
    if (!name.empty()) text += fmt::format(", or {}", name);
  }
  return text;
}

}  // namespace

ParameterPath parameter_path(const std::string& text) {
  const std::size_t open = text.find('[');
  const std::size_t close = text.rfind("].");
  if (open == std::string::npos || close == std::string::npos || close < open) return {text};
  return {text.substr(0, open), text.substr(open + 1, close - open - 1), text.substr(close + 2)};
}

std::optional<ListField> find_field(const ParameterPath& path, const Catalogue& catalogue,
                                    const Location& where, Mistakes& mistakes) {
  const Parameter* list = catalogue.find(path.parameter);
  if (list == nullptr || list->kind != Kind::blocks) {
    std::vector<std::string> lists;
    for (const Section& section : catalogue.sections()) {
      for (const Parameter* one : section.parameters) {
        if (one->kind == Kind::blocks) lists.push_back(one->name);
      }
    }
    mistakes.add({where, fmt::format("there is no list of blocks '{}'", path.parameter),
                  nearest_or_all(path.parameter, lists)});
    return std::nullopt;
  }
  std::vector<std::string> keys;
  for (const Parameter* field : list->fields) {
    if (field->key() == path.field) return ListField{list, field};
    keys.push_back(field->key());
  }
  mistakes.add({where, fmt::format("{}: a block has no key '{}'", list->name, path.field),
                nearest_or_all(path.field, keys)});
  return std::nullopt;
}

std::optional<std::size_t> find_block(const ParameterPath& path, const Setting& list,
                                      const Location& where, Mistakes& mistakes) {
  const auto* given = std::get_if<std::shared_ptr<const Blocks>>(&list.value);
  const std::vector<Blocks::Block> none;
  const std::vector<Blocks::Block>& blocks = given == nullptr ? none : (*given)->blocks;
  const auto called = [&](const Blocks::Block& block) { return name_of(block) == *path.block; };
  const auto first = std::find_if(blocks.begin(), blocks.end(), called);
  if (first != blocks.end() && std::none_of(first + 1, blocks.end(), called)) {
    return static_cast<std::size_t>(first - blocks.begin());
  }
  const std::string what = fmt::format("[[{}]]", path.parameter);
  if (first != blocks.end()) {
    mistakes.add({where, fmt::format("several blocks {} are called '{}'", what, *path.block),
                  "write the number of one, counted from 0"});
    return std::nullopt;
  }
  const auto number = whole_number(*path.block);
  if (number && *number < blocks.size()) return number;
  mistakes.add(
      {where, fmt::format("there is no block {} '{}'", what, *path.block), blocks_there(blocks)});
  return std::nullopt;
}

bool from_command_line(const Setting& setting) {
  if (setting.origin == Origin::command_line) return true;
  const auto* list = std::get_if<std::shared_ptr<const Blocks>>(&setting.value);
  if (list == nullptr) return false;
  return std::any_of((*list)->blocks.begin(), (*list)->blocks.end(), [](const auto& block) {
    return std::any_of(block.values.begin(), block.values.end(), [](const auto& field) {
      return field.second.origin == Origin::command_line;
    });
  });
}

}  // namespace kohort
