#include "engine/scenario/document.hpp"

#include <fmt/format.h>

#include "engine/scenario/reference_fields.hpp"

namespace kohort {
namespace {

std::string code(const std::string& text) { return "`" + text + "`"; }

std::string parameter_entry(const Parameter& parameter, const std::string& mark = "- ") {
  std::string entry = mark + code(parameter.name);
  if (!parameter.unit.empty()) entry += " (" + parameter.unit + ")";
  entry +=
      ": " + parameter.text + ".\n" + std::string(mark.size(), ' ') + "It is " + allowed(parameter);
  const std::string fallback = default_text(parameter);
  if (!fallback.empty()) {
    entry += "; default " + code(fallback);
  } else if (parameter.required) {
    entry += "; required";
  }
  entry += ".";
  if (!parameter.source.empty()) entry += " Source: " + parameter.source + ".";
  entry += "\n";
  for (const Parameter* field : parameter.fields) entry += parameter_entry(*field, "  " + mark);
  return entry;
}

std::string section_entry(const Section& section) {
  std::string entry =
      section.name.empty() ? "### At the top\n\n" : fmt::format("### `[{}]`\n\n", section.name);
  entry += section.text + "\n\n";
  for (const Parameter* parameter : section.parameters) entry += parameter_entry(*parameter);
  return entry + "\n";
}

}  // namespace

std::string markdown(const Catalogue& catalogue) {
  std::string text = "## Fields of a table\n\n";
  for (const ReferenceField& field : reference_fields()) {
    text += fmt::format("- {} ({}): {}.\n", code(field.name), field.allowed, field.text);
  }
  text += "\n## Parameters\n\n";
  for (const Section& section : catalogue.sections()) text += section_entry(section);
  text.pop_back();  // one line break at the end
  return text;
}

}  // namespace kohort
