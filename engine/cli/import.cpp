#include "engine/exchange/import.hpp"

#include <charconv>
#include <filesystem>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "engine/base/error.hpp"
#include "engine/cli/commands.hpp"
#include "engine/cli/interrupt.hpp"
#include "engine/cli/terminal.hpp"

namespace kohort::cli {
namespace {

namespace fs = std::filesystem;

KnownFrom known_from(const std::string& text) {
  if (text == "year") return {};
  int year = 0;
  const char* const last = text.data() + text.size();
  const auto [end, error] = std::from_chars(text.data(), last, year);
  if (error == std::errc() && end == last) return {year};
  throw Error(Fault::scenario, Mistake{{"--known-from", 0, 0},
                                       fmt::format("found '{}'", text),
                                       "write a year, or year: each row in its own"});
}

TableReference vintage_of(const ImportArguments& arguments) {
  TableReference vintage;
  for (const Basis basis : {Basis::observed, Basis::estimated, Basis::assumed}) {
    if (arguments.basis == to_string(basis)) vintage.basis = basis;
  }
  for (const AgeDefinition ages : {AgeDefinition::end_of_year, AgeDefinition::at_event}) {
    if (arguments.age_definition == to_string(ages)) vintage.age_definition = ages;
  }
  if (!arguments.known_from.empty()) vintage.known_from = known_from(arguments.known_from);
  return vintage;
}

std::string symbols_text(const exchange::Tally& tally) {
  std::vector<std::string> parts;
  for (const auto& [symbol, count] : tally.symbols) {
    parts.push_back(fmt::format("'{}' {}", symbol, count));
  }
  return fmt::format("{}", fmt::join(parts, ", "));
}

}  // namespace

Exit import_table(const ImportArguments& arguments) {
  const InterruptGuard interrupt;
  exchange::ImportRequest request;
  request.stop = interrupt.token();
  request.file = arguments.file;
  request.output = arguments.output;
  if (request.output.empty()) request.output = fs::path(arguments.file).stem().string() + ".csv";
  request.language = arguments.language;
  request.encoding = arguments.encoding;
  request.names = arguments.names;
  request.vintage = vintage_of(arguments);
  const exchange::Imported imported = exchange::import_table(request);
  for (const Mistake& doubt : imported.doubts) warn(doubt);
  const exchange::Tally& tally = imported.tally;
  fmt::print("{}: {} rows by {}; {} figures, sum {}\n", request.output.string(), tally.rows,
             fmt::join(imported.columns, ", "), tally.figures, tally.sum);
  if (!tally.symbols.empty()) fmt::print("  symbols: {}\n", symbols_text(tally));
  fmt::print("  card: {}\n", imported.card.string());
  if (!request.vintage.basis) {
    fmt::print(
        "  the card does not say whether the figures are observed: --basis, or basis in "
        "the scenario\n");
  }
  return Exit::done;
}

}  // namespace kohort::cli
