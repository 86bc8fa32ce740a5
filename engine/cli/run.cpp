#include <chrono>
#include <filesystem>

#include <fmt/format.h>

#include "engine/base/error.hpp"
#include "engine/cli/commands.hpp"
#include "engine/cli/interrupt.hpp"
#include "engine/cli/ranks.hpp"
#include "engine/cli/terminal.hpp"
#include "engine/cli/threads.hpp"
#include "engine/run/room.hpp"
#include "engine/run/scenario_run.hpp"
#include "engine/store/target.hpp"
#include "engine/threads/parallel.hpp"

namespace kohort::cli {
namespace {

namespace fs = std::filesystem;

/// Before the computing starts it is known whether the result can be written.
fs::path output_of(const RunArguments& arguments) {
  fs::path output = arguments.output;
  if (output.empty()) output = fs::path(arguments.scenario).stem().string() + ".h5";
  store::result_target(output);
  return output;
}

/// The same of the file for the estimates, which cannot be that of the result.
void check_freeze(const RunArguments& arguments, const fs::path& output) {
  if (arguments.freeze.empty()) return;
  const fs::path frozen = store::result_target(arguments.freeze);
  if (arguments.no_result || frozen != store::result_target(output)) return;
  throw Error(Fault::scenario, Mistake{{"--freeze", 0, 0},
                                       "the estimates and the result have the same name",
                                       "name another file"});
}

/// What a run has read is never replaced by what it writes.
void check_inputs(const ScenarioRun& run, const fs::path& output) {
  if (output.empty()) return;
  const fs::path target = store::result_target(output);
  for (const InputRecord& input : run.inputs()) {
    std::error_code none_there;
    if (!fs::equivalent(target, input.file, none_there)) continue;
    throw Error(Fault::scenario,
                Mistake{{output.string(), 0, 0},
                        fmt::format("the run reads this file ({}), and would write over it",
                                    input.parameter),
                        "name another file: -o RESULT.h5, --freeze ESTIMATES.h5"});
  }
}

double seconds_since(std::chrono::steady_clock::time_point started) {
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - started).count();
}

/// `reading` is what it took a processor to come here, which the run itself must do again.
void print_plan(const ScenarioRun& run, double reading) {
  const Plan plan = run.plan();
  fmt::print("{} areas, {} cells, {} intervals to {}, {} draw(s): {} cell-years\n", plan.areas,
             count_text(static_cast<double>(plan.cells)), plan.intervals,
             run.frame().end_year().value(), plan.draws,
             count_text(static_cast<double>(plan.cell_years)));
  if (plan.variants > 0) {
    fmt::print(
        "uncertain effects on parameters are drawn as {} value(s), for each of which all is "
        "read and fitted again\n",
        plan.variants);
  }
  fmt::print("{} tables read; memory about {}, disk about {} before compression\n", plan.tables,
             bytes_in_words(plan.memory), bytes_in_words(plan.disk));
  const Expectation expected = run.expect();
  fmt::print(
      "expected time {:.1f} s on {} thread(s) that nothing else uses: {:.1f} s to read and fit, as "
      "just now; {:.1f} s of a processor to compute and {:.1f} s to write, measured on some of "
      "it\n",
      reading + expected.on(run.threads()), run.threads(), reading, expected.computing,
      expected.writing);
}

/// Projects this rank's draws. The writing rank shows how far all are, and writes the result.
void project(const ScenarioRun& run, const RunArguments& arguments, const Communicator& ranks,
             const ResultPlace& place) {
  ProgressDisplay display(fs::path(arguments.scenario).stem().string(),
                          ranks.writes() ? arguments.progress : "never");
  run.project_to(place,
                 {[&](const Progress& progress) { display.update(progress.done, progress.total); },
                  place.stop});
}

}  // namespace

Exit run(const RunArguments& arguments, const Communicator& ranks) {
  const InterruptGuard interrupt;
  const ThreadLimit limit(threads_of(arguments.threads));
  const auto started = std::chrono::steady_clock::now();
  const bool result = ranks.writes() && !arguments.no_result;
  const fs::path output = result ? output_of(arguments) : fs::path();
  check_freeze(arguments, output);
  ScenarioRun run(arguments.scenario,
                  overrides_of(arguments.overrides, arguments.draws, arguments.seed),
                  interrupt.token());
  check_inputs(run, output);
  check_inputs(run, arguments.freeze);
  share_draws(run, ranks, arguments.threads);
  if (arguments.dry_run) {
    if (!ranks.writes()) return Exit::done;
    print_plan(run, process_seconds());
    require_room(run, room_for(output));
    return Exit::done;
  }
  if (!arguments.freeze.empty() && ranks.writes()) {
    run.freeze(arguments.freeze);
    fmt::print("{}: what was fitted from history\n", arguments.freeze);
  }
  if (arguments.no_result) return Exit::done;
  project(run, arguments, ranks, {output, interrupt.token()});
  if (!ranks.writes()) return Exit::done;
  fmt::print("{}: {} areas to {} in {:.2f} s\n", output.string(), run.frame().areas.size(),
             run.frame().end_year().value(), seconds_since(started));
  return Exit::done;
}

}  // namespace kohort::cli
