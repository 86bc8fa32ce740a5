#include <fmt/format.h>

#include "engine/cli/commands.hpp"
#include "engine/cli/terminal.hpp"
#include "engine/hindcast/hindcast.hpp"
#include "engine/run/scenario_run.hpp"

namespace kohort::cli {

Exit validate(const std::vector<std::string>& scenarios) {
  Exit outcome = Exit::done;
  for (const std::string& scenario : scenarios) {
    try {
      if (hindcast::is_plan(scenario)) {
        const hindcast::Plan plan = hindcast::read_plan(scenario);
        hindcast::check_plan(plan, {});
        fmt::print("{}: sound (a hindcast of {} runs)\n", scenario, plan.runs.size());
        continue;
      }
      const ScenarioRun run(scenario, {});
      fmt::print("{}: sound ({} areas, {} to {}, {} tables)\n", scenario, run.frame().areas.size(),
                 run.frame().base_year.value(), run.frame().end_year().value(), run.plan().tables);
    } catch (const std::exception& error) {
      // Whatever it was, the scenarios after it are looked at too.
      report(error);
      outcome = Exit::wrong_scenario;
    }
  }
  return outcome;
}

}  // namespace kohort::cli
