#include "engine/run/solve.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "engine/base/nearest.hpp"
#include "engine/run/parameters.hpp"

namespace kohort {
namespace {

[[noreturn]] void refuse(const char* flag, std::string what, std::string remedy) {
  throw Error(Fault::scenario, Mistake{{flag, 0, 0}, std::move(what), std::move(remedy)});
}

std::size_t number_of_goal(const ScenarioRun& run, const std::string& name) {
  std::vector<std::string> names;
  for (const Goal& goal : run.goals()) {
    if (goal.name == name) return names.size();
    names.push_back(goal.name);
  }
  refuse("--goal", fmt::format("the scenario has no goal '{}'", name),
         names.empty() ? "write a block [[goal]]" : nearest_or_all(name, names));
}

}  // namespace

Solver::Solver(const Question& question, const std::stop_token& stop)
    : question_(question),
      run_(question.scenario, question.overrides, stop),
      lever_(number_setting(run_.settings(), full_catalogue(), question.lever, {"--lever", 0, 0})),
      goal_(number_of_goal(run_, question.goal)),
      task_(make_task()) {}

void Solver::use_threads(std::size_t threads) {
  threads_ = threads;
  run_.use_threads(threads);
}

/// The bounds are those asked for, or the parameter's own range.
LeverTask Solver::make_task() const {
  const Range range = lever_.parameter->range;
  LeverTask task{lever_.value,
                 {question_.from.value_or(range.least), question_.to.value_or(range.most)},
                 1.0,
                 question_.probability};
  const std::string name = lever_.parameter->name;
  for (const auto& [flag, bound] :
       {std::pair{"--from", task.bounds.least}, std::pair{"--to", task.bounds.most}}) {
    if (!std::isfinite(bound)) refuse(flag, name + " has no such bound of its own", "give one");
    if (bound < range.least || bound > range.most) {
      refuse(flag, fmt::format("{:.12g} is out of the range of {}", bound, name),
             "it must be " + allowed(*lever_.parameter));
    }
    if (lever_.whole() && bound != std::floor(bound)) {
      refuse(flag, fmt::format("{:.12g} is no whole number, as {} is", bound, name), "write one");
    }
  }
  if (task.bounds.least > task.start || task.bounds.most < task.start) {
    refuse(task.bounds.least > task.start ? "--from" : "--to",
           fmt::format("the scenario's own value {:.12g} is not between the bounds", task.start),
           "the search starts from it: write bounds on both sides of it, or the value itself");
  }
  const double usual = lever_.whole() ? 1.0 : (task.bounds.most - task.bounds.least) / 1000.0;
  task.step = question_.tolerance.value_or(usual > 0.0 ? usual : 1.0);
  const bool whole_steps = !lever_.whole() || task.step == std::floor(task.step);
  if (!(task.step > 0.0) || !std::isfinite(task.step) || !whole_steps) {
    refuse("--tolerance", fmt::format("found {:.12g}", task.step),
           lever_.whole() ? "write a whole number above 0" : "write a number above 0");
  }
  if (!(task.probability > 0.0 && task.probability <= 1.0)) {
    refuse("--probability", fmt::format("found {:.12g}", task.probability),
           "write a share above 0, at most 1");
  }
  return task;
}

std::string Solver::lever_text(double lever) const {
  return fmt::format("{}={:.12g}", question_.lever, lever);
}

Tried Solver::outcome_of(const ScenarioRun& run, double lever, const SolveWatch& watch) const {
  const auto observe = [&](const Progress& progress) {
    if (watch.observe) watch.observe(lever, progress);
  };
  const GoalOutcome outcome = run.judge_goals(observe, watch.stop)[goal_];
  const Tried tried{lever, outcome.probability, outcome.figure[outcome.goal.year],
                    outcome.shortfall};
  if (watch.tried) watch.tried(tried);
  return tried;
}

Tried Solver::try_lever(double lever, const SolveWatch& watch) const {
  if (lever == task_.start) return outcome_of(run_, lever, watch);
  std::vector<std::string> overrides = question_.overrides;
  overrides.push_back(lever_text(lever));
  try {
    ScenarioRun run(question_.scenario, overrides, watch.stop);
    run.use_threads(threads_);
    return outcome_of(run, lever, watch);
  } catch (const Error& error) {
    std::vector<Mistake> mistakes{
        {{"--lever", 0, 0},
         fmt::format("the scenario cannot be run with {} = {:.12g}", question_.lever, lever),
         "write narrower bounds: --from, --to"}};
    mistakes.insert(mistakes.end(), error.mistakes().begin(), error.mistakes().end());
    throw Error(error.fault(), std::move(mistakes));
  }
}

SearchResult Solver::solve(const SolveWatch& watch) const {
  return search_lever(task_, [&](double lever) { return try_lever(lever, watch); });
}

std::string Solver::delta(double lever, const std::filesystem::path& folder) const {
  NumberSetting moved = lever_;
  moved.value = lever;
  return delta_toml(run_.settings(), full_catalogue(), moved, folder);
}

}  // namespace kohort
