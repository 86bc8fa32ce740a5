#include <algorithm>
#include <cmath>
#include <iterator>

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <nlohmann/json.hpp>

#include "engine/base/error.hpp"
#include "engine/cli/append.hpp"
#include "engine/cli/batch_table.hpp"
#include "engine/cli/commands.hpp"
#include "engine/cli/info_workforce.hpp"
#include "engine/cli/terminal.hpp"
#include "engine/store/reader.hpp"

namespace kohort::cli {
namespace {

using store::Reader;

[[noreturn]] void refuse(const Reader& reader, const std::string& what) {
  throw Error(Fault::storage, Mistake{{reader.file(), 0, 0},
                                      "this is no Kohort result: " + what,
                                      "name one that a run has written"});
}

template <class Label>
std::vector<Label> labels(const Reader& reader, const std::string& name) {
  if (!reader.has(name)) refuse(reader, "it has no scale '" + name + "'");
  const store::Labels labels = reader.labels(name);
  if (const auto* list = std::get_if<std::vector<Label>>(&labels)) return *list;
  refuse(reader, "the scale '" + name + "' is of another type");
}

/// Where sums stand.
const std::string summary = "summary/";

std::string attribute(const store::Dataset& dataset, const std::string& name) {
  for (const auto& [key, value] : dataset.attributes) {
    if (key == name) return std::get<std::string>(value);
  }
  return "";
}

void add_origin(std::string& text, const Reader& reader) {
  append(text, "{}\n", reader.text("title").value_or(""));
  append(text, "  made by kohort {} ({}), format {}\n",
         reader.text("program_version").value_or("?"), reader.text("git_commit").value_or("?"),
         reader.number("kohort_format").value_or(0));
  append(text, "  draws {}, seed {}\n", reader.number("draws").value_or(0),
         reader.number("seed").value_or(0));
  append(text, "  content {}\n", reader.text("content_sha256").value_or("?"));
}

void add_datasets(std::string& text, const Reader& reader) {
  append(text, "\nholds\n");
  for (const std::string& path : reader.datasets()) {
    if (path.find('/') == std::string::npos) continue;  // texts along an axis
    if (path.starts_with(summary)) continue;
    const store::Dataset dataset = reader.describe(path);
    append(text, "  {:<36} [{}] {} ({})\n", path, fmt::join(dataset.axes, ", "),
           attribute(dataset, "long_name"), attribute(dataset, "basis"));
  }
}

/// The sums: of what, and by which groups.
void add_summary(std::string& text, const Reader& reader) {
  if (!reader.has(summary + "population/persons")) return;  // a result of an earlier version
  std::vector<std::string> names;
  for (const std::string& path : reader.datasets()) {
    if (path.starts_with(summary)) names.push_back(path.substr(summary.size()));
  }
  const auto areas = labels<std::string>(reader, "summary_area");
  const auto kinds = labels<std::string>(reader, "summary_area_kind");
  if (kinds.size() != areas.size()) refuse(reader, "there are more areas than kinds, or fewer");
  std::vector<std::string> together;
  for (std::size_t at = 0; at < areas.size(); ++at) {
    if (kinds[at] == "group" || kinds[at] == "all") together.push_back(areas[at]);
  }
  append(text, "\nsums and indicators, summary/...\n  of {}\n", fmt::join(names, ", "));
  append(text, "  by area and for {}\n", fmt::join(together, ", "));
  append(text, "  ages {}\n", fmt::join(labels<std::string>(reader, "summary_age"), ", "));
}

/// How probable it is that each threshold is passed, in the last year and by then.
void add_thresholds(std::string& text, const Reader& reader) {
  const std::string passed = "thresholds/probability";
  if (!reader.has(passed)) return;
  const auto names = labels<std::string>(reader, "threshold");
  const auto years = labels<std::int32_t>(reader, "year");
  const std::vector<double> in_year = reader.values(passed);
  const std::vector<double> by_then = reader.values(passed + "_by_then");
  if (in_year.size() != names.size() * years.size() || by_then.size() != in_year.size()) {
    refuse(reader, passed + " does not run along threshold and year");
  }
  append(text, "\nprobability of passing a threshold in {}, and by then\n", years.back());
  for (std::size_t at = 0; at < names.size(); ++at) {
    const std::size_t last = (at + 1) * years.size() - 1;
    append(text, "  {:<36} {:>6.1f} % {:>6.1f} %\n", names[at], 100.0 * in_year[last],
           100.0 * by_then[last]);
  }
}

/// Along the axis of goals.
template <class Value>
std::vector<Value> of_goals(const Reader& reader, const std::string& name, std::size_t goals) {
  std::vector<Value> values = labels<Value>(reader, name);
  if (values.size() != goals) refuse(reader, name + " does not run along goal");
  return values;
}

/// The year by which half of the draws have reached a goal.
std::string reached_text(double year) {
  return std::isnan(year) ? "never" : fmt::format("{:.0f}", year);
}

/// When each goal is reached, how probable it is that it is met, and by how much it is missed.
void add_goals(std::string& text, const Reader& reader) {
  const std::string path = "goals/";
  if (!reader.has(path + "probability")) return;
  const auto names = labels<std::string>(reader, "goal");
  const auto sides = of_goals<std::string>(reader, "goal_side", names.size());
  const auto bounds = of_goals<double>(reader, "goal_bound", names.size());
  const auto years = of_goals<std::int32_t>(reader, "goal_year", names.size());
  const auto figures = [&](const std::string& name) {
    std::vector<double> values = reader.values(path + name);
    if (values.size() != names.size()) refuse(reader, path + name + " does not run along goal");
    return values;
  };
  const std::vector<double> reached = figures("first_year");
  const std::vector<double> never = figures("never_reached");
  const std::vector<double> met = figures("probability");
  const std::vector<double> missed = figures("shortfall");
  append(text, "\n{:<40}{:>23}{:>8}{:>9}{:>8}{:>11}\n", "goals", "bound", "reached", "never", "met",
         "missed by");
  for (std::size_t at = 0; at < names.size(); ++at) {
    const std::string bound = fmt::format(
        "{} {:.6g} in {}", sides[at] == "at_least" ? ">=" : "<=", bounds[at], years[at]);
    append(text, "  {:<38}{:>23}{:>8}{:>7.1f} %{:>6.1f} %{:>11.5g}\n", names[at], bound,
           reached_text(reached[at]), 100.0 * never[at], 100.0 * met[at], missed[at]);
  }
}

/// Persons by year and area.
std::vector<double> totals(const Reader& reader, std::size_t years, std::size_t areas) {
  const std::string path = "population/persons";
  if (!reader.has(path)) refuse(reader, "it has no " + path);
  const std::vector<std::size_t> lengths = reader.lengths(path);
  if (lengths.size() < 2 || lengths[0] != years || lengths[1] != areas || years * areas == 0) {
    refuse(reader, path + " does not run along year and area");
  }
  const std::vector<double> values = reader.values(path);
  std::vector<double> sums(years * areas);
  const std::size_t cells = values.size() / sums.size();
  for (std::size_t at = 0; at < values.size(); ++at) sums[at / cells] += values[at];
  return sums;
}

/// The population of groups of areas, which stand behind the areas, in the years shown.
void add_groups(std::string& text, const Reader& reader, const std::vector<std::size_t>& shown,
                std::size_t areas) {
  const std::string path = summary + "population/persons";
  if (!reader.has(path)) return;
  const auto names = labels<std::string>(reader, "summary_area");
  const std::vector<std::size_t> lengths = reader.lengths(path);
  const std::vector<double> values = reader.values(path);
  if (lengths.size() != 4 || lengths[0] <= shown.back() || lengths[1] != names.size() ||
      values.empty()) {
    refuse(reader, path + " does not run along summary_area, summary_age and summary_sex");
  }
  const std::size_t cells = lengths[2] * lengths[3];  // the last is of all ages and sexes
  for (std::size_t area = areas; area < names.size(); ++area) {
    append(text, "  {:<32}  ", names[area]);
    for (const std::size_t year : shown) {
      append(text, "{:>12}", count_text(values.at((year * names.size() + area + 1) * cells - 1)));
    }
    append(text, "\n");
  }
}

/// The population of each area in a few years of the projection.
void add_population(std::string& text, const Reader& reader) {
  const auto years = labels<std::int32_t>(reader, "year");
  const auto codes = labels<std::string>(reader, "area");
  const auto names = labels<std::string>(reader, "area_name");
  if (names.size() != codes.size()) refuse(reader, "there are more areas than names, or fewer");
  const std::vector<double> sums = totals(reader, years.size(), codes.size());
  constexpr std::size_t most_areas = 40;
  const std::size_t columns = std::min<std::size_t>(years.size(), 6);
  std::vector<std::size_t> shown;
  for (std::size_t column = 0; column < columns; ++column) {
    shown.push_back(columns == 1 ? 0 : column * (years.size() - 1) / (columns - 1));
  }
  append(text, "\npersons at 31 December{:>14}", "");
  for (const std::size_t year : shown) append(text, "{:>12}", years[year]);
  append(text, "\n");
  for (std::size_t area = 0; area < std::min(codes.size(), most_areas); ++area) {
    append(text, "  {:<8}{:<24}  ", codes[area], names[area]);
    for (const std::size_t year : shown) {
      append(text, "{:>12}", count_text(sums[year * codes.size() + area]));
    }
    append(text, "\n");
  }
  if (codes.size() > most_areas) {
    append(text, "  ... and {} areas more\n", codes.size() - most_areas);
  }
  add_groups(text, reader, shown, codes.size());
}

/// What a file of frozen estimates can be used for.
void add_estimates(std::string& text, const Reader& reader) {
  const auto years = labels<std::int32_t>(reader, "year");
  if (years.empty()) refuse(reader, "its scale 'year' is empty");
  const auto known = reader.number("known_from");
  append(text, "  estimates for {} areas from {} to {}, {}\n",
         labels<std::string>(reader, "area").size(), years.front(), years.back(),
         known ? fmt::format("known from {}", *known) : "not said since when they are known");
}

/// Since when the figures of a table could be known.
std::string known_text(const nlohmann::json& known) {
  if (known.is_null()) return "not said since when they are known";
  if (known.is_string()) return "each year known in that year";
  return "known from " + known.dump();
}

void add_input(std::string& text, const nlohmann::json& input) {
  append(text, "  {}\n", input.at("parameter").get<std::string>());
  append(text, "      {}", input.at("file").get<std::string>());
  const auto column = input.at("value").get<std::string>();
  if (!column.empty()) {
    append(text, ", column {}, {} rows", column, count_text(input.at("rows").get<double>()));
  }
  append(text, "\n");
  append(text, "      {}, {}\n", input.at("basis").get<std::string>(),
         known_text(input.at("known_from")));
  const auto source = input.at("source").get<std::string>();
  if (!source.empty()) append(text, "      {}\n", source);
  append(text, "      sha256 {}\n", input.at("sha256").get<std::string>());
}

void add_intervention(std::string& text, const nlohmann::json& one) {
  const std::string kind = one.contains("shift") ? "shift" : "factor";
  append(text, "  {}: {}, {} {}", one.at("name").get<std::string>(),
         one.at("on").get<std::string>(), kind, one.at(kind).get<double>());
  const auto se = one.at("se").get<double>();
  if (se > 0.0) append(text, " (standard error {})", se);
  if (one.contains("drawn_values")) {
    append(text, ", drawn as {} value(s)", one.at("drawn_values").get<std::size_t>());
  }
  const auto evidence = one.at("evidence").get<std::string>();
  append(text, "\n      {}{}{}\n", one.at("grade").get<std::string>(), evidence.empty() ? "" : ": ",
         evidence);
}

/// An attribute that is a list of entries, and how one is shown.
struct Entries {
  std::string attribute;
  std::string heading;
  void (*add)(std::string& text, const nlohmann::json& entry);
};

/// What the entries say, under a heading; nothing where a result has none.
void add_entries(std::string& text, const Reader& reader, const Entries& entries) {
  const auto all = reader.text(entries.attribute);
  if (!all) return;
  try {
    append(text, "\n{}\n", entries.heading);
    for (const auto& one : nlohmann::json::parse(*all)) entries.add(text, one);
  } catch (const nlohmann::json::exception& error) {
    refuse(reader, "its attribute '" + entries.attribute + "' cannot be read: " + error.what());
  }
}

}  // namespace

Exit show(const std::string& result, std::optional<int> year) {
  const Reader reader(result);
  if (!reader.number("kohort_format")) refuse(reader, "it does not say its format");
  // Whole before it is printed: a file that is no result gives nothing but the error.
  std::string text;
  if (reader.number("kohort_comparison")) {
    append(text, "{}\n  made by kohort {} ({}), rows of figures, measures and parts\n",
           reader.text("title").value_or(""), reader.text("program_version").value_or("?"),
           reader.text("git_commit").value_or("?"));
    add_datasets(text, reader);
    fmt::print("{}", text);
    return Exit::done;
  }
  add_origin(text, reader);
  if (is_batch(reader)) {
    text += batch_page(reader, year);
    add_datasets(text, reader);
    add_entries(text, reader, {"inputs", "made from", add_input});
    fmt::print("{}", text);
    return Exit::done;
  }
  if (year) {
    throw Error(Fault::scenario,
                Mistake{{"--year", 0, 0},
                        result + " is no result of a batch",
                        "leave it out: other results are shown for several years"});
  }
  if (reader.number("kohort_estimates")) {
    add_estimates(text, reader);
  } else {
    add_population(text, reader);
    add_thresholds(text, reader);
    add_goals(text, reader);
    text += workforce_page(reader);
  }
  add_datasets(text, reader);
  add_summary(text, reader);
  add_entries(text, reader, {"interventions", "interventions", add_intervention});
  add_entries(text, reader, {"inputs", "made from", add_input});
  fmt::print("{}", text);
  return Exit::done;
}

}  // namespace kohort::cli
