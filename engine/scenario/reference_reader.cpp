#include "engine/scenario/reference_reader.hpp"

#include <algorithm>
#include <cmath>
#include <functional>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "engine/base/nearest.hpp"
#include "engine/scenario/reference_fields.hpp"

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

/// One text, or a list of texts.
void read_list(const toml::node& node, const std::string& field, std::vector<std::string>& target,
               const Report& report) {
  target.clear();
  const toml::array* array = node.as_array();
  if (array == nullptr) {
    read_text(node, field, target.emplace_back(), report);
    return;
  }
  if (array->empty()) report(node, field, "name at least one");
  for (const toml::node& element : *array) {
    read_text(element, field, target.emplace_back(), report);
  }
}

/// Calls `read(name, node)` for each entry of a table.
template <class Read>
void read_entries(const toml::node& node, const std::string& field, const std::string& form,
                  const Report& report, Read&& read) {
  const toml::table* table = node.as_table();
  if (table == nullptr) {
    report(node, field, "write " + form);
    return;
  }
  for (const auto& [name, value] : *table) read(std::string(name.str()), value);
}

void read_texts(const toml::node& node, const std::string& field, const std::string& form,
                std::map<std::string, std::string>& target, const Report& report) {
  read_entries(node, field, form, report, [&](const std::string& name, const toml::node& value) {
    read_text(value, field + "." + name, target[name], report);
  });
}

void read_labels(const toml::node& node, TableReference& reference, const Report& report) {
  const std::string form = "{ axis = { cell = \"label\" } }";
  read_entries(node, "labels", form, report, [&](const std::string& axis, const toml::node& value) {
    read_texts(value, "labels." + axis, form, reference.labels[axis], report);
  });
}

void read_where(const toml::node& node, TableReference& reference, const Report& report) {
  read_entries(node, "where", "{ column = \"cell\" }", report,
               [&](const std::string& column, const toml::node& value) {
                 read_list(value, "where." + column, reference.where[column], report);
               });
}

void read_scale(const toml::node& node, double& target, const Report& report) {
  const auto number = node.value<double>();
  if (!number || !std::isfinite(*number) || *number == 0.0) {
    report(node, "scale", "write a number other than 0");
  } else {
    target = *number;
  }
}

constexpr std::int64_t furthest_year = 9999;

void read_shift(const toml::node& node, const std::string& field, int& target,
                const Report& report) {
  const auto* years = node.as_integer();
  if (years == nullptr || std::abs(years->get()) > furthest_year) {
    report(node, field, "write a whole number of years");
  } else {
    target = static_cast<int>(years->get());
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
  const auto* year = node.as_integer();
  if (year != nullptr && year->get() >= 0 && year->get() <= furthest_year) {
    reference.known_from = KnownFrom{static_cast<int>(year->get())};
  } else if (node.value<std::string>() == "year") {
    reference.known_from = KnownFrom{};
  } else {
    report(node, "known_from",
           "write a year, or \"year\" where each row was known in its own year");
  }
}

void read_missing(const toml::node& node, TableReference& reference, const Report& report) {
  read_word<Missing>(
      node, "missing", {{"error", Missing::error}, {"zero", Missing::zero}},
      [&](Missing missing) { reference.missing = missing; }, report);
}

}  // namespace

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
  for (const toml::key* name : keys_in_order(table)) {
    const std::string word(name->str());
    if (std::find(allowed.begin(), allowed.end(), word) != allowed.end()) continue;
    const auto meant = nearest(word, allowed);
    report.mistakes.add({location_of(report.file, name->source()),
                         fmt::format("{}: a table has no key '{}'", report.key, word),
                         meant ? fmt::format("did you mean '{}'?", *meant)
                               : fmt::format("it may have {}", fmt::join(allowed, ", "))});
  }
}

/// Every axis that the reference names must be one of the parameter's.
void check_axes(const TableReference& reference, const std::vector<std::string>& axes,
                const Report& report) {
  const auto check = [&](const std::string& field, const std::string& axis) {
    if (std::find(axes.begin(), axes.end(), axis) != axes.end()) return;
    report.mistakes.add({reference.location,
                         fmt::format("{}.{}: there is no axis '{}' here", report.key, field, axis),
                         fmt::format("the axes are {}", fmt::join(axes, ", "))});
  };
  for (const auto& [axis, column] : reference.columns) check("columns", axis);
  for (const auto& [axis, words] : reference.labels) check("labels", axis);
  if (reference.wide) check("wide", *reference.wide);
  const auto complain = [&](const std::string& what, const std::string& remedy) {
    report.mistakes.add({reference.location, report.key + what, remedy});
  };
  if (reference.labels.contains("year")) {
    complain(".labels: years cannot be renamed", "add to them by year_shift");
  }
  if (reference.wide && reference.value != TableReference{}.value) {
    complain(".value: the columns of a wide table are found by their names", "leave value out");
  }
}

void read_fields(const toml::table& table, TableReference& reference, const Report& report) {
  const auto with = [&](const char* field, auto&& read) {
    if (const toml::node* node = table.get(field)) read(*node);
  };
  using Node = const toml::node&;
  with("value", [&](Node node) { read_list(node, "value", reference.value, report); });
  with("per", [&](Node node) { read_text(node, "per", reference.per.emplace(), report); });
  with("columns", [&](Node node) {
    read_texts(node, "columns", "{ axis = \"column\" }", reference.columns, report);
  });
  with("wide", [&](Node node) { read_text(node, "wide", reference.wide.emplace(), report); });
  with("labels", [&](Node node) { read_labels(node, reference, report); });
  with("where", [&](Node node) { read_where(node, reference, report); });
  with("scale", [&](Node node) { read_scale(node, reference.scale, report); });
  with("year_shift",
       [&](Node node) { read_shift(node, "year_shift", reference.year_shift, report); });
  with("age_shift", [&](Node node) { read_shift(node, "age_shift", reference.age_shift, report); });
  with("missing", [&](Node node) { read_missing(node, reference, report); });
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
  read_fields(table, reference, report);
  read_vintage(table, layer.file, key, reference, mistakes);
  check_axes(reference, axes, report);
  return reference;
}

}  // namespace kohort
