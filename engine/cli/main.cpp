// The command line: flags to arguments, errors to exit codes.
#include <array>
#include <cerrno>
#include <cstdio>
#include <functional>
#include <system_error>

#include <CLI/CLI.hpp>

#include "engine/cli/commands.hpp"
#include "engine/cli/terminal.hpp"
#include "engine/run/version.hpp"

namespace {

using kohort::cli::Exit;
using Command = std::function<Exit()>;

void add_run(CLI::App& app, Command& chosen) {
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
  command->callback([arguments, &chosen] { chosen = [arguments] { return run(*arguments); }; });
}

void add_validate(CLI::App& app, Command& chosen) {
  auto scenarios = std::make_shared<std::vector<std::string>>();
  CLI::App* command = app.add_subcommand("validate", "report every mistake of scenarios");
  command->add_option("scenarios", *scenarios, "scenario files")->required();
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
  auto result = std::make_shared<std::string>();
  CLI::App* command = app.add_subcommand("info", "what a result holds and how it was made");
  command->add_option("result", *result, "result file (HDF5)")->required();
  command->callback(
      [result, &chosen] { chosen = [result] { return kohort::cli::show(*result); }; });
}

}  // namespace

int main(int argc, char** argv) {
  CLI::App app{"Kohort: cohort projections of population, care and workforce by municipality"};
  app.name("kohort");
  app.require_subcommand(1);
  app.set_version_flag("--version", std::string(kohort::program_version()) + " (" +
                                        std::string(kohort::git_commit()) + ")");
  Command chosen;
  add_run(app, chosen);
  add_validate(app, chosen);
  add_parameters(app, chosen);
  add_diff(app, chosen);
  add_new(app, chosen);
  add_info(app, chosen);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? 0 : static_cast<int>(Exit::wrong_scenario);
  }
  try {
    const Exit exit = chosen();
    if (std::fflush(stdout) != 0) {
      throw std::system_error(errno, std::generic_category(), "writing to standard output");
    }
    return static_cast<int>(exit);
  } catch (const std::exception& error) {
    return static_cast<int>(kohort::cli::report(error));
  }
}
