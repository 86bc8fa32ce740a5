// What each command does, without its flags: main.cpp reads those.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "engine/comm/communicator.hpp"

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

/// What `kohort run` was asked for. What is optional and not given is as the scenario says.
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

/// What `kohort batch` was asked for. Draws and seed, where given, are those of every scenario.
struct BatchArguments {
  std::string plan;
  std::string output;  ///< empty: the plan's name with .h5, in the current folder; or a folder
  std::optional<long long> draws;
  std::optional<long long> seed;
  std::optional<int> threads;  ///< of all scenarios together
  std::string part;            ///< I/N: the scenarios of one of N processes; empty: all
  std::string progress = "auto";
  bool resume = false;
  bool dry_run = false;
};

/// What `kohort solve` was asked for.
struct SolveArguments {
  std::string scenario;
  std::string lever;
  std::string goal;
  std::optional<double> from;  ///< bounds of the lever; none: its range
  std::optional<double> to;
  double probability = 0.8;
  std::optional<double> tolerance;  ///< none: a thousandth of what lies between the bounds
  std::optional<long long> draws;
  std::optional<long long> seed;
  std::optional<int> threads;
  std::string output;  ///< scenario to write with the answer; empty: none
  std::string progress = "auto";
};

/// What `kohort sensitivity` was asked for.
struct SensitivityArguments {
  std::string plan;
  std::string sample;             ///< of several with indicators the one that is meant
  std::optional<long long> rows;  ///< none: the size of the sample
  std::optional<long long> draws;
  std::optional<long long> seed;
  std::optional<int> threads;
  std::string format = "text";  ///< text, csv or json
  std::string output;           ///< file for the tables; empty: standard output
  std::string progress = "auto";
};

/// Projects one scenario into a result file, or prints what that would take. Freezes its estimates
/// where a file for them is named. Of several ranks the writing one does the printing and writing.
Exit run(const RunArguments& arguments, const Communicator& ranks);

/// Runs the scenarios of a plan side by side into one result and prints what they come to, or runs
/// those of one part and leaves them to be brought together, or prints what that would take. Where
/// some fail, gives the exit code of the first that does. Several ranks share the scenarios.
Exit batch(const BatchArguments& arguments, const Communicator& ranks);

/// Finds the smallest change of one number of a scenario that meets one of its goals, and prints
/// what was tried. Gives `check_failed` where the goal is met at neither bound.
Exit solve(const SolveArguments& arguments);

/// Tells by which of the numbers that a plan's sample varies its indicators are moved: Sobol
/// indices and a tornado table. Where runs fail, the exit code is that of the first of them, and
/// what the others tell is printed all the same.
Exit sensitivity(const SensitivityArguments& arguments);

/// Reports every mistake of the scenarios and of the tables that they name, and of plans. Gives
/// `wrong_scenario` where there is any, of whatever kind.
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

/// What `kohort import` was asked for: a PX or JSON-stat file, and what its table is to say of
/// itself.
struct ImportArguments {
  std::string file;
  std::string output;  ///< empty: the file's name with .csv, in the current folder
  std::string language;
  std::string encoding;
  bool names = false;
  std::string basis;           ///< observed, estimated or assumed; empty: the card does not say
  std::string known_from;      ///< a year, or "year"; empty: likewise
  std::string age_definition;  ///< end_of_year or at_event; empty: likewise
};

/// Turns a PX or JSON-stat file into an input table with its card.
Exit import_table(const ImportArguments& arguments);

/// What `kohort export` was asked for.
struct ExportArguments {
  std::string result;
  std::string format;  ///< csv, xlsx or json-stat
  std::string output;  ///< a file, or of several tables a folder; empty: named after the result
  std::vector<std::string> tables;
  std::string language;  ///< sv or en; empty: the names that the result has
  std::string labels = "both";
  bool decimal_comma = false;
  std::optional<int> decimals;
  std::optional<int> suppress;  ///< the largest count that is not shown
  std::optional<int> round;     ///< the base to which counts are rounded
};

/// Writes a result's tables for other tools.
Exit export_result(const ExportArguments& arguments);

enum class CompareFormat { text, csv, json };

/// What `kohort compare` was asked for.
struct CompareArguments {
  std::vector<std::string> results;
  std::string reference;  ///< a table to hold them against; empty: the first of them is that
  std::string value;      ///< column of its figures; empty: `value`
  std::vector<std::string> columns;    ///< NAME=COLUMN, where the table calls a column otherwise
  std::vector<std::string> areas;      ///< STANDARD=RESULT, where an area is called otherwise
  std::vector<std::string> variables;  ///< empty: all that both have
  std::vector<std::string> ages;       ///< likewise
  std::vector<std::string> sexes;      ///< likewise
  std::vector<int> years;              ///< likewise
  bool common = false;                 ///< what only one side has is left out
  bool any_definition = false;         ///< users counted in different ways are compared
  bool decompose = false;              ///< differences of results in their parts
  CompareFormat format = CompareFormat::text;
  std::string output;  ///< file to write as well; empty: none
};

/// Holds results against the first of them, or all against a table: differences and errors.
Exit compare(const CompareArguments& arguments);

/// What `kohort hindcast` was asked for.
struct HindcastArguments {
  std::string plan;
  std::optional<long long> draws;  ///< of the runs that have several; none: as the file says
  std::optional<long long> seed;
  std::optional<int> threads;
  CompareFormat format = CompareFormat::text;
  std::string output;  ///< result; empty: named after the file
  std::string chart;   ///< SVG; empty: none
  std::string progress = "auto";
};

/// Projects from past launch years and judges by what happened, beside naive and published
/// forecasts.
Exit hindcast(const HindcastArguments& arguments);

/// What `kohort report` was asked for.
struct ReportArguments {
  std::vector<std::string> files;  ///< results, and what `compare -o` has written
  std::string output = "report.html";
  std::string language = "sv";  ///< sv or en: in which the page opens
  std::optional<int> year;      ///< in which it opens; none: 15 years on
  std::string boundaries;       ///< GeoJSON of the areas; empty: Sweden's municipalities
};

/// Writes results as one page with charts and a map.
Exit report_results(const ReportArguments& arguments);

/// What `kohort bench` was asked for.
struct BenchArguments {
  int draws = 200;  ///< of the measured ensembles, 1 to 1000
  int threads = 1;  ///< up to which scaling is measured
};

/// Measures what the machine gives, how much of it the kernels use, and how they scale; prints it.
Exit bench(const BenchArguments& arguments);

/// Says what a result holds and how it was made. `year`: of the table of a batch; 2030, or else its
/// last, unless given.
Exit show(const std::string& result, std::optional<int> year = {});

}  // namespace kohort::cli
