#include "engine/exchange/import.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "engine/exchange/byte_source.hpp"
#include "engine/exchange/px_cube.hpp"
#include "engine/exchange/px_data.hpp"
#include "engine/exchange/px_entries.hpp"
#include "engine/store/target.hpp"
#include "engine/store/text_file.hpp"

namespace kohort::exchange {
namespace {

bool is_json(const std::string& file) {
  ByteSource source(file);
  source.skip_blanks();
  return source.peek() == '{' || source.peek() == '[';
}

ReadFile read_px(const ImportRequest& request, CubeSink& sink) {
  ByteSource source(request.file, request.stop);
  const PxEntries entries(source, request.encoding);
  const PxCube px = px_cube(entries, request.language);
  for (const Mistake& doubt : px.doubts) sink.warn(doubt);
  sink.begin(px.cube);
  read_px_data(source, entries, px, sink);
  return {px.cube, source.sha256()};
}

void refuse_px_options(const ImportRequest& request) {
  if (request.language.empty() && request.encoding.empty()) return;
  throw Error(Fault::scenario,
              Mistake{{request.file, 0, 0},
                      "a JSON-stat file has one language and is in UTF-8",
                      "leave --lang and --encoding out; ask the publisher's API for the language"});
}

/// What the symbols that occur mean; of those that the publisher leaves unexplained the usual word.
std::string symbols_text(const Tally& tally, const Facts& facts) {
  std::vector<std::string> parts;
  for (const auto& [symbol, count] : tally.symbols) {
    const auto meaning = facts.symbols.find(symbol);
    const std::string said = meaning == facts.symbols.end() ? "" : meaning->second;
    const bool explained = !said.empty() && said != symbol;
    parts.push_back(explained ? fmt::format("{} in '{}' ({})", count, symbol, said)
                              : fmt::format("{} in '{}'", count, symbol));
  }
  return fmt::format("{}", fmt::join(parts, ", "));
}

std::string renamed_text(const Cube& cube, const std::vector<InputColumn>& columns) {
  std::vector<std::string> parts;
  for (const InputColumn& column : columns) {
    const std::string& name = cube.dimensions[column.dimension].name;
    if (column.name != name) parts.push_back(fmt::format("{} is {}", column.name, name));
  }
  return fmt::format("{}", fmt::join(parts, ", "));
}

Card card_of(const ImportRequest& request, const ReadFile& read, const InputTable& table) {
  const Facts& facts = read.cube.facts;
  Card card;
  card.title = facts.title;
  card.unit = facts.unit;
  card.vintage = request.vintage;
  card.vintage.source = facts.source;
  if (!facts.version.empty()) {
    card.vintage.source += (facts.source.empty() ? "" : ", ") + facts.version;
  }
  card.note = fmt::format("Imported from {} (sha256 {}).",
                          std::filesystem::path(request.file).filename().string(), read.sha256);
  const auto add = [&](const std::string& words, const std::string& text) {
    if (!text.empty()) card.note += "\n" + words + text + ".";
  };
  add("Columns: ", renamed_text(read.cube, table.columns()));
  add("Cells with a symbol, column status: ", symbols_text(table.tally(), facts));
  const std::size_t left_out = read.cube.cells() - table.tally().rows;
  if (left_out > 0) add("Cells that the publisher leaves out: ", std::to_string(left_out));
  for (const std::string& note : facts.notes) card.note += fmt::format("\n{}", note);
  return card;
}

void refuse_itself(const ImportRequest& request, const std::filesystem::path& output) {
  std::error_code none_there;
  if (!std::filesystem::equivalent(request.file, output, none_there)) return;
  throw Error(Fault::scenario, Mistake{{output.string(), 0, 0},
                                       "this is the file that is imported",
                                       "name another file: -o FILE.csv"});
}

}  // namespace

ReadFile read_publisher_file(const ImportRequest& request, CubeSink& sink) {
  if (!is_json(request.file)) return read_px(request, sink);
  refuse_px_options(request);
  return read_json_stat(request.file, sink, request.stop);
}

Imported import_table(const ImportRequest& request) {
  refuse_itself(request, request.output);
  Imported imported;
  imported.card = card_file(request.output.string());
  store::TextFile csv(store::file_target(request.output, {".csv"}));
  store::TextFile card(store::file_target(imported.card, {".toml"}));
  InputTable table(csv, request.names);
  const ReadFile read = read_publisher_file(request, table);
  card.add(card_text(card_of(request, read, table)));
  csv.finish();
  card.finish();
  imported.tally = table.tally();
  imported.doubts = table.doubts();
  for (const InputColumn& column : table.columns()) imported.columns.push_back(column.name);
  return imported;
}

}  // namespace kohort::exchange
