#include <algorithm>
#include <filesystem>
#include <optional>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "engine/base/error.hpp"
#include "engine/base/nearest.hpp"
#include "engine/batch/plan.hpp"
#include "engine/cli/commands.hpp"
#include "engine/cli/interrupt.hpp"
#include "engine/cli/sensitivity_table.hpp"
#include "engine/cli/terminal.hpp"
#include "engine/cli/threads.hpp"
#include "engine/sensitivity/rows.hpp"
#include "engine/sensitivity/study.hpp"
#include "engine/store/target.hpp"
#include "engine/store/text_file.hpp"
#include "engine/threads/parallel.hpp"

namespace kohort::cli {
namespace {

namespace fs = std::filesystem;

/// Wider intervals hardly tell which of two numbers matters more. A convention.
constexpr double wide = 0.2;
/// Runs that failed are told one by one up to so many.
constexpr std::size_t most_told = 5;

[[noreturn]] void refuse(const std::string& where, std::string what, std::string remedy) {
  throw Error(Fault::scenario, Mistake{{where, 0, 0}, std::move(what), std::move(remedy)});
}

/// The sample that is asked about: the one named, or the only one that has indicators.
PlanSample sample_of(const SensitivityArguments& arguments) {
  const BatchPlan plan = read_plan(arguments.plan);
  std::vector<PlanSample> samples;
  std::vector<std::string> names;
  for (const PlanSample& sample : plan.samples) {
    if (sample.indicators.empty()) continue;
    samples.push_back(sample);
    names.push_back(sample.name);
  }
  if (names.empty()) {
    refuse(arguments.plan, "no sample of the plan has an indicator",
           "write [[sample.indicator]] in a [[sample]], with a name and a year");
  }
  std::size_t meant = 0;
  if (!arguments.sample.empty()) {
    const auto named = std::find(names.begin(), names.end(), arguments.sample);
    if (named == names.end()) {
      refuse("--sample", fmt::format("no sample '{}' has an indicator", arguments.sample),
             nearest_or_all(arguments.sample, names));
    }
    meant = static_cast<std::size_t>(named - names.begin());
  } else if (names.size() > 1) {
    refuse(arguments.plan, "several samples have indicators",
           fmt::format("name one of them: --sample {}", fmt::join(names, ", --sample ")));
  }
  if (arguments.rows) samples[meant].size = static_cast<std::size_t>(*arguments.rows);
  return samples[meant];
}

/// Where the tables go. Before the computing starts it is known whether they can be written there.
std::optional<fs::path> target_of(const SensitivityArguments& arguments) {
  if (arguments.output.empty()) return std::nullopt;
  const std::string ending = arguments.format == "text" ? ".txt" : "." + arguments.format;
  return store::file_target(arguments.output, {ending});
}

/// Tables that the scenario reads are not written over.
void check_target(const fs::path& target, const Study& study) {
  for (const InputRecord& input : study.run().inputs()) {
    std::error_code none_there;
    if (!fs::equivalent(target, input.file, none_there)) continue;
    refuse(target.string(),
           "the scenario reads this table, and the result would be written over it",
           "name another file");
  }
}

std::string text_of(const std::string& format, const Study& study, const Sensitivity& sensitivity) {
  if (format == "csv") return to_csv(sensitivity);
  return format == "json" ? to_json(study, sensitivity) : table_of(study, sensitivity);
}

/// Says which runs failed, and why.
void tell_failed(const std::vector<FailedRun>& failed) {
  for (std::size_t at = 0; at < std::min(failed.size(), most_told); ++at) {
    const FailedRun& run = failed[at];
    tell(fmt::format("{}, with {}:", run.row ? fmt::format("row {}", *run.row + 1) : "one by one",
                     fmt::join(run.overrides, ", ")));
    for (const Mistake& mistake : run.mistakes) tell(to_string(mistake));
  }
  if (failed.size() > most_told) {
    tell(fmt::format("and {} more runs that failed", failed.size() - most_told));
  }
}

/// What the reader of the tables must know of how sure they are.
void caution(const std::string& plan, const Study& study, const IndicatorSensitivity& indicator) {
  const std::size_t rows = study.sample().size;
  if (indicator.indices.rows < rows) {
    warn({{plan, 0, 0},
          fmt::format("{} of the {} rows of '{}' are left out, since a run of theirs failed or has "
                      "no such figure: what is told is of the rest of the ranges",
                      rows - indicator.indices.rows, rows, indicator.name),
          "write ranges within which the scenario can be run"});
  }
  std::size_t count = 0;
  for (const InputIndices& indices : indicator.indices.inputs) {
    count += (indices.first.width() > wide ? 1U : 0U) + (indices.total.width() > wide ? 1U : 0U);
  }
  if (count == 0) return;
  warn({{plan, 0, 0},
        fmt::format("{} of the {} intervals of '{}' are wider than {}", count,
                    2 * indicator.indices.inputs.size(), indicator.name, wide),
        "more rows make them narrower: --rows"});
}

}  // namespace

Exit sensitivity(const SensitivityArguments& arguments) {
  const InterruptGuard interrupt;
  const ThreadLimit limit(threads_of(arguments.threads));
  const std::optional<fs::path> target = target_of(arguments);
  const Study study(sample_of(arguments), overrides_of({}, arguments.draws, arguments.seed),
                    interrupt.token());
  if (target) check_target(*target, study);
  Sensitivity sensitivity;
  {
    ProgressDisplay display(study.sample().name, arguments.progress, "runs");
    sensitivity =
        study.examine(threads_of(arguments.threads),
                      {[&](std::size_t done, std::size_t total) { display.update(done, total); },
                       interrupt.token()});
  }
  const std::string text = text_of(arguments.format, study, sensitivity);
  if (target) {
    store::TextFile file(*target);
    file.add(text);
    file.finish();
    fmt::print("{}: {} indicator(s) of {} runs\n", arguments.output, sensitivity.indicators.size(),
               study.runs());
  } else {
    fmt::print("{}", text);
  }
  tell_failed(sensitivity.failed);
  for (const IndicatorSensitivity& indicator : sensitivity.indicators) {
    caution(arguments.plan, study, indicator);
  }
  return sensitivity.failed.empty() ? Exit::done : exit_of(sensitivity.failed.front().fault);
}

}  // namespace kohort::cli
