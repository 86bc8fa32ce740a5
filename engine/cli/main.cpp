// The command line: flags to arguments, errors to exit codes.
#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdio>
#include <functional>
#include <map>
#include <memory>
#include <sstream>
#include <system_error>
#include <thread>

#include <CLI/CLI.hpp>

#include "engine/cli/commands.hpp"
#include "engine/cli/ranks.hpp"
#include "engine/cli/terminal.hpp"
#include "engine/cli/threads.hpp"
#include "engine/comm/world.hpp"
#include "engine/run/version.hpp"

namespace {

using kohort::cli::Exit;
using Command = std::function<Exit()>;

void add_run(CLI::App& app, Command& chosen, const kohort::Communicator& ranks) {
  auto arguments = std::make_shared<kohort::cli::RunArguments>();
  CLI::App* command = app.add_subcommand("run", "project one scenario");
  command->add_option("scenario", arguments->scenario, "scenario file (TOML)")->required();
  command->add_option("-o,--output", arguments->output, "result file (HDF5)");
  command->add_option("--draws", arguments->draws, "alternative futures to draw");
  command->add_option("--seed", arguments->seed, "seed of the random numbers");
  command->add_option("--threads", arguments->threads, "threads to compute with")
      ->check(CLI::Range(1, 1024));
  command->add_option("--set", arguments->overrides, "key=value: overrides the scenario")
      ->take_all()
      ->allow_extra_args(false);
  command->add_option("--progress", arguments->progress, "how progress is shown")
      ->check(CLI::IsMember({"auto", "never", "json"}))
      ->capture_default_str();
  CLI::Option* freeze = command->add_option(
      "--freeze", arguments->freeze, "file for what is fitted from history, to be used again");
  command->add_flag("--no-result", arguments->no_result, "write only the file of --freeze")
      ->needs(freeze);
  command->add_flag("--dry-run", arguments->dry_run, "read everything, print the plan, stop");
  command->callback([arguments, &chosen, &ranks] {
    chosen = [arguments, &ranks] { return run(*arguments, ranks); };
  });
}

void add_batch(CLI::App& app, Command& chosen, const kohort::Communicator& ranks) {
  auto arguments = std::make_shared<kohort::cli::BatchArguments>();
  CLI::App* command = app.add_subcommand("batch", "run the scenarios of a plan side by side");
  command->add_option("plan", arguments->plan, "plan file (TOML)")->required();
  command->add_option("-o,--output", arguments->output, "result file (HDF5), or a folder for it");
  command->add_option("--draws", arguments->draws,
                      "alternative futures to draw, of every scenario");
  command->add_option("--seed", arguments->seed, "seed of the random numbers of every scenario");
  command->add_option("--threads", arguments->threads, "threads to compute with, in all")
      ->check(CLI::Range(1, 1024));
  command->add_option("--progress", arguments->progress, "how progress is shown")
      ->check(CLI::IsMember({"auto", "never", "json"}))
      ->capture_default_str();
  command->add_option("--part", arguments->part,
                      "I/N: run the scenarios of part I of N and leave them for --resume; 0/N: the "
                      "base alone");
  command->add_flag("--resume", arguments->resume, "go on with what an earlier batch has left");
  command->add_flag("--dry-run", arguments->dry_run, "read everything, print the plan, stop");
  command->callback([arguments, &chosen, &ranks] {
    chosen = [arguments, &ranks] { return batch(*arguments, ranks); };
  });
}

void add_solve(CLI::App& app, Command& chosen) {
  auto arguments = std::make_shared<kohort::cli::SolveArguments>();
  CLI::App* command = app.add_subcommand("solve", "smallest change that meets a goal");
  command->add_option("scenario", arguments->scenario, "scenario file (TOML)")->required();
  command
      ->add_option("--lever", arguments->lever,
                   "the number that is changed: a parameter, or of one block of a list: "
                   "care.lever[0].factor, care.lever[NAME].factor")
      ->required();
  command->add_option("--goal", arguments->goal, "name of a goal of the scenario")->required();
  command->add_option("--from", arguments->from,
                      "least value tried; the parameter's own unless given");
  command->add_option("--to", arguments->to,
                      "greatest value tried; the parameter's own unless given");
  command
      ->add_option("--probability", arguments->probability,
                   "with which the goal is to be met, above 0 and at most 1")
      ->capture_default_str();
  command->add_option("--tolerance", arguments->tolerance,
                      "how finely; a thousandth of what lies between the bounds unless given, "
                      "1 of whole numbers");
  command->add_option("--draws", arguments->draws, "alternative futures to draw");
  command->add_option("--seed", arguments->seed, "seed of the random numbers");
  command->add_option("--threads", arguments->threads, "threads to compute with")
      ->check(CLI::Range(1, 1024));
  command->add_option("-o,--output", arguments->output, "scenario file for the answer (TOML)");
  command->add_option("--progress", arguments->progress, "how progress is shown")
      ->check(CLI::IsMember({"auto", "never", "json"}))
      ->capture_default_str();
  command->callback([arguments, &chosen] { chosen = [arguments] { return solve(*arguments); }; });
}

void add_sensitivity(CLI::App& app, Command& chosen) {
  auto arguments = std::make_shared<kohort::cli::SensitivityArguments>();
  CLI::App* command =
      app.add_subcommand("sensitivity", "which of several numbers move an indicator, and how much");
  command->add_option("plan", arguments->plan, "plan with a sample that has indicators (TOML)")
      ->required();
  command->add_option("--sample", arguments->sample,
                      "name of the sample; needed where several have indicators");
  command
      ->add_option("--rows", arguments->rows, "rows of the design; the sample's size unless given")
      ->check(CLI::Range(2, 100000));
  command->add_option("--draws", arguments->draws, "alternative futures to draw in every run");
  command->add_option("--seed", arguments->seed, "seed of the random numbers of every run");
  command->add_option("--threads", arguments->threads, "runs that are made at once")
      ->check(CLI::Range(1, 1024));
  command->add_option("--format", arguments->format, "how the tables are written")
      ->check(CLI::IsMember({"text", "csv", "json"}))
      ->capture_default_str();
  command->add_option("-o,--output", arguments->output, "file for the tables");
  command->add_option("--progress", arguments->progress, "how progress is shown")
      ->check(CLI::IsMember({"auto", "never", "json"}))
      ->capture_default_str();
  command->callback(
      [arguments, &chosen] { chosen = [arguments] { return sensitivity(*arguments); }; });
}

void add_validate(CLI::App& app, Command& chosen) {
  auto scenarios = std::make_shared<std::vector<std::string>>();
  CLI::App* command = app.add_subcommand("validate", "report every mistake of scenarios and plans");
  command->add_option("scenarios", *scenarios, "scenario and plan files")->required();
  command->callback(
      [scenarios, &chosen] { chosen = [scenarios] { return kohort::cli::validate(*scenarios); }; });
}

void add_parameters(CLI::App& app, Command& chosen) {
  struct Arguments {
    std::string part;
    bool as_markdown = false;
    bool as_json_schema = false;
  };
  auto arguments = std::make_shared<Arguments>();
  CLI::App* command = app.add_subcommand("parameters", "list what a scenario can say");
  command->add_option("part", arguments->part,
                      "only this part, such as population.mortality, or one parameter");
  CLI::Option* markdown =
      command->add_flag("--markdown", arguments->as_markdown, "as in scenarios/FORMAT.md");
  command->add_flag("--json-schema", arguments->as_json_schema, "as a JSON Schema for editors")
      ->excludes(markdown);
  command->callback([arguments, &chosen] {
    chosen = [arguments] {
      using kohort::cli::ListFormat;
      const ListFormat format = arguments->as_markdown      ? ListFormat::markdown
                                : arguments->as_json_schema ? ListFormat::json_schema
                                                            : ListFormat::text;
      return kohort::cli::list_parameters(arguments->part, format);
    };
  });
}

/// An option that takes one value each time that it is given.
template <class Values>
void add_repeated(CLI::App* command, const char* name, Values& values, const char* text) {
  command->add_option(name, values, text)->take_all()->allow_extra_args(false);
}

void add_compare(CLI::App& app, Command& chosen) {
  auto arguments = std::make_shared<kohort::cli::CompareArguments>();
  CLI::App* command = app.add_subcommand("compare", "how results differ, or err");
  command
      ->add_option(
          "results", arguments->results,
          "result files (HDF5); without a table the first is what the others are held against")
      ->required();
  CLI::Option* reference =
      command->add_option("--reference", arguments->reference, "table (CSV) to hold them against");
  command->add_option("--value", arguments->value, "the table's column of figures")
      ->needs(reference);
  add_repeated(command, "--column", arguments->columns,
               "NAME=COLUMN: the table calls the column NAME otherwise");
  add_repeated(command, "--area", arguments->areas,
               "LABEL=LABEL: what an area of the table, or the first result, is in the others");
  add_repeated(command, "--variable", arguments->variables,
               "only this, such as population/persons");
  add_repeated(command, "--ages", arguments->ages, "these ages, such as 65-79 or 80+");
  add_repeated(command, "--sex", arguments->sexes, "only female, male or both");
  add_repeated(command, "--year", arguments->years, "only this year");
  command->add_flag("--common", arguments->common, "leave out what only one side has");
  command->add_flag("--any-definition", arguments->any_definition,
                    "compare users though they are counted by other definitions");
  command
      ->add_flag("--decompose", arguments->decompose,
                 "in parts: base population, births, deaths, migration; of care size, ages, rates, "
                 "definitions; and what is new: base figures, rates, assumptions")
      ->excludes(reference);
  auto csv = std::make_shared<bool>(false);
  auto json = std::make_shared<bool>(false);
  CLI::Option* as_csv = command->add_flag("--csv", *csv, "as CSV, one value a row");
  command->add_flag("--json", *json, "as JSON")->excludes(as_csv);
  command->add_option("-o,--output", arguments->output, "file (HDF5) to write as well");
  command->callback([arguments, csv, json, &chosen] {
    using kohort::cli::CompareFormat;
    arguments->format = *csv    ? CompareFormat::csv
                        : *json ? CompareFormat::json
                                : CompareFormat::text;
    chosen = [arguments] { return kohort::cli::compare(*arguments); };
  });
}

void add_hindcast(CLI::App& app, Command& chosen) {
  using kohort::cli::CompareFormat;
  auto arguments = std::make_shared<kohort::cli::HindcastArguments>();
  CLI::App* command =
      app.add_subcommand("hindcast", "project from past launch years and judge by what happened");
  command->add_option("plan", arguments->plan, "hindcast file (TOML)")->required();
  command->add_option("-o,--output", arguments->output, "file (HDF5) to write");
  command->add_option("--chart", arguments->chart, "picture (SVG) to write as well");
  const std::map<std::string, CompareFormat> formats{
      {"text", CompareFormat::text}, {"csv", CompareFormat::csv}, {"json", CompareFormat::json}};
  command->add_option("--format", arguments->format, "how the table is printed")
      ->transform(CLI::CheckedTransformer(formats));
  command->add_option("--draws", arguments->draws,
                      "alternative futures to draw, of runs that have several");
  command->add_option("--seed", arguments->seed, "seed of the random numbers");
  command->add_option("--threads", arguments->threads, "threads to compute with")
      ->check(CLI::Range(1, 1024));
  command->add_option("--progress", arguments->progress, "how progress is shown")
      ->check(CLI::IsMember({"auto", "never", "json"}))
      ->capture_default_str();
  command->callback(
      [arguments, &chosen] { chosen = [arguments] { return kohort::cli::hindcast(*arguments); }; });
}

void add_diff(CLI::App& app, Command& chosen) {
  auto scenarios = std::make_shared<std::array<std::string, 2>>();
  CLI::App* command = app.add_subcommand("diff", "which resolved parameters of scenarios differ");
  command->add_option("first", (*scenarios)[0], "scenario file (TOML)")->required();
  command->add_option("second", (*scenarios)[1], "scenario file (TOML)")->required();
  command->callback([scenarios, &chosen] {
    chosen = [scenarios] { return kohort::cli::diff((*scenarios)[0], (*scenarios)[1]); };
  });
}

void add_new(CLI::App& app, Command& chosen) {
  struct Arguments {
    std::string name;
    std::string base;
  };
  auto arguments = std::make_shared<Arguments>();
  CLI::App* command = app.add_subcommand("new", "write a commented starter file for a scenario");
  command->add_option("name", arguments->name, "name of the scenario, with a folder if wanted")
      ->required();
  command->add_option("--from", arguments->base, "the scenario that it extends")->required();
  command->callback([arguments, &chosen] {
    chosen = [arguments] { return kohort::cli::make_scenario(arguments->name, arguments->base); };
  });
}

void add_info(CLI::App& app, Command& chosen) {
  struct Arguments {
    std::string result;
    std::optional<int> year;
  };
  auto arguments = std::make_shared<Arguments>();
  CLI::App* command = app.add_subcommand("info", "what a result holds and how it was made");
  command->add_option("result", arguments->result, "result file (HDF5)")->required();
  command->add_option("--year", arguments->year,
                      "of the table of a batch; 2030, or else its last, unless given");
  command->callback([arguments, &chosen] {
    chosen = [arguments] { return kohort::cli::show(arguments->result, arguments->year); };
  });
}

void add_import(CLI::App& app, Command& chosen) {
  auto arguments = std::make_shared<kohort::cli::ImportArguments>();
  CLI::App* command =
      app.add_subcommand("import", "turn a PX or JSON-stat file into an input table");
  command->add_option("file", arguments->file, "PX or JSON-stat 2.0 file")->required();
  command->add_option("-o,--output", arguments->output, "table (CSV); its card lies beside it");
  command->add_option("--lang", arguments->language, "language of the texts of a PX file");
  command->add_option("--encoding", arguments->encoding,
                      "encoding of a PX file that names none or a wrong one");
  command->add_flag("--names", arguments->names, "columns with the texts beside the codes");
  command->add_option("--basis", arguments->basis, "for the card: what the figures are")
      ->check(CLI::IsMember({"observed", "estimated", "assumed"}));
  command->add_option("--known-from", arguments->known_from,
                      "for the card: the year in which the figures became known, or \"year\"");
  command
      ->add_option("--age-definition", arguments->age_definition,
                   "for the card: how ages are counted")
      ->check(CLI::IsMember({"end_of_year", "at_event"}));
  command->callback(
      [arguments, &chosen] { chosen = [arguments] { return import_table(*arguments); }; });
}

void add_bench(CLI::App& app, Command& chosen) {
  auto arguments = std::make_shared<kohort::cli::BenchArguments>();
  arguments->threads = static_cast<int>(kohort::cli::threads_of({}));
  if (arguments->threads == 0) {
    arguments->threads = std::clamp(static_cast<int>(std::thread::hardware_concurrency()), 1, 1024);
  }
  CLI::App* command = app.add_subcommand("bench", "how fast this machine is, on a page");
  command->add_option("--draws", arguments->draws, "draws of the measured ensembles")
      ->check(CLI::Range(1, 1000))
      ->capture_default_str();
  command->add_option("--threads", arguments->threads, "threads up to which scaling is measured")
      ->check(CLI::Range(1, 1024))
      ->capture_default_str();
  command->callback([arguments, &chosen] { chosen = [arguments] { return bench(*arguments); }; });
}

void add_export(CLI::App& app, Command& chosen) {
  auto arguments = std::make_shared<kohort::cli::ExportArguments>();
  CLI::App* command = app.add_subcommand("export", "write a result for the tools of planners");
  command->add_option("result", arguments->result, "result file (HDF5)")->required();
  command->add_option("--to", arguments->format, "kind of file")
      ->required()
      ->check(CLI::IsMember({"csv", "xlsx", "json-stat"}));
  command->add_option("-o,--output", arguments->output, "file; of several tables a folder");
  command->add_option("--table", arguments->tables, "only this table; can be given several times")
      ->take_all()
      ->allow_extra_args(false);
  command->add_option("--lang", arguments->language, "language of headings and labels")
      ->check(CLI::IsMember({"sv", "en"}));
  command->add_option("--labels", arguments->labels, "what stands for regions and the like")
      ->check(CLI::IsMember({"codes", "names", "both"}))
      ->capture_default_str();
  command->add_flag("--decimal-comma", arguments->decimal_comma,
                    "CSV with decimal commas and semicolons");
  command->add_option("--decimals", arguments->decimals, "decimals of figures")
      ->check(CLI::Range(0, 15));
  CLI::Option* suppress =
      command->add_option("--suppress", arguments->suppress, "counts from 1 to this are not shown")
          ->check(CLI::Range(1, 1000));
  command->add_option("--round", arguments->round, "counts are rounded to multiples of this")
      ->check(CLI::Range(2, 1000))
      ->excludes(suppress);
  command->callback(
      [arguments, &chosen] { chosen = [arguments] { return export_result(*arguments); }; });
}

void add_report(CLI::App& app, Command& chosen) {
  auto arguments = std::make_shared<kohort::cli::ReportArguments>();
  CLI::App* command = app.add_subcommand("report", "results as one page with charts and a map");
  command
      ->add_option("files", arguments->files,
                   "result files (HDF5), the scenario to compare with first; and files of compare")
      ->required();
  command->add_option("-o,--output", arguments->output, "page (HTML)")->capture_default_str();
  command->add_option("--lang", arguments->language, "language in which the page opens")
      ->check(CLI::IsMember({"sv", "en"}))
      ->capture_default_str();
  command->add_option("--year", arguments->year,
                      "year in which it opens; 15 years after the base year unless given");
  command->add_option("--boundaries", arguments->boundaries,
                      "outlines of the areas (GeoJSON, property code); Sweden's municipalities "
                      "unless given");
  command->callback(
      [arguments, &chosen] { chosen = [arguments] { return report_results(*arguments); }; });
}

}  // namespace

int main(int argc, char** argv) {
  const std::unique_ptr<kohort::Communicator> ranks = kohort::make_world();
  CLI::App app{"Kohort: cohort projections of population, care and workforce by municipality"};
  app.name("kohort");
  app.require_subcommand(1);
  app.set_version_flag("--version", std::string(kohort::program_version()) + " (" +
                                        std::string(kohort::git_commit()) + ")");
  Command chosen;
  add_run(app, chosen, *ranks);
  add_batch(app, chosen, *ranks);
  add_solve(app, chosen);
  add_sensitivity(app, chosen);
  add_validate(app, chosen);
  add_parameters(app, chosen);
  add_compare(app, chosen);
  add_hindcast(app, chosen);
  add_diff(app, chosen);
  add_new(app, chosen);
  add_info(app, chosen);
  add_import(app, chosen);
  add_export(app, chosen);
  add_report(app, chosen);
  add_bench(app, chosen);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    std::ostringstream nowhere;
    const int code = ranks->writes() ? app.exit(error) : app.exit(error, nowhere, nowhere);
    return code == 0 ? 0 : static_cast<int>(Exit::wrong_scenario);
  }
  return static_cast<int>(kohort::cli::on_ranks(*ranks, [&] {
    const bool shared = app.got_subcommand("run") || app.got_subcommand("batch");
    if (!shared) kohort::cli::require_one_rank(*ranks);
    const Exit exit = chosen();
    if (std::fflush(stdout) != 0) {
      throw std::system_error(errno, std::generic_category(), "writing to standard output");
    }
    return exit;
  }));
}
