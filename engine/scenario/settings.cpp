#include "engine/scenario/settings.hpp"

#include <fmt/format.h>

namespace kohort {
namespace {

/// The choices made in the section of a parameter, which probably say why it is not read.
std::string choices_near(const Parameter& parameter, const Catalogue& catalogue,
                         const Settings& settings) {
  const std::string prefix = parameter.name.substr(0, parameter.name.rfind('.') + 1);
  std::string text;
  for (const Section& section : catalogue.sections()) {
    for (const Parameter* other : section.parameters) {
      if (other->kind != Kind::choice || !other->name.starts_with(prefix)) continue;
      if (!text.empty()) text += ", ";
      text += fmt::format("{} = \"{}\"", other->name.substr(prefix.size()),
                          std::get<std::string>(settings.setting(*other).value));
    }
  }
  return text;
}

}  // namespace

std::vector<Settings> Settings::operator[](const BlockList& list) const {
  mark(list);
  std::vector<Settings> blocks;
  const auto* given = std::get_if<std::shared_ptr<const Blocks>>(&setting(list).value);
  if (given == nullptr) return blocks;
  for (const Blocks::Block& block : (*given)->blocks) {
    blocks.emplace_back(block.values, scenario_file_).location_ = block.location;
  }
  return blocks;
}

void Settings::require_all_read(const Catalogue& catalogue) const {
  Mistakes mistakes;
  for (const Section& section : catalogue.sections()) {
    for (const Parameter* parameter : section.parameters) {
      const Setting& given = setting(*parameter);
      const bool own = given.origin == Origin::command_line ||
                       (given.origin == Origin::file && given.location.file == scenario_file_);
      if (!own || read_.contains(parameter->name)) continue;
      const std::string choices = choices_near(*parameter, catalogue, *this);
      mistakes.add(mistake(
          *parameter, "it is given, but nothing in this scenario reads it",
          choices.empty() ? "leave it out" : "leave it out, or choose otherwise: now " + choices));
    }
  }
  mistakes.throw_if_any(Fault::scenario);
}

}  // namespace kohort
