#include "engine/scenario/settings.hpp"

#include <fmt/format.h>

#include "engine/scenario/blocks.hpp"

namespace kohort {
namespace {

std::string section_of(const Parameter& parameter) {
  const std::size_t dot = parameter.name.rfind('.');
  return dot == std::string::npos ? "" : parameter.name.substr(0, dot);
}

/// What is given and read in place of a parameter; null where nothing is.
const Parameter* replacement(const Parameter& parameter, const Catalogue& catalogue,
                             const Settings& settings) {
  for (const Section& section : catalogue.sections()) {
    for (const Parameter* other : section.parameters) {
      if (other == &parameter || !settings.given(*other)) continue;
      for (const std::string& part : other->instead_of) {
        if (parameter.name == part || parameter.name.starts_with(part + ".")) return other;
      }
    }
  }
  return nullptr;
}

/// What to do about a parameter that is not read: what is read in its place, or the choices made in
/// its own section, which probably say why.
std::string advice(const Parameter& parameter, const Catalogue& catalogue,
                   const Settings& settings) {
  if (const Parameter* instead = replacement(parameter, catalogue, settings)) {
    return fmt::format("leave it out, or {}, which is read in its place", instead->name);
  }
  constexpr int most_choices = 5;
  int count = 0;
  std::string choices;
  for (const Section& section : catalogue.sections()) {
    for (const Parameter* other : section.parameters) {
      if (other->kind != Kind::choice || section_of(*other) != section_of(parameter)) continue;
      if (++count > most_choices) {
        return fmt::format("leave it out; [{}] says: {}", section.name, section.text);
      }
      choices += fmt::format("{}{} = \"{}\"", choices.empty() ? "" : ", ", other->key(),
                             std::get<std::string>(settings.setting(*other).value));
    }
  }
  return choices.empty() ? "leave it out" : "leave it out, or choose otherwise: now " + choices;
}

}  // namespace

std::vector<Settings> Settings::operator[](const BlockList& list) const {
  mark(list);
  std::vector<Settings> blocks;
  const auto* given = std::get_if<std::shared_ptr<const Blocks>>(&value_of(list));
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
      const bool own = from_command_line(given) ||
                       (given.origin == Origin::file && given.location.file == scenario_file_);
      if (!own || read_.contains(parameter->name)) continue;
      mistakes.add(mistake(*parameter, "it is given, but nothing in this scenario reads it",
                           advice(*parameter, catalogue, *this)));
    }
  }
  mistakes.throw_if_any(Fault::scenario);
}

}  // namespace kohort
