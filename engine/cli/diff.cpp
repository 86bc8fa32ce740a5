#include <fmt/format.h>

#include "engine/cli/commands.hpp"
#include "engine/cli/terminal.hpp"
#include "engine/input/scenario_difference.hpp"
#include "engine/run/parameters.hpp"
#include "engine/scenario/read.hpp"

namespace kohort::cli {
namespace {

std::string side_text(const char* mark, const ComparedValue& side) {
  if (side.value.empty()) return fmt::format("  {} not given\n", mark);
  return fmt::format("  {} {}{}{}\n", mark, side.value, side.origin.empty() ? "" : "  # ",
                     side.origin);
}

std::string rows_text(const char* mark, const ComparedTable& table) {
  return fmt::format("    {} {} of {} rows only here, sha256 {}\n", mark,
                     count_text(static_cast<double>(table.rows_only)),
                     count_text(static_cast<double>(table.rows)), table.sha256);
}

}  // namespace

Exit diff(const std::string& first, const std::string& second) {
  const Catalogue catalogue = full_catalogue();
  const auto found = differences(read_scenario(first, {}, catalogue),
                                 read_scenario(second, {}, catalogue), catalogue);
  std::string text = fmt::format("- {}\n+ {}\n", first, second);
  for (const ParameterDifference& one : found) {
    const std::string unit = one.unit.empty() ? "" : " [" + one.unit + "]";
    text += fmt::format("\n{}{}\n", one.name, unit);
    text += side_text("-", one.first) + side_text("+", one.second);
    if (one.tables) text += rows_text("-", one.tables->first) + rows_text("+", one.tables->second);
  }
  fmt::print("{}\n{}\n", text,
             found.empty()       ? "no parameter differs"
             : found.size() == 1 ? "1 difference"
                                 : fmt::format("{} differences", found.size()));
  return Exit::done;
}

}  // namespace kohort::cli
