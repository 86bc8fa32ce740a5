#include <fmt/format.h>

#include "engine/batch/plan.hpp"
#include "engine/cli/commands.hpp"
#include "engine/cli/terminal.hpp"
#include "engine/hindcast/hindcast.hpp"
#include "engine/run/scenario_run.hpp"
#include "engine/sensitivity/study.hpp"

namespace kohort::cli {
namespace {

void check_scenario(const std::string& file) {
  const ScenarioRun run(file, {});
  fmt::print("{}: sound ({} areas, {} to {}, {} tables)\n", file, run.frame().areas.size(),
             run.frame().base_year.value(), run.frame().end_year().value(), run.plan().tables);
}

/// What a plan says, and of samples with indicators their scenario too. `kohort batch --dry-run`
/// reads all the others.
void check_plan(const std::string& file) {
  const BatchPlan plan = read_plan(file);
  Attempts attempts;
  for (const PlanSample& sample : plan.samples) {
    if (!sample.indicators.empty()) attempts.attempt([&] { const Study study(sample, {}); });
  }
  attempts.throw_if_any();
  fmt::print("{}: a sound plan ({} scenarios)\n", file, plan.members.size());
}

void check_hindcast(const std::string& file) {
  const hindcast::Plan plan = hindcast::read_plan(file);
  hindcast::check_plan(plan, {});
  fmt::print("{}: sound (a hindcast of {} runs)\n", file, plan.runs.size());
}

}  // namespace

Exit validate(const std::vector<std::string>& scenarios) {
  Exit outcome = Exit::done;
  for (const std::string& scenario : scenarios) {
    try {
      if (hindcast::is_plan(scenario)) {
        check_hindcast(scenario);
      } else {
        is_plan(scenario) ? check_plan(scenario) : check_scenario(scenario);
      }
    } catch (const std::exception& error) {
      // Whatever it was, the scenarios after it are looked at too.
      report(error);
      outcome = Exit::wrong_scenario;
    }
  }
  return outcome;
}

}  // namespace kohort::cli
