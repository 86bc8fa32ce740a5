#include "engine/scenario/delta.hpp"

#include <fmt/format.h>

#include "engine/base/nearest.hpp"
#include "engine/base/path.hpp"
#include "engine/scenario/write.hpp"

namespace kohort {
namespace {

namespace fs = std::filesystem;

/// The blocks of the list that a path leads into, and which of them it means.
struct FoundBlock {
  const Blocks* blocks = nullptr;
  std::size_t position = 0;
  ListField field;
};

FoundBlock found_block(const Settings& settings, const Catalogue& catalogue,
                       const ParameterPath& path, const Location& where) {
  Mistakes mistakes;
  FoundBlock found;
  if (const auto field = find_field(path, catalogue, where, mistakes)) {
    const Setting& list = settings.setting(*field->list);
    if (const auto position = find_block(path, list, where, mistakes)) {
      found = {std::get<std::shared_ptr<const Blocks>>(list.value).get(), *position, *field};
    }
  }
  mistakes.throw_if_any(Fault::scenario);
  return found;
}

const Parameter& found_parameter(const Catalogue& catalogue, const std::string& name,
                                 const Location& where) {
  if (const Parameter* parameter = catalogue.find(name)) return *parameter;
  throw Error(Fault::scenario, Mistake{where, fmt::format("there is no parameter '{}'", name),
                                       nearest_or_all(name, catalogue.names())});
}

double number_of(const Parameter& parameter, const Value& value, const Location& where) {
  if (const auto* whole = std::get_if<std::int64_t>(&value)) return static_cast<double>(*whole);
  if (const auto* real = std::get_if<double>(&value)) return *real;
  const auto* quantity = std::get_if<Quantity>(&value);
  if (quantity != nullptr && quantity->number() != nullptr) return *quantity->number();
  if (quantity != nullptr && quantity->table() != nullptr) {
    throw Error(Fault::scenario, Mistake{where, parameter.name + " is a table in this scenario",
                                         "name a single number, such as the factor of a block that "
                                         "multiplies it"});
  }
  if (!std::holds_alternative<std::monostate>(value)) {
    throw Error(Fault::scenario, Mistake{where, parameter.name + " is no number",
                                         "name a parameter that takes a single number"});
  }
  throw Error(Fault::scenario, Mistake{where, parameter.name + " has no value in this scenario",
                                       "give it the one from which the search is to start"});
}

std::string number_text(const NumberSetting& number) {
  if (number.whole()) return fmt::format("{:.0f}", number.value);
  return value_text(number.value);
}

/// A value with its files named from `folder`, which is absolute.
Value seen_from_folder(Value value, const fs::path& folder) {
  auto* quantity = std::get_if<Quantity>(&value);
  if (quantity == nullptr || quantity->table() == nullptr) return value;
  TableReference reference = *quantity->table();
  reference.file = fs::absolute(reference.file).string();
  return portable(Quantity{reference}, folder);
}

/// All blocks of a list, with one field of one of them changed.
std::string blocks_text(const FoundBlock& found, const NumberSetting& number,
                        const fs::path& folder) {
  std::string text;
  for (std::size_t at = 0; at < found.blocks->blocks.size(); ++at) {
    text += fmt::format("\n[[{}]]\n", found.field.list->name);
    for (const Parameter* field : found.field.list->fields) {
      const Setting& setting = found.blocks->blocks[at].values.at(field->name);
      if (at == found.position && field == found.field.field) {
        text += fmt::format("{} = {}\n", field->key(), number_text(number));
      } else if (setting.origin != Origin::fallback) {
        text += fmt::format("{} = {}\n", field->key(),
                            value_text(seen_from_folder(setting.value, folder)));
      }
    }
  }
  return text;
}

}  // namespace

NumberSetting number_setting(const Settings& settings, const Catalogue& catalogue,
                             const std::string& path, const Location& where) {
  NumberSetting number{parameter_path(path)};
  if (!number.path.block) {
    number.parameter = &found_parameter(catalogue, path, where);
    number.value = number_of(*number.parameter, settings.setting(*number.parameter).value, where);
    return number;
  }
  const FoundBlock found = found_block(settings, catalogue, number.path, where);
  const Blocks::Block& block = found.blocks->blocks[found.position];
  number.parameter = found.field.field;
  number.value = number_of(*number.parameter, block.values.at(number.parameter->name).value, where);
  return number;
}

std::string delta_toml(const Settings& settings, const Catalogue& catalogue,
                       const NumberSetting& number, const fs::path& folder) {
  const fs::path whole = fs::absolute(folder.empty() ? fs::path(".") : folder);
  const std::string extended = seen_from(whole, fs::absolute(settings.scenario_file()).string());
  std::string text = fmt::format("format = 1\nextends = {}\n", value_text(extended));
  if (!number.path.block) {
    return text + fmt::format("{} = {}\n", number.parameter->name, number_text(number));
  }
  const FoundBlock found =
      found_block(settings, catalogue, number.path, {settings.scenario_file(), 0, 0});
  return text + blocks_text(found, number, whole);
}

}  // namespace kohort
