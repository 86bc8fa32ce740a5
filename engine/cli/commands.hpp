// What each command does, without its flags: main.cpp reads those.
#pragma once

#include <optional>
#include <string>
#include <vector>

namespace kohort::cli {

/// Exit codes, as the contract with users and scripts has them.
enum class Exit {
  done = 0,
  check_failed = 1,
  wrong_scenario = 2,
  wrong_input = 3,
  storage_failed = 4,
  interrupted = 130,
};

struct RunArguments {
  std::string scenario;
  std::string output;  ///< empty: the scenario's name with .h5, in the current folder
  std::optional<long long> draws;
  std::optional<long long> seed;
  std::optional<int> threads;  ///< of the computing, 1 to 1024; none: the program decides
  std::vector<std::string> overrides;
  std::string progress = "auto";  ///< auto, never or json
  std::string freeze;             ///< file for what was fitted from history; empty: none is written
  bool dry_run = false;
  bool no_result = false;  ///< only `freeze` is written
};

/// Projects one scenario into a result file, or prints what that would take. Freezes its estimates
/// where a file for them is named.
Exit run(const RunArguments& arguments);

/// Reports every mistake of the scenarios and of the tables that they name. Gives `wrong_scenario`
/// where there is any, of whatever kind.
Exit validate(const std::vector<std::string>& scenarios);

/// Prints which resolved parameters of two scenarios differ, with both values and where each was
/// set, and by how many rows their tables do. Nothing of the models is made: both need only be
/// well-formed.
Exit diff(const std::string& first, const std::string& second);

/// Writes a starter file for a scenario that extends `base`, which must be sound. Replaces no file.
/// `name` may have a folder, and may leave out `.toml`.
Exit make_scenario(const std::string& name, const std::string& base);

enum class ListFormat { text, markdown, json_schema };

/// Lists the parameters of the scenario format, or of one part of it, or a single one: as text, as
/// the second half of scenarios/FORMAT.md (always all of them), or as a JSON Schema for editors.
/// Throws `Error` (Fault::scenario) where there is no such part.
Exit list_parameters(const std::string& part, ListFormat format);

/// Says what a result holds and how it was made.
Exit show(const std::string& result);

}  // namespace kohort::cli
