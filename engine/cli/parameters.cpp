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
}

bool belongs(const Section& section, const std::string& part) {
  return part.empty() || section.name == part || section.name.starts_with(part + ".");
}

}  // namespace

Exit list_parameters(const std::string& part, bool as_markdown) {
  const Catalogue catalogue = full_catalogue();
  if (as_markdown) {
    fmt::print("{}", markdown(catalogue));
    return Exit::done;
  }
  bool found = false;
  for (const Section& section : catalogue.sections()) {
    if (!belongs(section, part)) continue;
    found = true;
    fmt::print("{}{}\n", section.name.empty() ? "" : "[" + section.name + "]  ", section.text);
    for (const Parameter* parameter : section.parameters) print_parameter(*parameter);
    fmt::print("\n");
  }
  if (found) return Exit::done;
  std::vector<std::string> names;
  for (const Section& section : catalogue.sections()) {
    if (!section.name.empty()) names.push_back(section.name);
  }
  throw Error(Fault::scenario, Mistake{{},
                                       fmt::format("there is no part '{}'", part),
                                       fmt::format("the parts are {}", fmt::join(names, ", "))});
}

}  // namespace kohort::cli
