#include "engine/exchange/export.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "engine/base/error.hpp"
#include "engine/exchange/export_text.hpp"
#include "engine/exchange/workbook_tabs.hpp"
#include "engine/input/card.hpp"
#include "engine/store/target.hpp"

namespace kohort::exchange {
namespace {

namespace fs = std::filesystem;

[[noreturn]] void refuse(const std::string& where, std::string what, std::string remedy) {
  throw Error(Fault::scenario, Mistake{{where, 0, 0}, std::move(what), std::move(remedy)});
}

std::string ending_of(ExportFormat format) {
  switch (format) {
    case ExportFormat::csv:
      return ".csv";
    case ExportFormat::xlsx:
      return ".xlsx";
    case ExportFormat::json_stat:
      return ".json";
  }
  return "";
}

std::vector<ResultTable> chosen_tables(const store::Reader& reader, const ExportRequest& request) {
  std::vector<ResultTable> all = tables_of(reader);
  if (request.tables.empty()) return all;
  std::vector<std::string> names;
  for (const ResultTable& table : all) names.push_back(table.name);
  std::vector<ResultTable> chosen;
  for (const std::string& name : request.tables) {
    const auto found = std::find(names.begin(), names.end(), name);
    if (found == names.end()) {
      refuse(request.file, fmt::format("there is no table '{}'", name),
             fmt::format("it has {}", fmt::join(names, ", ")));
    }
    chosen.push_back(all[static_cast<std::size_t>(found - names.begin())]);
  }
  return chosen;
}

void check_style(const ExportRequest& request) {
  if (!request.style.decimal_comma || request.format == ExportFormat::csv) return;
  refuse("--decimal-comma",
         request.format == ExportFormat::xlsx
             ? "a workbook holds numbers, which Excel shows by the settings of the computer"
             : "JSON has decimal points",
         "leave it out");
}

/// What is known of a table, for the card beside its CSV file.
Card card_of(const store::Reader& reader, const ResultTable& table, const ExportStyle& style) {
  Card card;
  card.title = fmt::format("{} ({})", reader.text("title").value_or(""), table.name);
  std::vector<std::string> columns;
  Basis weakest = Basis::observed;
  for (const Content& content : table.contents) {
    columns.push_back(fmt::format("{} is {} ({}, {})", content_heading(content, style.words),
                                  content.long_name, content.unit, content.basis));
    for (const Basis basis : {Basis::estimated, Basis::assumed}) {
      if (content.basis == to_string(basis)) weakest = std::max(weakest, basis);
    }
  }
  card.vintage.basis = weakest;
  card.vintage.source = "Kohort " + reader.text("program_version").value_or("");
  card.note = fmt::format("Columns: {}.", fmt::join(columns, "; "));
  for (const auto& [name, value] : origin_of(reader, style.words)) {
    card.note += fmt::format("\n{}: {}", name, value);
  }
  const std::string rule = to_words(style.disclosure, style.words == Words::swedish);
  if (!rule.empty()) card.note += "\n" + word("rule on small counts", style.words) + ": " + rule;
  return card;
}

void write_one(const store::Reader& reader, const ResultTable& table, const ExportRequest& request,
               const fs::path& output) {
  const std::string ending = ending_of(request.format);
  store::TextFile file(store::file_target(output, {ending}));
  if (request.format == ExportFormat::json_stat) {
    write_json_stat(reader, table, request, file);
    file.finish();
    return;
  }
  store::TextFile card(store::file_target(card_file(output.string()), {".toml"}));
  card.add(card_text(card_of(reader, table, request.style)));
  write_csv(reader, table, request, file);
  file.finish();
  card.finish();
}

fs::path make_folder(const fs::path& folder) {
  std::error_code reason;
  fs::create_directories(folder, reason);
  if (fs::is_directory(folder)) return folder;
  refuse(folder.string(), "several tables go into a folder, and this cannot be one",
         "name a folder, or one table: --table NAME -o FILE");
}

}  // namespace

std::string figure_text(double figure, const ExportStyle& style) {
  if (std::isnan(figure)) return "";
  std::string text =
      style.decimals ? fmt::format("{:.{}f}", figure, *style.decimals) : fmt::format("{}", figure);
  if (text.starts_with('-') && text.find_first_not_of("-0.") == std::string::npos) text.erase(0, 1);
  if (style.decimal_comma) std::replace(text.begin(), text.end(), '.', ',');
  return text;
}

std::vector<std::pair<std::string, std::string>> origin_of(const store::Reader& reader,
                                                           Words words) {
  std::vector<std::pair<std::string, std::string>> origin;
  const auto add = [&](const char* name, const std::string& value) {
    origin.emplace_back(word(name, words), value);
  };
  add("title", reader.text("title").value_or(""));
  add("program", fmt::format("Kohort {} ({})", reader.text("program_version").value_or(""),
                             reader.text("git_commit").value_or("")));
  add("scenario", reader.text("scenario_sha256").value_or(""));
  add("seed", std::to_string(reader.number("seed").value_or(0)));
  add("draws", std::to_string(reader.number("draws").value_or(0)));
  add("content", reader.text("content_sha256").value_or(""));
  return origin;
}

std::vector<ExportedFile> export_result(const ExportRequest& request) {
  check_style(request);
  const store::Reader reader(request.file);
  const std::vector<ResultTable> tables = chosen_tables(reader, request);
  const std::string ending = ending_of(request.format);
  const std::string stem = fs::path(request.file).stem().string();
  std::vector<ExportedFile> written;
  const bool one_file = request.format == ExportFormat::xlsx || tables.size() == 1;
  if (one_file) {
    const fs::path output = request.output.empty() ? fs::path(stem + ending) : request.output;
    written.push_back({output, {}});
    for (const ResultTable& table : tables) written.back().tables.push_back(table.name);
    if (request.format == ExportFormat::xlsx) {
      write_workbook(reader, tables, request, output);
    } else {
      write_one(reader, tables.front(), request, output);
    }
    return written;
  }
  if (request.output.extension() == ending) {
    refuse(request.output.string(),
           fmt::format("one file is named, and the result has {} tables", tables.size()),
           "name a folder, or one of the tables: --table " + tables.front().name);
  }
  const fs::path folder =
      make_folder(request.output.empty() ? fs::path(stem + "_tables") : request.output);
  for (const ResultTable& table : tables) {
    written.push_back({folder / (table.name + ending), {table.name}});
    write_one(reader, table, request, written.back().file);
  }
  return written;
}

}  // namespace kohort::exchange
