#include "engine/compare/assumptions.hpp"

#include <algorithm>
#include <array>
#include <filesystem>
#include <map>

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <nlohmann/json.hpp>

#include "engine/scenario/toml.hpp"

namespace kohort::compare {
namespace {

using Names = std::vector<std::string>;

/// Which parts a setting bears on: the first of these that its name begins with. Others of the
/// population and its history bear on all of its components.
const std::vector<std::pair<std::string, Names>>& subjects() {
  static const std::vector<std::pair<std::string, Names>> list{
      {"population.base", {"base_population"}},
      {"population.margins", {"base_population"}},
      {"population.fertility", {"births"}},
      {"history.fertility", {"births"}},
      {"population.mortality", {"deaths"}},
      {"history.mortality", {"deaths"}},
      {"history.old_ages", {"deaths"}},
      {"population.domestic", {"domestic_migration"}},
      {"history.domestic", {"domestic_migration"}},
      {"population.immigration", {"international_migration"}},
      {"population.emigration", {"international_migration"}},
      {"history.international", {"international_migration"}},
      {"history.immigration", {"international_migration"}},
      {"history.emigra", {"international_migration"}},
      {"population.net_migration", {"net_migration"}},
      {"history.net_migration", {"net_migration"}},
      {"population.in_migrants", {"domestic_migration", "international_migration"}},
      {"population.housing", {"domestic_migration", "international_migration"}},
      {"population.target", {"domestic_migration", "international_migration"}},
      {"population.",
       {"births", "deaths", "domestic_migration", "international_migration", "net_migration"}},
      {"history.",
       {"births", "deaths", "domestic_migration", "international_migration", "net_migration"}},
      {"care.", {"care"}},
  };
  return list;
}

/// Settings that follow from which figures there are: their years, and files of what was fitted.
constexpr std::array<std::string_view, 7> of_figures{
    "history.frozen",           "history.last_year",   "history.suppressed_out_from",
    "care.area_first_year",     "care.area_last_year", "care.trend_first_year",
    "population.frozen_factors"};

/// By which definitions care is counted is neither known nor supposed; it has a part of its own.
constexpr std::array<std::string_view, 2> of_definitions{"care.national_definitions",
                                                         "care.area_definitions"};

/// Nothing of these bears on how many people there are or are in care: prices, who pays, units, the
/// spread of draws.
constexpr std::array<std::string_view, 8> of_nothing_parted{
    "care.price",         "care.inflation",          "care.trend_sd",     "care.service.price",
    "care.service.payer", "care.service.user_share", "care.service.unit", "care.volume"};

/// Fields of an intervention that say how well it is known, not what it does.
constexpr std::array<std::string_view, 4> of_evidence{".se", ".evidence", ".grade", ".name"};

/// Whether the base population is set, which is nobody's assumption about what comes.
bool is_base(const Names& parts) { return parts.front() == "base_population"; }

struct Leaf {
  std::string name;
  std::string subject;  ///< what its subject is found by
  std::string text;
  std::string content;  ///< of a table its hash
  bool known = false;   ///< a table that was observed or estimated
};

std::string text_of(const toml::node& node);

std::string text_of(const toml::array& array) {
  Names texts;
  for (const toml::node& one : array) texts.push_back(text_of(one));
  return fmt::format("[{}]", fmt::join(texts, ", "));
}

std::string text_of(const toml::table& table) {
  Names texts;
  for (const auto& [key, node] : table) {
    texts.push_back(fmt::format("{} = {}", key.str(), text_of(node)));
  }
  return fmt::format("{{ {} }}", fmt::join(texts, ", "));
}

std::string text_of(const toml::node& node) {
  if (const auto* table = node.as_table()) return text_of(*table);
  if (const auto* array = node.as_array()) return text_of(*array);
  if (const auto text = node.value_exact<std::string>()) return *text;
  if (const auto whole = node.value_exact<std::int64_t>()) return std::to_string(*whole);
  if (const auto flag = node.value_exact<bool>()) return *flag ? "true" : "false";
  return fmt::format("{}", node.value_or(0.0));
}

bool is_blocks(const toml::node& node) {
  const auto* array = node.as_array();
  return array != nullptr && !array->empty() && array->front().is_table();
}

/// A resolved scenario as settings by their names, in order.
class Flat {
 public:
  explicit Flat(const Result& result) {
    const std::string text = result.reader().text("scenario").value_or("");
    const auto inputs = result.reader().text("inputs").value_or("[]");
    for (const auto& one : nlohmann::json::parse(inputs)) {
      inputs_[key_of(one.value("parameter", ""), one.value("file", ""))] = {
          one.value("sha256", ""), one.value("basis", "") != "assumed"};
    }
    try {
      const toml::table root = toml::parse(std::string_view(text), std::string_view("scenario"));
      add(root, "", "");
    } catch (const toml::parse_error& error) {
      throw Error(Fault::storage,
                  Mistake{{result.file(), 0, 0},
                          fmt::format("the scenario in it cannot be read: {}", error.description()),
                          "run the scenario again"});
    }
  }

  const std::vector<Leaf>& leaves() const { return leaves_; }
  const Leaf* find(const std::string& name) const {
    const auto at = std::find_if(leaves_.begin(), leaves_.end(),
                                 [&](const Leaf& leaf) { return leaf.name == name; });
    return at == leaves_.end() ? nullptr : &*at;
  }

 private:
  struct Input {
    std::string sha256;
    bool known = false;
  };

  /// Folders depend on from where a scenario was run.
  static std::string key_of(const std::string& parameter, const std::string& file) {
    return parameter + '\n' + std::filesystem::path(file).filename().string();
  }

  /// The files of a table: of one whose name has a pattern in braces, such as {sex}, all that fit.
  std::vector<Input> inputs_of(const std::string& parameter, const std::string& file) const {
    const std::string key = key_of(parameter, file);
    const std::string before = key.substr(0, key.find('{'));
    const std::size_t brace = key.rfind('}');
    const std::string after = brace == std::string::npos ? "" : key.substr(brace + 1);
    std::vector<Input> found;
    for (const auto& [name, input] : inputs_) {
      const bool fits =
          before == key ? name == key : name.starts_with(before) && name.ends_with(after);
      if (fits) found.push_back(input);
    }
    return found;
  }

  /// `parameter` is the name without the names of blocks.
  void add(const toml::table& table, const std::string& name, const std::string& parameter) {
    for (const toml::key* key : keys_in_order(table)) {
      const toml::node& node = *table.get(*key);
      const auto within = [&](const std::string& outer) {
        return outer.empty() ? std::string(key->str()) : outer + "." + std::string(key->str());
      };
      if (is_blocks(node)) {
        add_blocks(*node.as_array(), within(name), within(parameter));
      } else if (node.is_table() && !node.as_table()->contains("file")) {
        add(*node.as_table(), within(name), within(parameter));
      } else {
        add_leaf(node, within(name), within(parameter));
      }
    }
  }

  void add_blocks(const toml::array& blocks, const std::string& name,
                  const std::string& parameter) {
    for (std::size_t at = 0; at < blocks.size(); ++at) {
      const toml::table* block = blocks.get(at)->as_table();
      if (block == nullptr) continue;
      const auto own = (*block)["name"].value<std::string>();
      const std::size_t first = leaves_.size();
      add(*block, fmt::format("{}[{}]", name, own ? *own : std::to_string(at + 1)), parameter);
      const auto meant = meant_by(*block);
      for (std::size_t leaf = first; meant && leaf < leaves_.size(); ++leaf) {
        leaves_[leaf].subject = *meant;
      }
    }
  }

  /// What multipliers and interventions work on.
  static std::optional<std::string> meant_by(const toml::table& block) {
    if (const auto component = block["component"].value<std::string>()) {
      return "population." + *component;
    }
    auto on = block["on"].value<std::string>();
    if (on && on->find('.') != std::string::npos) return on;
    return std::nullopt;
  }

  void add_leaf(const toml::node& node, const std::string& name, const std::string& parameter) {
    Leaf leaf{name, parameter, text_of(node), "", false};
    const toml::table* table = node.as_table();
    if (table != nullptr) {
      const std::string file = (*table)["file"].value_or(std::string());
      toml::table others = *table;
      others.erase("file");
      leaf.text = std::filesystem::path(file).filename().string() + " " + text_of(others);
      const std::vector<Input> inputs = inputs_of(parameter, file);
      if (!inputs.empty()) leaf.content = text_of(others);
      for (const Input& input : inputs) leaf.content += input.sha256;
      leaf.known = !inputs.empty() && std::all_of(inputs.begin(), inputs.end(),
                                                  [](const Input& input) { return input.known; });
    }
    leaves_.push_back(std::move(leaf));
  }

  std::map<std::string, Input> inputs_;
  std::vector<Leaf> leaves_;
};

/// None where a setting says nothing of how people or care are projected.
const Names* parts_of(const std::string& subject) {
  for (const auto& [prefix, parts] : subjects()) {
    if (subject.starts_with(prefix)) return &parts;
  }
  return nullptr;
}

bool same(const Leaf* one, const Leaf* other) {
  if (one == nullptr || other == nullptr) return false;
  // A table is the same where its content is, wherever it lies.
  if (!one->content.empty() && !other->content.empty()) return one->content == other->content;
  return one->text == other->text;
}

bool says_how_known(const Leaf& leaf) {
  return leaf.name.starts_with("intervention[") &&
         std::any_of(of_evidence.begin(), of_evidence.end(),
                     [&](std::string_view field) { return leaf.name.ends_with(field); });
}

template <std::size_t Count>
bool is_one_of(const Leaf& leaf, const std::array<std::string_view, Count>& settings) {
  return std::any_of(settings.begin(), settings.end(),
                     [&](std::string_view one) { return leaf.subject.starts_with(one); });
}

}  // namespace

ScenarioChanges::ScenarioChanges(const Result& first, const Result& second)
    : other_launch_(first.launch() != second.launch()) {
  const Flat one(first);
  const Flat other(second);
  const auto take = [&](const Leaf* before, const Leaf* after) {
    const Leaf& leaf = before != nullptr ? *before : *after;
    const Names* parts = parts_of(leaf.subject);
    if (parts == nullptr || same(before, after) || is_one_of(leaf, of_definitions) ||
        is_one_of(leaf, of_nothing_parted) || says_how_known(leaf)) {
      return;
    }
    const bool known = (before == nullptr || before->known) && (after == nullptr || after->known);
    if (known || is_one_of(leaf, of_figures) || is_base(*parts)) {
      learnt_.insert(parts->begin(), parts->end());
    } else {
      assumptions_.push_back({leaf.name, before != nullptr ? before->text : "",
                              after != nullptr ? after->text : "", *parts});
    }
  };
  for (const Leaf& leaf : one.leaves()) take(&leaf, other.find(leaf.name));
  for (const Leaf& leaf : other.leaves()) {
    if (one.find(leaf.name) == nullptr) take(nullptr, &leaf);
  }
}

News ScenarioChanges::news_of(std::string_view part) const {
  const bool any =
      std::any_of(assumptions_.begin(), assumptions_.end(), [&](const ChangedAssumption& one) {
        return std::find(one.parts.begin(), one.parts.end(), part) != one.parts.end();
      });
  if (!any) return News::rates;
  return other_launch_ || learnt_.contains(part) ? News::both : News::assumptions;
}

bool ScenarioChanges::any_in_the_level() const {
  return std::any_of(assumptions_.begin(), assumptions_.end(), [&](const ChangedAssumption& one) {
    return std::any_of(one.parts.begin(), one.parts.end(),
                       [&](const std::string& part) { return news_of(part) == News::both; });
  });
}

}  // namespace kohort::compare
