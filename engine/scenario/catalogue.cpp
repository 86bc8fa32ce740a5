#include "engine/scenario/catalogue.hpp"

#include <algorithm>
#include <cmath>
#include <stdexcept>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "engine/scenario/write.hpp"

namespace kohort {

void Catalogue::add_section(std::string name, std::string text) {
  sections_.push_back({std::move(name), std::move(text), {}});
}

void Catalogue::add(const Parameter& parameter) {
  const std::size_t dot = parameter.name.rfind('.');
  const std::string prefix = dot == std::string::npos ? "" : parameter.name.substr(0, dot);
  const auto section = std::find_if(sections_.begin(), sections_.end(),
                                    [&](const Section& one) { return one.name == prefix; });
  if (section == sections_.end() || find(parameter.name) != nullptr) {
    throw std::logic_error("misplaced parameter " + parameter.name);
  }
  for (const Parameter* field : parameter.fields) {
    if (field->name == parameter.name + "." + field->key()) continue;
    throw std::logic_error("misplaced field " + field->name);
  }
  section->parameters.push_back(&parameter);
}

const Parameter* Catalogue::find(std::string_view name) const {
  for (const Section& section : sections_) {
    for (const Parameter* parameter : section.parameters) {
      if (parameter->name == name) return parameter;
    }
  }
  return nullptr;
}

bool Catalogue::has_section(std::string_view name) const {
  for (const Section& section : sections_) {
    if (section.name == name || section.name.starts_with(std::string(name) + ".")) return true;
  }
  return false;
}

std::vector<std::string> Catalogue::names() const {
  std::vector<std::string> names;
  for (const Section& section : sections_) {
    for (const Parameter* parameter : section.parameters) names.push_back(parameter->name);
  }
  return names;
}

std::string range_text(const Range& range) {
  const bool below = std::isfinite(range.least);
  const bool above = std::isfinite(range.most);
  if (below && above) return fmt::format(" from {} to {}", range.least, range.most);
  if (below) return fmt::format(" of at least {}", range.least);
  if (above) return fmt::format(" of at most {}", range.most);
  return "";
}

std::string allowed(const Parameter& parameter) {
  switch (parameter.kind) {
    case Kind::boolean:
      return "true or false";
    case Kind::integer:
      if (parameter.range.least == parameter.range.most) {
        return fmt::format("the number {}", parameter.range.least);
      }
      return "a whole number" + range_text(parameter.range);
    case Kind::real:
      return "a number" + range_text(parameter.range);
    case Kind::text:
      return "a text in quotes";
    case Kind::choice:
      return fmt::format("one of \"{}\"", fmt::join(parameter.choices, "\", \""));
    case Kind::text_list:
      return "a list of texts, like [\"a\", \"b\"]";
    case Kind::real_list:
      return fmt::format("a list of numbers{}", range_text(parameter.range));
    case Kind::named_lists:
      return "lists of texts by name, like { a = [\"x\", \"y\"], b = [\"z\"] }";
    case Kind::quantity:
      return fmt::format("a number{} or a table {{ file = \"...\" }} over {}",
                         range_text(parameter.range), fmt::join(parameter.axes, ", "));
    case Kind::table:
      return fmt::format("a table {{ file = \"...\" }} over {}", fmt::join(parameter.axes, ", "));
    case Kind::blocks:
      return fmt::format("any number of blocks [[{}]]", parameter.name);
  }
  return "";
}

std::string default_text(const Parameter& parameter) {
  return std::holds_alternative<std::monostate>(parameter.fallback)
             ? std::string()
             : value_text(parameter.fallback);
}

}  // namespace kohort
