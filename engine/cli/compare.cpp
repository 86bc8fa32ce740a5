#include "engine/compare/compare.hpp"

#include <algorithm>
#include <filesystem>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "engine/base/error.hpp"
#include "engine/cli/batch_table.hpp"
#include "engine/cli/commands.hpp"
#include "engine/cli/compare_table.hpp"
#include "engine/compare/comparison_file.hpp"
#include "engine/compare/decompose.hpp"
#include "engine/compare/rows.hpp"
#include "engine/run/version.hpp"
#include "engine/store/target.hpp"

namespace kohort::cli {
namespace {

using compare::Comparison;
using compare::Result;

[[noreturn]] void refuse(const std::string& option, const std::string& what,
                         const std::string& remedy) {
  throw Error(Fault::scenario, Mistake{{option, 0, 0}, what, remedy});
}

/// "a=b" as two texts.
std::pair<std::string, std::string> split(const std::string& option, const std::string& text) {
  const std::size_t at = text.find('=');
  if (at == std::string::npos || at == 0 || at + 1 == text.size()) {
    refuse(option, fmt::format("found '{}'", text), "write two names with = between them");
  }
  return {text.substr(0, at), text.substr(at + 1)};
}

compare::Wanted wanted_of(const CompareArguments& arguments) {
  compare::Wanted wanted{
      arguments.variables, arguments.ages,          arguments.sexes, arguments.years, {},
      arguments.common,    arguments.any_definition};
  for (const std::string& text : arguments.areas) wanted.areas.push_back(split("--area", text));
  for (const std::string& ages : arguments.ages) {
    if (!compare::span_of(ages)) {
      refuse("--ages", fmt::format("'{}' are no ages", ages), "write them like 65-79 or 80+");
    }
  }
  return wanted;
}

std::vector<Comparison> against_table(const CompareArguments& arguments,
                                      const std::vector<Result>& results) {
  compare::ReferenceOptions options{arguments.value, "", {}};
  for (const std::string& text : arguments.columns) options.columns.insert(split("--column", text));
  if (arguments.variables.size() == 1) options.variable = arguments.variables.front();
  const compare::Reference reference = compare::read_reference(arguments.reference, options);
  std::vector<Comparison> comparisons;
  for (const Result& result : results) {
    for (Comparison& one : compare::compare(reference, result, wanted_of(arguments))) {
      comparisons.push_back(std::move(one));
    }
  }
  return comparisons;
}

std::vector<Comparison> against_first(const CompareArguments& arguments,
                                      const std::vector<Result>& results) {
  if (results.size() < 2) {
    refuse("compare", "there is one result and nothing to hold it against",
           "name another result, or a table: --reference FILE.csv");
  }
  std::vector<Comparison> comparisons;
  for (std::size_t at = 1; at < results.size(); ++at) {
    Comparison one = compare::compare(results.front(), results[at], wanted_of(arguments));
    if (arguments.decompose) {
      const compare::ScenarioChanges changes(results.front(), results[at]);
      one.decompositions = compare::decompose(results.front(), results[at], changes, one);
      one.assumptions = changes.assumptions();
      one.assumptions_in_level = changes.anything_learnt() && changes.any_in_the_level();
    }
    comparisons.push_back(std::move(one));
  }
  return comparisons;
}

/// Which program made the file, and of what.
store::Attributes about(const CompareArguments& arguments, const std::vector<Result>& results) {
  nlohmann::ordered_json inputs = nlohmann::ordered_json::array();
  for (const Result& result : results) {
    inputs.push_back({{"name", std::filesystem::path(result.file()).filename().string()},
                      {"title", result.title()},
                      {"content_sha256", result.reader().text("content_sha256").value_or("")}});
  }
  std::string title = "Comparison of results";
  if (!arguments.reference.empty()) {
    title += " with " + std::filesystem::path(arguments.reference).filename().string();
  }
  return {{"title", title},
          {"program_version", std::string(program_version())},
          {"git_commit", std::string(git_commit())},
          {"inputs", inputs.dump()}};
}

/// What is compared is never replaced by what comes of it.
void check_output(const CompareArguments& arguments) {
  if (arguments.output.empty()) return;
  const std::filesystem::path target = store::result_target(arguments.output);
  for (const std::string& result : arguments.results) {
    std::error_code none_there;
    if (!std::filesystem::equivalent(target, result, none_there)) continue;
    refuse("-o", fmt::format("{} is one of the results that are compared", result),
           "name another file");
  }
}

void print(CompareFormat format, const std::vector<Comparison>& comparisons) {
  switch (format) {
    case CompareFormat::csv:
      fmt::print("{}", compare::to_csv(comparisons));
      return;
    case CompareFormat::json:
      fmt::print("{}", compare::to_json(comparisons));
      return;
    case CompareFormat::text:
      for (const Comparison& comparison : comparisons) fmt::print("{}\n", table_of(comparison));
      return;
  }
}

}  // namespace

Exit compare(const CompareArguments& arguments) {
  check_output(arguments);
  std::vector<Result> results;
  for (const std::string& file : arguments.results) {
    refuse_batch(file);
    results.emplace_back(file);
  }
  const std::vector<Comparison> comparisons = arguments.reference.empty()
                                                  ? against_first(arguments, results)
                                                  : against_table(arguments, results);
  if (!arguments.output.empty()) {
    compare::write_comparisons(arguments.output, about(arguments, results), comparisons);
  }
  print(arguments.format, comparisons);
  return Exit::done;
}

}  // namespace kohort::cli
