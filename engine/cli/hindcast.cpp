#include "engine/hindcast/hindcast.hpp"

#include <filesystem>
#include <memory>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "engine/base/digest.hpp"
#include "engine/base/file.hpp"
#include "engine/cli/commands.hpp"
#include "engine/cli/hindcast_table.hpp"
#include "engine/cli/interrupt.hpp"
#include "engine/cli/terminal.hpp"
#include "engine/cli/threads.hpp"
#include "engine/compare/comparison_file.hpp"
#include "engine/compare/rows.hpp"
#include "engine/hindcast/chart.hpp"
#include "engine/run/version.hpp"
#include "engine/scenario/layers.hpp"
#include "engine/store/target.hpp"
#include "engine/store/text_file.hpp"
#include "engine/threads/parallel.hpp"

namespace kohort::cli {
namespace {

namespace fs = std::filesystem;

fs::path output_of(const HindcastArguments& arguments) {
  fs::path output = arguments.output;
  if (output.empty()) output = fs::path(arguments.plan).stem().string() + ".h5";
  store::result_target(output);
  if (!arguments.chart.empty()) store::text_target(arguments.chart, hindcast::chart_mark);
  return output;
}

/// Which program made the file, and of what.
store::Attributes about(const hindcast::Plan& plan, const hindcast::Hindcast& hindcast) {
  nlohmann::ordered_json inputs = nlohmann::ordered_json::array();
  for (const hindcast::Judgement& run : hindcast.runs) {
    inputs.push_back({{"name", run.run.scenario.filename().string()},
                      {"title", run.title},
                      {"method", run.method},
                      {"given", run.given},
                      {"launch", run.run.launch},
                      {"content_sha256", run.content_sha256}});
  }
  const auto add_table = [&](const char* role, const hindcast::TableSource& table) {
    inputs.push_back({{"name", fs::path(table.file).filename().string()},
                      {"role", role},
                      {"sha256", sha256(read_file(table.file).text.value_or(""))}});
  };
  for (const auto& table : plan.outturns) add_table("outturn", table);
  for (const auto& table : plan.history) add_table("history", table);
  for (const auto& source : plan.published) add_table("published", source.table);
  for (const auto& source : plan.flows) add_table("flow", source.table);
  return {{"title", "Hindcast: " + plan.title},
          {"program_version", std::string(program_version())},
          {"git_commit", std::string(git_commit())},
          {"inputs", inputs.dump()}};
}

/// Shows how far the runs have come, one after the other.
class RunsDisplay {
 public:
  explicit RunsDisplay(std::string mode) : mode_(std::move(mode)) {}

  void update(const hindcast::RunSpec& run, const Progress& progress) {
    const std::string name = fmt::format("{} {}", run.method, run.launch);
    if (name != name_) display_ = std::make_unique<ProgressDisplay>(name, mode_);
    name_ = name;
    display_->update(progress.done, progress.total);
  }
  void finish() { display_.reset(); }

 private:
  std::string mode_;
  std::string name_;
  std::unique_ptr<ProgressDisplay> display_;
};

void write_chart(const HindcastArguments& arguments, const hindcast::Hindcast& hindcast,
                 const std::string& title) {
  if (arguments.chart.empty()) return;
  store::TextFile text(store::text_target(arguments.chart, hindcast::chart_mark));
  text.add(hindcast::chart(hindcast, title));
  text.finish();
}

}  // namespace

Exit hindcast(const HindcastArguments& arguments) {
  const InterruptGuard interrupt;
  const ThreadLimit limit(threads_of(arguments.threads));
  const fs::path output = output_of(arguments);
  const hindcast::Plan plan = hindcast::read_plan(arguments.plan);
  const hindcast::RunWish wish{arguments.draws, arguments.seed, threads_of(arguments.threads),
                               store::result_target(output)};
  RunsDisplay display(arguments.progress);
  const hindcast::Hindcast found =
      hindcast::run_hindcast(plan, wish,
                             {[&](const hindcast::RunSpec& run, const Progress& progress) {
                                display.update(run, progress);
                              },
                              interrupt.token()});
  display.finish();
  compare::write_comparisons(output, about(plan, found), found.comparisons);
  write_chart(arguments, found, plan.title);
  switch (arguments.format) {
    case CompareFormat::csv:
      fmt::print("{}", compare::to_csv(found.comparisons));
      break;
    case CompareFormat::json:
      fmt::print("{}", compare::to_json(found.comparisons));
      break;
    case CompareFormat::text:
      fmt::print("{}\n{}\n{}: figures, measures and parts\n", plan.title, table_of(found),
                 output.string());
      break;
  }
  return Exit::done;
}

}  // namespace kohort::cli
