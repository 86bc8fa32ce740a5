#include "engine/scenario/read.hpp"

#include <algorithm>
#include <iterator>
#include <optional>

#include <fmt/format.h>

#include "engine/base/nearest.hpp"
#include "engine/scenario/blocks.hpp"
#include "engine/scenario/layers.hpp"
#include "engine/scenario/toml.hpp"
#include "engine/scenario/value_reader.hpp"

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

  /// Lays an override of the command line over the files.
  void lay(const Override& override) {
    if (override.path.block) {
      change_block(override);
    } else {
      lay(override.layer, Origin::command_line);
    }
  }

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
    for (const toml::key* key : keys_in_order(table)) {
      const std::string name = prefix + std::string(key->str());
      const toml::node& node = *table.get(*key);
      if (key->str().find('.') != std::string_view::npos) {
        mistakes_.add({location_of(layer.file, key->source()),
                       fmt::format("the key \"{}\" has a dot in its name", key->str()),
                       "write it without quotes: section.key"});
        continue;
      }
      if (const Parameter* parameter = catalogue_.find(name)) {
        Setting& setting = values_[name];
        setting = {read_value(*parameter, node, layer, mistakes_), origin,
                   location_of(layer.file, node.source())};
      } else if (node.is_table() && catalogue_.has_section(name)) {
        visit(*node.as_table(), name + ".", layer, origin);
      } else if (catalogue_.has_section(name)) {
        mistakes_.add({location_of(layer.file, key->source()),
                       fmt::format("{}: found {}", name, describe(node)),
                       fmt::format("it is a section: write [{}], and its keys below", name)});
      } else {
        unknown(name, location_of(layer.file, key->source()));
      }
    }
  }

  /// Gives a field of one block a value; the other blocks stay.
  void change_block(const Override& override) {
    const Location where{override.layer.file, 0, 0};
    const auto found = find_field(override.path, catalogue_, where, mistakes_);
    if (!found) return;
    Setting& list = values_[found->list->name];
    const auto block = find_block(override.path, list, where, mistakes_);
    if (!block) return;
    auto changed = std::make_shared<Blocks>(*std::get<std::shared_ptr<const Blocks>>(list.value));
    changed->blocks[*block].values[found->field->name] = {
        read_value(*found->field, *override.layer.table.get(override.path.field), override.layer,
                   mistakes_),
        Origin::command_line, where};
    list.value = std::shared_ptr<const Blocks>(std::move(changed));
  }

  void unknown(const std::string& name, const Location& where) {
    const auto meant = this->meant(name);
    mistakes_.add(
        {where, fmt::format("there is no parameter '{}'", name),
         meant ? fmt::format("did you mean '{}'?", *meant) : "`kohort parameters` lists them all"});
  }

  /// A name that is spelt like it, or else the only one that ends like it.
  std::optional<std::string> meant(const std::string& name) const {
    std::vector<std::string> names = catalogue_.names();
    const std::string key = name.substr(name.rfind('.') + 1);
    std::vector<std::string> elsewhere;
    std::copy_if(names.begin(), names.end(), std::back_inserter(elsewhere),
                 [&](const std::string& one) { return one.ends_with("." + key); });
    for (const Section& section : catalogue_.sections()) names.push_back(section.name);
    if (auto alike = nearest(name, names)) return alike;
    if (elsewhere.size() == 1) return elsewhere.front();
    return std::nullopt;
  }

  void require(const Parameter& parameter, const std::string& scenario_file) {
    // One that is given wrongly has been complained about.
    if (!parameter.required || values_[parameter.name].origin != Origin::fallback) return;
    mistakes_.add({{scenario_file, 0, 0},
                   fmt::format("{} is missing", parameter.name),
                   fmt::format("give it {} ({})", allowed(parameter), parameter.text)});
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
  for (const std::string& key_value : overrides) resolver.lay(read_override(key_value));
  return resolver.finish(file.lexically_normal().string());
}

}  // namespace kohort
