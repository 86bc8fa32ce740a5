#include "engine/scenario/reference_reader.hpp"

#include <algorithm>
#include <cmath>
#include <functional>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "engine/base/nearest.hpp"

namespace kohort {
namespace {

/// Where the mistakes about one reference go, and how they are worded.
struct Report {
  const std::string& file;
  const std::string& key;
  Mistakes& mistakes;

  void operator()(const toml::node& node, const std::string& field,
                  const std::string& remedy) const {
    mistakes.add({location_of(file, node.source()),
                  fmt::format("{}.{}: found {}", key, field, describe(node)), remedy});
  }
};

void read_text(const toml::node& node, const std::string& field, std::string& target,
               const Report& report) {
  const auto* text = node.as_string();
  if (text == nullptr || text->get().empty()) {
    report(node, field, "write a text in quotes");
  } else {
    target = text->get();
  }
}

void read_texts(const toml::node& node, const std::string& field,
                std::map<std::string, std::string>& target, const Report& report) {
  const toml::table* table = node.as_table();
  if (table == nullptr) {
    report(node, field, "write { name = \"...\" }");
    return;
  }
  for (const auto& [name, value] : *table) {
    std::string text;
    read_text(value, field + "." + std::string(name.str()), text, report);
    target[std::string(name.str())] = text;
  }
}

void read_scale(const toml::node& node, double& target, const Report& report) {
  const auto number = node.value<double>();
  if (!number || !std::isfinite(*number) || *number == 0.0) {
    report(node, "scale", "write a number other than 0");
  } else {
    target = *number;
  }
}

template <class Enumeration>
void read_word(const toml::node& node, const std::string& field,
               const std::vector<std::pair<std::string, Enumeration>>& words,
               const std::function<void(Enumeration)>& store, const Report& report) {
  const auto text = node.value<std::string>();
  for (const auto& [word, meaning] : words) {
    if (text == word) {
      store(meaning);
      return;
    }
  }
  std::vector<std::string> allowed;
  for (const auto& [word, meaning] : words) allowed.push_back(word);
  report(node, field, fmt::format("write one of \"{}\"", fmt::join(allowed, "\", \"")));
}

void read_known_from(const toml::node& node, TableReference& reference, const Report& report) {
  if (const auto* year = node.as_integer()) {
    reference.known_from = KnownFrom{static_cast<int>(year->get())};
  } else if (node.value<std::string>() == "year") {
    reference.known_from = KnownFrom{};
  } else {
    report(node, "known_from",
           "write a year, or \"year\" where each row was known in its own year");
  }
}

}  // namespace

const std::vector<ReferenceField>& reference_fields() {
  static const std::vector<ReferenceField> fields = {
      {"file", FieldKind::text, "a text in quotes",
       "the CSV file, relative to the scenario file that names it"},
      {"value", FieldKind::text, "a text in quotes",
       "the column with the figures; \"value\" unless said"},
      {"per", FieldKind::text, "a text in quotes",
       "a column by which each figure is divided, such as the exposure"},
      {"columns", FieldKind::texts, "{ axis = \"column\" }",
       "columns whose names differ from those of the axes"},
      {"labels", FieldKind::texts, "{ cell = \"label\" }",
       "cells whose words differ from the labels of the axes"},
      {"where", FieldKind::texts, "{ column = \"cell\" }", "only rows with these cells are read"},
      {"scale", FieldKind::number, "a number",
       "figures are multiplied by it, such as 1000 for thousands"},
      {"year_shift", FieldKind::whole, "a whole number",
       "added to the years of the table, such as 1 where flows are labelled by the year before"},
      {"missing",
       FieldKind::word,
       "\"error\" or \"zero\"",
       "\"zero\" where the table leaves out cells that are 0; a missing row is an error unless "
       "said",
       {"error", "zero"}},
      {"basis",
       FieldKind::word,
       "\"observed\", \"estimated\" or \"assumed\"",
       "how much the figures are worth",
       {"observed", "estimated", "assumed"}},
      {"known_from", FieldKind::year, "a year or \"year\"",
       "the first year in which the figures could be known, or \"year\": each row in its own"},
      {"age_definition",
       FieldKind::word,
       "\"end_of_year\" or \"at_event\"",
       "age attained by 31 December, or at last birthday when the event happened",
       {"end_of_year", "at_event"}},
      {"source", FieldKind::text, "a text in quotes", "who published the figures, and where"},
  };
  return fields;
}

void read_vintage(const toml::table& table, const std::string& file, const std::string& key,
                  TableReference& reference, Mistakes& mistakes) {
  const Report report{file, key, mistakes};
  if (const auto* node = table.get("basis")) {
    read_word<Basis>(
        *node, "basis",
        {{"observed", Basis::observed},
         {"estimated", Basis::estimated},
         {"assumed", Basis::assumed}},
        [&](Basis basis) { reference.basis = basis; }, report);
  }
  if (const auto* node = table.get("age_definition")) {
    read_word<AgeDefinition>(
        *node, "age_definition",
        {{"end_of_year", AgeDefinition::end_of_year}, {"at_event", AgeDefinition::at_event}},
        [&](AgeDefinition definition) { reference.age_definition = definition; }, report);
  }
  if (const auto* node = table.get("known_from")) read_known_from(*node, reference, report);
  if (const auto* node = table.get("source")) {
    read_text(*node, "source", reference.source, report);
  }
}

namespace {

void check_names(const toml::table& table, const Report& report) {
  std::vector<std::string> allowed;
  for (const ReferenceField& field : reference_fields()) allowed.push_back(field.name);
  for (const auto& [name, node] : table) {
    const std::string word(name.str());
    if (std::find(allowed.begin(), allowed.end(), word) != allowed.end()) continue;
    const auto meant = nearest(word, allowed);
    report.mistakes.add({location_of(report.file, name.source()),
                         fmt::format("{}: a table has no key '{}'", report.key, word),
                         meant ? fmt::format("did you mean '{}'?", *meant)
                               : fmt::format("it may have {}", fmt::join(allowed, ", "))});
  }
}

void check_axes(const TableReference& reference, const std::vector<std::string>& axes,
                const Report& report) {
  for (const auto& [axis, column] : reference.columns) {
    if (std::find(axes.begin(), axes.end(), axis) != axes.end()) continue;
    report.mistakes.add({reference.location,
                         fmt::format("{}.columns: there is no axis '{}' here", report.key, axis),
                         fmt::format("the axes are {}", fmt::join(axes, ", "))});
  }
}

}  // namespace

TableReference read_reference(const toml::table& table, const Layer& layer,
                              const std::vector<std::string>& axes, const std::string& key,
                              Mistakes& mistakes) {
  const Report report{layer.file, key, mistakes};
  TableReference reference;
  reference.location = location_of(layer.file, table.source());
  check_names(table, report);
  if (const auto* node = table.get("file")) {
    read_text(*node, "file", reference.file, report);
    reference.file = (layer.folder / reference.file).lexically_normal().string();
  } else {
    mistakes.add({reference.location, key + ": the table names no file", "add file = \"...\""});
  }
  if (const auto* node = table.get("value")) read_text(*node, "value", reference.value, report);
  if (const auto* node = table.get("per")) {
    read_text(*node, "per", reference.per.emplace(), report);
  }
  if (const auto* node = table.get("columns")) {
    read_texts(*node, "columns", reference.columns, report);
  }
  if (const auto* node = table.get("labels")) {
    read_texts(*node, "labels", reference.labels, report);
  }
  if (const auto* node = table.get("where")) read_texts(*node, "where", reference.where, report);
  if (const auto* node = table.get("scale")) read_scale(*node, reference.scale, report);
  if (const auto* node = table.get("year_shift")) {
    if (const auto* years = node->as_integer()) {
      reference.year_shift = static_cast<int>(years->get());
    } else {
      report(*node, "year_shift", "write a whole number");
    }
  }
  if (const auto* node = table.get("missing")) {
    read_word<Missing>(
        *node, "missing", {{"error", Missing::error}, {"zero", Missing::zero}},
        [&](Missing missing) { reference.missing = missing; }, report);
  }
  read_vintage(table, layer.file, key, reference, mistakes);
  check_axes(reference, axes, report);
  return reference;
}

}  // namespace kohort
