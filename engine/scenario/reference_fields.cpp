#include "engine/scenario/reference_fields.hpp"

namespace kohort {
namespace {

/// Where the figures stand in the table.
std::vector<ReferenceField> fields_of_layout() {
  return {
      {"file", FieldKind::text, "a text in quotes",
       "the CSV file, plain or compressed by gzip, relative to the scenario file that names it; "
       "`{sex}` or another axis in braces stands for each of its labels, one file for each"},
      {"value", FieldKind::texts, "a text or a list of texts",
       "the column with the figures, \"value\" unless said; several columns are added up"},
      {"per", FieldKind::text, "a text in quotes",
       "a column by which each figure is divided, such as the exposure"},
      {"columns", FieldKind::names, "{ axis = \"column\" }",
       "columns whose names differ from those of the axes"},
      {"wide", FieldKind::text, "the name of an axis",
       "for tables with one column for each label of the axis, such as one for each year"},
      {"labels", FieldKind::names_of_axes, "{ axis = { cell = \"label\" } }",
       "words of the table that differ from the labels of the axis, such as labels = { sex = { f = "
       "\"female\", m = \"male\" } }"},
      {"where", FieldKind::lists, "{ column = \"cell\" } or { column = [\"cell\", \"cell\"] }",
       "only rows with one of these cells are read; an axis whose column must have one cell is no "
       "axis any more: the figures hold for all of its positions"},
      {"scale", FieldKind::number, "a number",
       "figures are multiplied by it, such as 1000 for thousands"},
      {"year_shift", FieldKind::whole, "a whole number",
       "added to the years of the table, such as 1 where flows are labelled by the year before"},
      {"age_shift", FieldKind::whole, "a whole number",
       "added to the ages of the table, such as -1 where a stock is labelled by the age that "
       "people reach in the year that begins"},
      {"missing",
       FieldKind::word,
       "\"error\" or \"zero\"",
       "\"zero\" where the table leaves out cells that are 0; a missing row is an error unless "
       "said, and a year, area or county without any row always is",
       {"error", "zero"}},
  };
}

/// What the figures are.
std::vector<ReferenceField> fields_of_vintage() {
  return {
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
}

}  // namespace

const std::vector<ReferenceField>& reference_fields() {
  static const std::vector<ReferenceField> fields = [] {
    std::vector<ReferenceField> all = fields_of_layout();
    for (ReferenceField& field : fields_of_vintage()) all.push_back(std::move(field));
    return all;
  }();
  return fields;
}

}  // namespace kohort
