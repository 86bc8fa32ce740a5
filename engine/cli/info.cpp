#include <algorithm>
#include <numeric>

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <nlohmann/json.hpp>

#include "engine/cli/commands.hpp"
#include "engine/cli/terminal.hpp"
#include "engine/store/reader.hpp"

namespace kohort::cli {
namespace {

using store::Reader;

std::vector<std::string> texts(const Reader& reader, const std::string& name) {
  return std::get<std::vector<std::string>>(reader.labels(name));
}

std::string attribute(const store::Dataset& dataset, const std::string& name) {
  for (const auto& [key, value] : dataset.attributes) {
    if (key == name) return std::get<std::string>(value);
  }
  return "";
}

void print_origin(const Reader& reader) {
  fmt::print("{}\n", reader.text("title").value_or(""));
  fmt::print("  made by kohort {} ({}), format {}\n", reader.text("program_version").value_or("?"),
             reader.text("git_commit").value_or("?"), reader.number("kohort_format").value_or(0));
  fmt::print("  draws {}, seed {}\n", reader.number("draws").value_or(0),
             reader.number("seed").value_or(0));
  fmt::print("  content {}\n", reader.text("content_sha256").value_or("?"));
}

void print_datasets(const Reader& reader) {
  fmt::print("\nholds\n");
  for (const std::string& path : reader.datasets()) {
    if (path.find('/') == std::string::npos) continue;  // texts along an axis
    const store::Dataset dataset = reader.describe(path);
    fmt::print("  {:<36} [{}] {} ({})\n", path, fmt::join(dataset.axes, ", "),
               attribute(dataset, "long_name"), attribute(dataset, "basis"));
  }
}

/// Sums over everything but the first two axes: year and area.
std::vector<double> totals(const Reader& reader, const std::string& path) {
  const std::vector<std::size_t> lengths = reader.lengths(path);
  const std::vector<double> values = reader.values(path);
  std::vector<double> sums(lengths[0] * lengths[1]);
  const std::size_t cells = values.size() / sums.size();
  for (std::size_t at = 0; at < values.size(); ++at) sums[at / cells] += values[at];
  return sums;
}

/// The population of each area in a few years of the projection.
void print_population(const Reader& reader) {
  const auto years = std::get<std::vector<std::int32_t>>(reader.labels("year"));
  const std::vector<std::string> codes = texts(reader, "area");
  const std::vector<std::string> names = texts(reader, "area_name");
  const std::vector<double> sums = totals(reader, "population/persons");
  constexpr std::size_t most_areas = 40;
  const std::size_t columns = std::min<std::size_t>(years.size(), 6);
  std::vector<std::size_t> shown;
  for (std::size_t column = 0; column < columns; ++column) {
    shown.push_back(columns == 1 ? 0 : column * (years.size() - 1) / (columns - 1));
  }
  fmt::print("\npersons at 31 December{:>14}", "");
  for (const std::size_t year : shown) fmt::print("{:>12}", years[year]);
  fmt::print("\n");
  for (std::size_t area = 0; area < std::min(codes.size(), most_areas); ++area) {
    fmt::print("  {:<8}{:<24}  ", codes[area], names[area]);
    for (const std::size_t year : shown) {
      fmt::print("{:>12}", count_text(sums[year * codes.size() + area]));
    }
    fmt::print("\n");
  }
  if (codes.size() > most_areas) fmt::print("  ... and {} areas more\n", codes.size() - most_areas);
}

void print_inputs(const Reader& reader) {
  const auto inputs = nlohmann::json::parse(reader.text("inputs").value_or("[]"));
  fmt::print("\nmade from\n");
  for (const auto& input : inputs) {
    const auto& known = input.at("known_from");
    fmt::print("  {:<40} {} ({}, known from {}, {} rows)\n",
               input.at("parameter").get<std::string>(), input.at("file").get<std::string>(),
               input.at("basis").get<std::string>(),
               known.is_null()     ? "?"
               : known.is_string() ? "their own year"
                                   : known.dump(),
               input.at("rows").get<std::size_t>());
  }
}

}  // namespace

Exit show(const std::string& result) {
  const Reader reader(result);
  print_origin(reader);
  print_population(reader);
  print_datasets(reader);
  print_inputs(reader);
  return Exit::done;
}

}  // namespace kohort::cli
