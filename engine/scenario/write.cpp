#include "engine/scenario/write.hpp"

#include <filesystem>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "engine/base/path.hpp"
#include "engine/scenario/blocks.hpp"

namespace kohort {
namespace {

/// A text in quotes. The escapes of JSON are among those of TOML, which also wants DEL escaped.
std::string quoted(const std::string& text) {
  std::string result;
  for (const char letter : nlohmann::json(text).dump()) {
    result += letter == '\x7f' ? std::string("\\u007f") : std::string(1, letter);
  }
  return result;
}

std::string number(double value) {
  std::string text = fmt::format("{}", value);
  if (text.find_first_of(".en") == std::string::npos) text += ".0";
  return text;
}

void append(std::string& fields, const std::string& name, const std::string& value) {
  if (!fields.empty()) fields += ", ";
  fields += name + " = " + value;
}

/// Written between braces; `write` turns a value into text.
template <class Map, class Write>
std::string entries(const Map& map, Write&& write) {
  std::string fields;
  for (const auto& [name, value] : map) append(fields, quoted(name), write(value));
  return "{ " + fields + " }";
}

std::string list(const std::vector<std::string>& texts) {
  std::string elements;
  for (const std::string& text : texts) {
    if (!elements.empty()) elements += ", ";
    elements += quoted(text);
  }
  return "[" + elements + "]";
}

/// One text alone, several as a list.
std::string one_or_list(const std::vector<std::string>& texts) {
  return texts.size() == 1 ? quoted(texts.front()) : list(texts);
}

std::string reference_text(const TableReference& reference) {
  const TableReference unset;
  std::string fields;
  append(fields, "file", quoted(reference.file));
  if (reference.value != unset.value) append(fields, "value", one_or_list(reference.value));
  if (reference.per) append(fields, "per", quoted(*reference.per));
  if (!reference.columns.empty()) append(fields, "columns", entries(reference.columns, quoted));
  if (reference.wide) append(fields, "wide", quoted(*reference.wide));
  if (!reference.labels.empty()) {
    append(fields, "labels",
           entries(reference.labels, [](const auto& words) { return entries(words, quoted); }));
  }
  if (!reference.where.empty()) append(fields, "where", entries(reference.where, one_or_list));
  if (reference.scale != unset.scale) append(fields, "scale", number(reference.scale));
  if (reference.year_shift != 0) append(fields, "year_shift", std::to_string(reference.year_shift));
  if (reference.age_shift != 0) append(fields, "age_shift", std::to_string(reference.age_shift));
  if (reference.missing == Missing::zero) append(fields, "missing", quoted("zero"));
  if (reference.basis) append(fields, "basis", quoted(std::string(to_string(*reference.basis))));
  if (reference.known_from) {
    const auto& year = reference.known_from->year;
    append(fields, "known_from", year ? std::to_string(*year) : quoted("year"));
  }
  if (reference.age_definition) {
    append(fields, "age_definition", quoted(std::string(to_string(*reference.age_definition))));
  }
  if (!reference.source.empty()) append(fields, "source", quoted(reference.source));
  return "{ " + fields + " }";
}

struct Writer {
  std::string operator()(std::monostate) const { return ""; }
  std::string operator()(bool flag) const { return flag ? "true" : "false"; }
  std::string operator()(std::int64_t whole) const { return std::to_string(whole); }
  std::string operator()(double real) const { return number(real); }
  std::string operator()(const std::string& text) const { return quoted(text); }
  std::string operator()(const std::vector<std::string>& texts) const { return list(texts); }
  std::string operator()(const std::vector<double>& numbers) const {
    std::string elements;
    for (const double real : numbers) elements += (elements.empty() ? "" : ", ") + number(real);
    return "[" + elements + "]";
  }
  std::string operator()(const NamedLists& lists) const { return entries(lists, list); }
  std::string operator()(const Quantity& quantity) const {
    if (const double* real = quantity.number()) return number(*real);
    if (const TableReference* reference = quantity.table()) return reference_text(*reference);
    return "";
  }
  std::string operator()(const std::shared_ptr<const Blocks>& list) const {
    std::string blocks;
    for (const Blocks::Block& block : list->blocks) {
      std::string fields;
      for (const auto& [name, setting] : block.values) {
        const std::string text = value_text(setting.value);
        if (!text.empty()) append(fields, name.substr(name.rfind('.') + 1), text);
      }
      blocks += (blocks.empty() ? "{ " : ", { ") + fields + " }";
    }
    return "[" + blocks + "]";
  }
};

std::string origin_text(const Setting& setting, const std::filesystem::path& folder) {
  switch (setting.origin) {
    case Origin::fallback:
      return "default";
    case Origin::command_line:
      return "command line";
    case Origin::file:
      return fmt::format("{}:{}{}", seen_from(folder, setting.location.file), setting.location.line,
                         from_command_line(setting) ? ", in part the command line" : "");
  }
  return "";
}

}  // namespace

std::string value_text(const Value& value) { return std::visit(Writer{}, value); }

Value portable(const Value& value, const std::filesystem::path& folder) {
  if (const auto* list = std::get_if<std::shared_ptr<const Blocks>>(&value)) {
    auto blocks = std::make_shared<Blocks>(**list);
    for (Blocks::Block& block : blocks->blocks) {
      for (auto& [name, setting] : block.values) setting.value = portable(setting.value, folder);
    }
    return std::shared_ptr<const Blocks>(std::move(blocks));
  }
  const auto* quantity = std::get_if<Quantity>(&value);
  if (quantity == nullptr || quantity->table() == nullptr) return value;
  TableReference reference = *quantity->table();
  reference.file = seen_from(folder, reference.file);
  return Quantity{reference};
}

std::string resolved_toml(const Settings& settings, const Catalogue& catalogue) {
  const auto folder =
      std::filesystem::path(settings.scenario_file()).parent_path().lexically_normal();
  std::string text;
  for (const Section& section : catalogue.sections()) {
    std::string lines;
    for (const Parameter* parameter : section.parameters) {
      if (!settings.given(*parameter)) continue;
      const Setting& setting = settings.setting(*parameter);
      const bool idle = !settings.was_read(*parameter);
      const bool assumed =
          setting.origin == Origin::fallback && parameter->source.starts_with("an assumption");
      lines +=
          fmt::format("{}{} = {}  # {}{}{}\n", idle ? "# " : "", parameter->key(),
                      value_text(portable(setting.value, folder)), origin_text(setting, folder),
                      assumed ? ", an assumption" : "", idle ? ", not read" : "");
    }
    if (lines.empty()) continue;
    if (!section.name.empty()) text += fmt::format("\n[{}]\n", section.name);
    text += lines;
  }
  return text;
}

}  // namespace kohort
