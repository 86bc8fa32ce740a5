#include "engine/scenario/starter.hpp"

#include <cctype>
#include <sstream>

#include <fmt/format.h>

#include "engine/scenario/write.hpp"

namespace kohort {
namespace {

constexpr std::size_t width = 100;

/// The text as lines of comment.
std::string comment(const std::string& text, const std::string& mark = "# ") {
  std::string lines;
  std::string line;
  std::istringstream words(text);
  for (std::string word; words >> word;) {
    if (!line.empty() && mark.size() + line.size() + 1 + word.size() > width) {
      lines += mark + line + "\n";
      line.clear();
    }
    line += (line.empty() ? "" : " ") + word;
  }
  return lines + mark + line + "\n";
}

/// The meaning of a parameter as a sentence.
std::string sentence(const Parameter& parameter) {
  std::string text = parameter.text + ".";
  text[0] = static_cast<char>(std::toupper(static_cast<unsigned char>(text[0])));
  return text;
}

/// What may stand for the parameter, and what does where nothing is said.
std::string facts(const Parameter& parameter) {
  std::string text = allowed(parameter);
  if (!parameter.unit.empty() && parameter.unit != "1") text += ", in the unit " + parameter.unit;
  const std::string fallback = default_text(parameter);
  if (!fallback.empty()) text += "; default " + fallback;
  if (!parameter.source.empty()) text += " (" + parameter.source + ")";
  return text + ".";
}

std::string in_base(const Setting& setting, const Starter& starter) {
  if (setting.origin != Origin::file) return "The base leaves it at that.";
  return fmt::format("In {}: {}.", starter.extends, value_text(setting.value));
}

/// A parameter with the value that it has in the base, so that taking the # away changes nothing.
std::string entry(const Parameter& parameter, const Setting& setting, const Starter& starter) {
  return "\n" + comment(sentence(parameter)) +
         comment("It is " + facts(parameter) + " " + in_base(setting, starter)) +
         fmt::format("#{} = {}\n", parameter.key(), value_text(setting.value));
}

/// What stands for a field of a block that is an example.
std::string example_text(const Parameter& field) {
  for (const Value& value : {field.example, field.fallback}) {
    if (std::string text = value_text(value); !text.empty()) return text;
  }
  return field.kind == Kind::choice ? value_text(field.choices.front()) : std::string();
}

/// A block of a list; the fields that it can do without are explained alone.
std::string block_entry(const Parameter& list, const Setting& setting, const Starter& starter) {
  std::string text = "\n" + comment(sentence(list));
  if (setting.origin == Origin::file) {
    text += comment(fmt::format("{} has such blocks; those of this file stand in their place.",
                                starter.extends));
  }
  text += fmt::format("#[[{}]]\n", list.name);
  for (const Parameter* field : list.fields) {
    const std::string example = example_text(*field);
    const std::string name = example.empty() ? field->key() + ": " : "";
    text += comment(name + sentence(*field) + " It is " + facts(*field), "#   ");
    if (!example.empty()) text += fmt::format("#{} = {}\n", field->key(), example);
  }
  return text;
}

std::string head(const Starter& starter) {
  std::string text = starter.schema.empty() ? "" : "#:schema " + starter.schema + "\n";
  text += comment(fmt::format("What {} is, beside {}: say here what it supposes, and why.",
                              starter.title, starter.extends));
  text += comment(
      "Lines that begin with # and no blank are settings, with the values that they have now: take "
      "away the # of what you change. `kohort parameters` lists all others.");
  text += fmt::format("format = 1\nextends = {}\ntitle = {}\ndescription = \"\"\n",
                      value_text(starter.extends), value_text(starter.title));
  return text;
}

}  // namespace

std::string starter_text(const Starter& starter, const Settings& base, const Catalogue& catalogue) {
  std::string text = head(starter);
  for (const Section& section : catalogue.sections()) {
    std::string values;
    std::string blocks;
    for (const Parameter* parameter : section.parameters) {
      if (!parameter->changed_often || !base.was_read(*parameter)) continue;
      const Setting& setting = base.setting(*parameter);
      if (parameter->kind == Kind::blocks) {
        blocks += block_entry(*parameter, setting, starter);
      } else {
        values += entry(*parameter, setting, starter);
      }
    }
    // A block opens a table of its own, so that the section's keys stand before it.
    if (!values.empty() && !section.name.empty()) text += fmt::format("\n[{}]\n", section.name);
    text += values + blocks;
  }
  return text;
}

}  // namespace kohort
