#include "engine/run/solve.hpp"

#include <filesystem>
#include <optional>

#include <fmt/format.h>

#include "engine/base/error.hpp"
#include "engine/cli/commands.hpp"
#include "engine/cli/interrupt.hpp"
#include "engine/cli/terminal.hpp"
#include "engine/cli/threads.hpp"
#include "engine/scenario/layers.hpp"
#include "engine/store/target.hpp"
#include "engine/store/text_file.hpp"
#include "engine/threads/parallel.hpp"

namespace kohort::cli {
namespace {

namespace fs = std::filesystem;

/// By which the program knows a scenario that it has written.
constexpr const char* mark = "# Written by kohort solve";

Question question_of(const SolveArguments& arguments) {
  return {arguments.scenario,  arguments.lever,
          arguments.goal,      arguments.from,
          arguments.to,        arguments.probability,
          arguments.tolerance, overrides_of({}, arguments.draws, arguments.seed)};
}

/// Before the computing starts it is known whether the answer can be written. It replaces neither
/// the scenario nor what that extends.
void check_output(const SolveArguments& arguments) {
  if (arguments.output.empty()) return;
  const fs::path target = store::text_target(arguments.output, mark);
  for (const Layer& layer : read_layers(arguments.scenario)) {
    std::error_code none_there;
    if (!fs::equivalent(target, layer.file, none_there)) continue;
    throw Error(Fault::scenario, Mistake{{arguments.output, 0, 0},
                                         "the scenario is read from this file, and the answer "
                                         "would be written over it",
                                         "name another file: -o ANSWER.toml"});
  }
}

/// Tells on standard error what is tried, and what came of it.
class SearchDisplay {
 public:
  SearchDisplay(std::string lever, std::string mode)
      : lever_(std::move(lever)), mode_(std::move(mode)) {}

  void update(double lever, const Progress& progress) {
    if (!display_) display_.emplace(fmt::format("{} = {:.12g}", lever_, lever), mode_);
    display_->update(progress.done, progress.total);
  }

  void tried(const Tried& tried) {
    display_.reset();
    if (mode_ != "auto") return;
    tell(fmt::format("{} = {:.12g}: probability {:.4g}", lever_, tried.lever, tried.probability));
  }

 private:
  std::string lever_;
  std::string mode_;
  std::optional<ProgressDisplay> display_;
};

int year_of(const Solver& solver, std::size_t position) {
  return year_at(solver.run().frame(), position).value();
}

/// The goal in words: what must hold, when, and how surely.
std::string goal_text(const Solver& solver) {
  const Goal& goal = solver.goal();
  return fmt::format("{}: {} {} {:.12g} {} {}, with a probability of at least {:.12g}", goal.name,
                     describe(goal, solver.run().frame()), goal.at_least ? "at least" : "at most",
                     goal.bound, goal.holds == Holds::in_year ? "in" : "from",
                     year_of(solver, goal.year), solver.task().probability);
}

std::string draws_text(const Solver& solver) {
  const RunOptions& options = solver.run().options();
  return fmt::format("{} draw(s), seed {}", options.shape.draws, options.shape.seed);
}

/// What was found, in a sentence or two.
std::string answer_text(const Solver& solver, const std::string& lever,
                        const SearchResult& result) {
  const LeverTask& task = solver.task();
  if (!result.answer) {
    return fmt::format("not met: with {} neither at {:.12g} nor at {:.12g}", lever,
                       task.bounds.least, task.bounds.most);
  }
  if (result.end == SearchEnd::met_already) {
    return fmt::format("met already: {} = {:.12g} in the scenario, probability {:.4g}", lever,
                       result.answer->lever, result.answer->probability);
  }
  return fmt::format("met with {} = {:.12g} instead of {:.12g}, probability {:.4g}", lever,
                     result.answer->lever, task.start, result.answer->probability);
}

/// What the reader of an answer must know of a response that does not go one way.
std::string caution(const SearchResult& result) {
  if (result.monotone) return "";
  return result.answer
             ? "The response is not monotone at the values tried: a smaller change may do "
               "as well. More draws, or a larger --tolerance, tell more.\n"
             : "The response is not monotone at the values tried: between them the goal "
               "may be met. Write narrower bounds: --from, --to.\n";
}

void print_answer(const Solver& solver, const std::string& lever, const SearchResult& result) {
  const LeverTask& task = solver.task();
  fmt::print("{}\n{}\n", goal_text(solver), answer_text(solver, lever, result));
  fmt::print("{:.12g} to {:.12g} in steps of {:.12g}; {}\n", task.bounds.least, task.bounds.most,
             task.step, draws_text(solver));
  fmt::print("{}\n{:>16}{:>14}{:>16}{:>16}\n", caution(result), "lever", "probability",
             fmt::format("figure in {}", year_of(solver, solver.goal().year)), "shortfall");
  for (const Tried& tried : result.tried) {
    const bool answer = result.answer && tried.lever == result.answer->lever;
    fmt::print("{:>16.12g}{:>14.4f}{:>16.6g}{:>16.6g}{}\n", tried.lever, tried.probability,
               tried.figure, tried.shortfall, answer ? "  <-" : "");
  }
}

/// A scenario with the answer. What stands in its head is one line each, whatever the names say.
std::string scenario_text(const Solver& solver, const std::string& lever,
                          const SearchResult& result, const fs::path& folder) {
  std::string head = fmt::format("{}\n{}\n{}\n{}", mark, goal_text(solver),
                                 answer_text(solver, lever, result), draws_text(solver));
  std::string text;
  for (const char letter : head) {
    text += letter == '\n' ? std::string("\n# ") : std::string(1, letter);
  }
  return text + "\n" + solver.delta(result.answer->lever, folder);
}

}  // namespace

Exit solve(const SolveArguments& arguments) {
  const InterruptGuard interrupt;
  const ThreadLimit limit(threads_of(arguments.threads));
  check_output(arguments);
  Solver solver(question_of(arguments), interrupt.token());
  solver.use_threads(threads_of(arguments.threads));
  SearchDisplay display(arguments.lever, arguments.progress);
  const SearchResult result = solver.solve(
      {[&](double lever, const Progress& progress) { display.update(lever, progress); },
       [&](const Tried& tried) { display.tried(tried); }, interrupt.token()});
  print_answer(solver, arguments.lever, result);
  if (!result.answer) return Exit::check_failed;
  if (!arguments.output.empty()) {
    const fs::path target = store::text_target(arguments.output, mark);
    store::TextFile text(target);
    text.add(scenario_text(solver, arguments.lever, result, target.parent_path()));
    text.finish();
    fmt::print("\n{}: the scenario with this value\n", arguments.output);
  }
  return Exit::done;
}

}  // namespace kohort::cli
