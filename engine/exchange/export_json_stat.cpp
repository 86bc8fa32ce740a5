#include <cmath>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "engine/base/interrupted.hpp"
#include "engine/exchange/export_text.hpp"

namespace kohort::exchange {
namespace {

using Json = nlohmann::ordered_json;

/// JSON has no words for names of its own: where the result's are asked for, they are its codes.
Json category(const std::vector<std::string>& codes, const std::vector<std::string>& names) {
  Json labels = Json::object();
  for (std::size_t at = 0; at < codes.size(); ++at) labels[codes[at]] = names[at];
  return {{"index", codes}, {"label", labels}};
}

Json dimension(const std::string& label, Json category) {
  return {{"label", label}, {"category", std::move(category)}};
}

Json contents_dimension(const ResultTable& table, const ExportStyle& style) {
  std::vector<std::string> codes;
  std::vector<std::string> names;
  Json units = Json::object();
  Json notes = Json::object();
  for (const Content& content : table.contents) {
    codes.push_back(content.name);
    names.push_back(content_heading(content, style.words));
    units[content.name] = {{"base", word(content.unit, style.words)}};
    notes[content.name] = {word("basis", style.words) + ": " + word(content.basis, style.words)};
  }
  Json own = category(codes, names);
  own["unit"] = std::move(units);
  own["note"] = std::move(notes);
  return dimension(axis_heading("contents", style.words), std::move(own));
}

Json axis_dimension(const TableAxis& axis, const ExportStyle& style) {
  std::vector<std::string> names;
  for (std::size_t at = 0; at < axis.codes.size(); ++at) {
    names.push_back(style.labels == LabelChoice::codes ? axis.codes[at]
                                                       : label_text(axis, at, style.words));
  }
  return dimension(axis_heading(axis.name, style.words), category(axis.codes, names));
}

/// All but the figures. The year comes first, so that these can follow as they are read.
Json head(const store::Reader& reader, const ResultTable& table, const ExportStyle& style) {
  Json json{{"version", "2.0"}, {"class", "dataset"}};
  json["label"] = reader.text("title").value_or("") + " (" + table.name + ")";
  json["source"] = "Kohort " + reader.text("program_version").value_or("");
  Json notes = Json::array();
  for (const auto& [name, value] : origin_of(reader, style.words)) {
    notes.push_back(fmt::format("{}: {}", name, value));
  }
  const std::string rule = to_words(style.disclosure, style.words == Words::swedish);
  if (!rule.empty()) notes.push_back(word("rule on small counts", style.words) + ": " + rule);
  json["note"] = std::move(notes);
  json["role"] = {{"time", {"year"}}, {"metric", {"contents"}}};
  json["id"] = {"year", "contents"};
  json["size"] = {table.years.size(), table.contents.size()};
  json["dimension"]["year"] =
      dimension(axis_heading("year", style.words), category(table.years, table.years));
  json["dimension"]["contents"] = contents_dimension(table, style);
  for (const TableAxis& axis : table.axes) {
    json["id"].push_back(axis.name);
    json["size"].push_back(axis.codes.size());
    json["dimension"][axis.name] = axis_dimension(axis, style);
    if (axis.name == "area") json["role"]["geo"] = {axis.name};
  }
  return json;
}

/// Writes the figures, and keeps the places of those that are not there until the end.
class Figures {
 public:
  Figures(store::TextFile& file, const ExportStyle& style) : file_(file), style_(style) {}

  void add(double figure, bool is_count) {
    const double shown = is_count ? disclosed(figure, style_.disclosure) : figure;
    if (std::isnan(figure)) {
      absent_.push_back(place_);
    } else if (std::isnan(shown)) {
      kept_back_.push_back(place_);
    }
    text_ += place_ == 0 ? "" : place_ % per_line == 0 ? ",\n" : ",";
    text_ += std::isnan(shown) ? "null" : figure_text(shown, style_);
    ++place_;
    if (place_ % per_line == 0) flush();
  }

  /// "." where there is nothing to tell, ".." where the rule keeps a figure back.
  void end() {
    flush();
    file_.add("]");
    if (!absent_.empty() || !kept_back_.empty()) {
      file_.add(",\"status\":{");
      add_places(absent_, ".", "");
      add_places(kept_back_, suppressed, absent_.empty() ? "" : ",");
      file_.add("}");
    }
    file_.add("}\n");
  }

 private:
  static constexpr std::size_t per_line = 1000;

  void flush() {
    file_.add(text_);
    text_.clear();
  }

  void add_places(const std::vector<std::size_t>& places, const std::string& symbol,
                  std::string_view before) {
    for (const std::size_t place : places) {
      file_.add(fmt::format("{}\"{}\":\"{}\"", before, place, symbol));
      before = ",";
    }
  }

  store::TextFile& file_;
  const ExportStyle& style_;
  std::string text_;
  std::size_t place_ = 0;
  std::vector<std::size_t> absent_;
  std::vector<std::size_t> kept_back_;
};

}  // namespace

void write_json_stat(const store::Reader& reader, const ResultTable& table,
                     const ExportRequest& request, store::TextFile& file) {
  const ExportStyle& style = request.style;
  std::string text = head(reader, table, style).dump();
  text.pop_back();  // the brace; the figures come before it
  file.add(text + ",\"value\":[");
  Figures figures(file, style);
  for (std::size_t year = 0; year < table.years.size(); ++year) {
    stop_if_asked(request.stop);
    for (const Content& content : table.contents) {
      const std::vector<double> of_year = figures_of_year(reader, table, content, year);
      for (std::size_t cell = 0; cell < table.cells_per_year(); ++cell) {
        figures.add(of_year.empty() ? std::nan("") : of_year[cell], content.is_count);
      }
    }
  }
  figures.end();
}

}  // namespace kohort::exchange
