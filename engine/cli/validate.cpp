#include <fmt/format.h>

#include "engine/cli/commands.hpp"
#include "engine/cli/terminal.hpp"
#include "engine/run/scenario_run.hpp"

namespace kohort::cli {

Exit validate(const std::vector<std::string>& scenarios) {
  Exit outcome = Exit::done;
  for (const std::string& scenario : scenarios) {
    try {
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
