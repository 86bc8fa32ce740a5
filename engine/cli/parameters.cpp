#include "engine/run/parameters.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "engine/base/error.hpp"
#include "engine/cli/commands.hpp"
#include "engine/scenario/catalogue.hpp"
#include "engine/scenario/document.hpp"

namespace kohort::cli {
namespace {

void print_parameter(const Parameter& parameter) {
  fmt::print("  {}", parameter.name);
  if (!parameter.unit.empty()) fmt::print(" [{}]", parameter.unit);
  fmt::print("\n      {}\n", parameter.text);
  fmt::print("      {}", allowed(parameter));
  const std::string fallback = default_text(parameter);
  if (!fallback.empty()) {
    fmt::print("; default {}", fallback);
  } else if (parameter.required) {
    fmt::print("; required");
  }
  if (!parameter.source.empty()) fmt::print("\n      source: {}", parameter.source);
  fmt::print("\n");
  for (const Parameter* field : parameter.fields) print_parameter(*field);
}

/// Whether the part is the parameter itself or a section above it.
bool belongs(const Parameter& parameter, const std::string& part) {
  return part.empty() || parameter.name == part || parameter.name.starts_with(part + ".");
}

/// The parameter, or of a list of blocks the fields, that belong to the part. A schema takes a list
/// of blocks whole, since a field has no place outside it.
std::vector<const Parameter*> chosen_of(const Parameter& parameter, const std::string& part,
                                        ListFormat format) {
  if (belongs(parameter, part)) return {&parameter};
  std::vector<const Parameter*> fields;
  for (const Parameter* field : parameter.fields) {
    if (belongs(*field, part)) fields.push_back(field);
  }
  if (!fields.empty() && format == ListFormat::json_schema) return {&parameter};
  return fields;
}

/// The catalogue without what does not belong to the part.
Catalogue part_of(const Catalogue& catalogue, const std::string& part, ListFormat format) {
  Catalogue chosen;
  std::vector<std::string> names;
  for (const Section& section : catalogue.sections()) {
    if (!section.name.empty()) names.push_back(section.name);
    bool opened = false;
    for (const Parameter* parameter : section.parameters) {
      const auto of_part = chosen_of(*parameter, part, format);
      if (of_part.empty()) continue;
      if (of_part.front() != parameter) {
        chosen.add_section(parameter->name, parameter->text);  // the fields of its blocks
      } else if (!opened) {
        chosen.add_section(section.name, section.text);
        opened = true;
      }
      for (const Parameter* one : of_part) chosen.add(*one);
    }
  }
  if (!chosen.sections().empty()) return chosen;
  throw Error(Fault::scenario, Mistake{{},
                                       fmt::format("there is no part or parameter '{}'", part),
                                       fmt::format("the parts are {}", fmt::join(names, ", "))});
}

void print_text(const Catalogue& catalogue) {
  for (const Section& section : catalogue.sections()) {
    fmt::print("{}{}\n", section.name.empty() ? "" : "[" + section.name + "]  ", section.text);
    for (const Parameter* parameter : section.parameters) print_parameter(*parameter);
    fmt::print("\n");
  }
}

}  // namespace

Exit list_parameters(const std::string& part, ListFormat format) {
  const Catalogue catalogue = full_catalogue();
  if (format == ListFormat::markdown) {
    fmt::print("{}", markdown(catalogue));
    return Exit::done;
  }
  const Catalogue chosen = part_of(catalogue, part, format);
  if (format == ListFormat::json_schema) {
    fmt::print("{}\n", json_schema(chosen, part.empty() ? Extent::whole : Extent::part));
  } else {
    print_text(chosen);
  }
  return Exit::done;
}

}  // namespace kohort::cli
