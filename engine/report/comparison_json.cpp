#include "engine/report/comparison_json.hpp"

#include <algorithm>
#include <filesystem>
#include <map>
#include <string>
#include <variant>
#include <vector>

#include "engine/report/frame.hpp"

namespace kohort::report {
namespace {

using nlohmann::json;
using Texts = std::vector<std::string>;
using Wholes = std::vector<std::int32_t>;

/// One kind of rows of the file: the scale of their numbers, the folder of their figures.
struct Rows {
  const store::Reader& reader;
  std::string scale;
  std::string folder;

  bool exist() const { return reader.has(scale); }
  std::size_t count() const { return store::length(reader.labels(scale)); }
  template <class Column>
  Column column(const std::string& name) const {
    const std::string path = scale + "_" + name;
    if (!reader.has(path)) return Column(count());
    const store::Labels labels = reader.labels(path);
    const auto* found = std::get_if<Column>(&labels);
    return found == nullptr ? Column(count()) : *found;
  }
};

/// The rows of both sexes together; where years are told apart only those of the year that there is
/// most of for the same files and variable, of several such years the last.
std::vector<std::size_t> chosen(const Rows& rows, bool one_year_alone) {
  const Texts sexes = rows.column<Texts>("sex");
  const Texts standards = rows.column<Texts>("standard");
  const Texts results = rows.column<Texts>("result");
  const Texts variables = rows.column<Texts>("variable");
  const Texts over = rows.column<Texts>("over");
  const Wholes years = rows.column<Wholes>("year");
  const auto key = [&](std::size_t row) {
    return Texts{standards[row], results[row], variables[row]};
  };
  std::map<Texts, std::map<std::int32_t, std::size_t>> counts;
  for (std::size_t row = 0; row < rows.count(); ++row) ++counts[key(row)][years[row]];
  const auto fewer = [](const auto& one, const auto& other) { return one.second < other.second; };
  std::map<Texts, std::int32_t> shown;
  for (const auto& [files, of_years] : counts) {
    shown[files] = std::max_element(of_years.rbegin(), of_years.rend(), fewer)->first;
  }
  std::vector<std::size_t> kept;
  for (std::size_t row = 0; row < rows.count(); ++row) {
    const bool both = sexes[row].empty() || sexes[row] == "both";
    const bool is_shown = !one_year_alone || years[row] == shown[key(row)];
    if (over[row] != "years" && both && is_shown) kept.push_back(row);
  }
  return kept;
}

/// Whole names of files tell where they lay; a page shows the last part alone.
std::string without_folders(const std::string& file) {
  return std::filesystem::path(file).filename().string();
}

json columns(const Rows& rows, const Texts& texts, const Texts& wholes, const Texts& figures) {
  if (!rows.exist()) return nullptr;
  const std::vector<std::size_t> kept = chosen(rows, rows.scale != "measure");
  json table = json::object();
  for (const std::string& name : texts) {
    const Texts column = rows.column<Texts>(name);
    json& list = table[name] = json::array();
    const bool file = name == "standard" || name == "result";
    for (const std::size_t row : kept) {
      list.push_back(file ? without_folders(column[row]) : column[row]);
    }
  }
  for (const std::string& name : wholes) {
    const Wholes column = rows.column<Wholes>(name);
    json& list = table[name] = json::array();
    for (const std::size_t row : kept) list.push_back(column[row]);
  }
  for (const std::string& name : figures) {
    const std::vector<double> column = rows.reader.values(rows.folder + "/" + name);
    json& list = table["figure_" + name] = json::array();
    for (const std::size_t row : kept) list.push_back(rounded(column[row]));
  }
  return table;
}

}  // namespace

bool is_comparison(const store::Reader& reader) {
  return reader.number("kohort_comparison").has_value();
}

json comparison_json(const store::Reader& reader) {
  return {
      {"file", without_folders(reader.file())},
      {"title", reader.text("title").value_or("")},
      {"figures", columns({reader, "figure", "figures"},
                          {"standard", "result", "variable", "kind", "unit", "area", "ages"},
                          {"launch", "year"}, {"standard", "result", "percent"})},
      {"measures",
       columns({reader, "measure", "measures"},
               {"standard", "result", "variable", "kind", "unit", "over", "ages", "name", "by"},
               {"launch", "year"}, {"value", "count"})},
      {"parts", columns({reader, "part", "parts"},
                        {"standard", "result", "variable", "kind", "by", "area", "ages", "name"},
                        {"base", "year"}, {"value", "noise"})},
      {"definitions", columns({reader, "definition", "definitions"},
                              {"standard", "result", "variable", "kind", "series", "people",
                               "of_standard", "of_result"},
                              {"overlap"}, {"factor"})},
      {"assumptions",
       columns({reader, "assumption", "assumptions"},
               {"standard", "result", "name", "of_standard", "of_result", "parts"}, {}, {})}};
}

}  // namespace kohort::report
