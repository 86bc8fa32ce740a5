#include "engine/input/scenario_difference.hpp"

#include <algorithm>
#include <filesystem>
#include <map>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "engine/scenario/write.hpp"

namespace kohort {
namespace {

using Block = Blocks::Block;

std::string origin_text(const Setting& setting) {
  if (setting.origin == Origin::fallback) return "default";
  if (setting.origin == Origin::command_line) return "command line";
  return to_string(Location{setting.location.file, setting.location.line, 0});
}

ComparedValue compared(const Setting& setting) {
  const std::string text = value_text(setting.value);
  return {text, text.empty() ? "" : origin_text(setting)};
}

/// A block with what is not left to defaults.
ComparedValue compared(const Block& block) {
  auto given = std::make_shared<Blocks>();
  given->blocks.push_back({{}, block.location});
  for (const auto& [name, setting] : block.values) {
    if (setting.origin != Origin::fallback) given->blocks.front().values[name] = setting;
  }
  const std::string list = value_text(std::shared_ptr<const Blocks>(given));
  return {list.substr(1, list.size() - 2),
          to_string(Location{block.location.file, block.location.line, 0})};
}

const std::vector<Block>& blocks_of(const Setting& setting) {
  static const std::vector<Block> none;
  const auto* given = std::get_if<std::shared_ptr<const Blocks>>(&setting.value);
  return given == nullptr ? none : (*given)->blocks;
}

const TableReference* table_of(const Value& value) {
  const auto* quantity = std::get_if<Quantity>(&value);
  return quantity == nullptr ? nullptr : quantity->table();
}

/// What is read from a table, wherever the table lies.
std::string reading_of(TableReference reference) {
  reference.file = "";
  return value_text(Quantity{std::move(reference)});
}

/// The field by whose values blocks of a list are told apart; null where some have no names.
const Parameter* name_field(const Parameter& list, const std::vector<Block>& first,
                            const std::vector<Block>& second) {
  const auto has_name = [&](const Parameter* field) {
    const auto given = [&](const Block& block) {
      return !std::holds_alternative<std::monostate>(block.values.at(field->name).value);
    };
    return field->key() == "name" && std::all_of(first.begin(), first.end(), given) &&
           std::all_of(second.begin(), second.end(), given);
  };
  const auto found = std::find_if(list.fields.begin(), list.fields.end(), has_name);
  return found == list.fields.end() ? nullptr : *found;
}

/// Blocks that stand for each other, by their positions; none where one scenario lacks it.
struct Match {
  std::optional<std::size_t> first;
  std::optional<std::size_t> second;
};

class Comparison {
 public:
  void compare(const Parameter& parameter, const Setting& first, const Setting& second) {
    if (parameter.kind == Kind::blocks) {
      compare_blocks(parameter, blocks_of(first), blocks_of(second));
    } else {
      compare(parameter, parameter.name, first, second);
    }
  }

  std::vector<ParameterDifference> take() { return std::move(found_); }

 private:
  void compare(const Parameter& parameter, const std::string& name, const Setting& first,
               const Setting& second) {
    if (same(first.value, second.value)) return;
    ParameterDifference difference{name, parameter.unit, compared(first), compared(second),
                                   std::nullopt};
    if (const TableDifference* tables = tables_of(first.value, second.value)) {
      if (!tables->same_content()) difference.tables = *tables;
    }
    found_.push_back(std::move(difference));
  }

  bool same(const Value& first, const Value& second) {
    if (table_of(first) == nullptr || table_of(second) == nullptr) {
      return value_text(first) == value_text(second);
    }
    if (reading_of(*table_of(first)) != reading_of(*table_of(second))) return false;
    const TableDifference* tables = tables_of(first, second);
    return tables == nullptr || tables->same_content();
  }

  bool same(const Block& first, const Block& second) {
    return std::all_of(first.values.begin(), first.values.end(), [&](const auto& entry) {
      return same(entry.second.value, second.values.at(entry.first).value);
    });
  }

  /// The difference of two tables in different files; null where it is one file, or one is none.
  const TableDifference* tables_of(const Value& first, const Value& second) {
    const TableReference* one = table_of(first);
    const TableReference* other = table_of(second);
    if (one == nullptr || other == nullptr) return nullptr;
    const std::pair files{std::filesystem::weakly_canonical(one->file).string(),
                          std::filesystem::weakly_canonical(other->file).string()};
    if (files.first == files.second) return nullptr;
    const auto known = tables_.find(files);
    if (known != tables_.end()) return &known->second;
    return &tables_.emplace(files, compare_tables(one->file, other->file)).first->second;
  }

  void compare_blocks(const Parameter& list, const std::vector<Block>& first,
                      const std::vector<Block>& second) {
    const Parameter* name = name_field(list, first, second);
    const std::vector<Match> matches = name == nullptr
                                           ? match_alike(first, second)
                                           : match_names(names(first, *name), names(second, *name));
    for (const Match& match : matches) {
      const std::string label =
          list.name + "[" +
          (name == nullptr ? numbers(match) : named(match, *name, first, second)) + "]";
      if (!match.first || !match.second) {
        found_.push_back(
            {label, list.unit, match.first ? compared(first[*match.first]) : ComparedValue{},
             match.second ? compared(second[*match.second]) : ComparedValue{}, std::nullopt});
        continue;
      }
      for (const Parameter* field : list.fields) {
        compare(*field, label + "." + field->key(), first[*match.first].values.at(field->name),
                second[*match.second].values.at(field->name));
      }
    }
    if (name != nullptr) compare_order(list, names(first, *name), names(second, *name));
  }

  static std::vector<std::string> names(const std::vector<Block>& blocks, const Parameter& field) {
    std::vector<std::string> names;
    for (const Block& block : blocks) {
      const auto* text = std::get_if<std::string>(&block.values.at(field.name).value);
      names.push_back(text == nullptr ? "" : *text);
    }
    return names;
  }

  static std::string numbers(const Match& match) {
    if (!match.second || match.first == match.second) return std::to_string(*match.first + 1);
    if (!match.first) return std::to_string(*match.second + 1);
    return fmt::format("{} and {}", *match.first + 1, *match.second + 1);
  }

  static std::string named(const Match& match, const Parameter& field,
                           const std::vector<Block>& first, const std::vector<Block>& second) {
    return match.first ? names(first, field)[*match.first] : names(second, field)[*match.second];
  }

  /// Each with the first of its name that nothing else is matched with.
  static std::vector<Match> match_names(const std::vector<std::string>& first,
                                        const std::vector<std::string>& second) {
    return matched(first.size(), second.size(),
                   [&](std::size_t a, std::size_t b) { return first[a] == second[b]; });
  }

  /// Those that are alike, then what is left over in its order.
  std::vector<Match> match_alike(const std::vector<Block>& first,
                                 const std::vector<Block>& second) {
    std::vector<Match> all =
        matched(first.size(), second.size(),
                [&](std::size_t a, std::size_t b) { return same(first[a], second[b]); });
    std::vector<Match> matches;
    std::vector<std::size_t> left;
    for (const Match& match : all) {
      if (!match.first) left.push_back(*match.second);
    }
    auto next = left.begin();
    for (Match match : all) {
      if (!match.first) continue;
      if (!match.second && next != left.end()) match.second = *next++;
      matches.push_back(match);
    }
    for (; next != left.end(); ++next) matches.push_back({std::nullopt, *next});
    return matches;
  }

  template <class Fits>
  static std::vector<Match> matched(std::size_t first, std::size_t second, Fits&& fits) {
    std::vector<Match> matches;
    std::vector<bool> taken(second);
    for (std::size_t a = 0; a < first; ++a) {
      Match match{a, std::nullopt};
      for (std::size_t b = 0; b < second && !match.second; ++b) {
        if (!taken[b] && fits(a, b)) match.second = b;
      }
      if (match.second) taken[*match.second] = true;
      matches.push_back(match);
    }
    for (std::size_t b = 0; b < second; ++b) {
      if (!taken[b]) matches.push_back({std::nullopt, b});
    }
    return matches;
  }

  /// The same names in another order can mean something else, as with states of care.
  void compare_order(const Parameter& list, std::vector<std::string> first,
                     std::vector<std::string> second) {
    const std::vector<std::string> in_first = first;
    const std::vector<std::string> in_second = second;
    std::sort(first.begin(), first.end());
    std::sort(second.begin(), second.end());
    if (in_first == in_second || first != second) return;
    found_.push_back({list.name,
                      list.unit,
                      {fmt::format("in the order {}", fmt::join(in_first, ", ")), ""},
                      {fmt::format("in the order {}", fmt::join(in_second, ", ")), ""},
                      std::nullopt});
  }

  std::map<std::pair<std::string, std::string>, TableDifference> tables_;
  std::vector<ParameterDifference> found_;
};

}  // namespace

std::vector<ParameterDifference> differences(const Settings& first, const Settings& second,
                                             const Catalogue& catalogue) {
  Comparison comparison;
  for (const Section& section : catalogue.sections()) {
    for (const Parameter* parameter : section.parameters) {
      comparison.compare(*parameter, first.setting(*parameter), second.setting(*parameter));
    }
  }
  return comparison.take();
}

}  // namespace kohort
