// What does one year of each model cost, and a whole run?
//
// A year of the population alone, then with the states of care, then with the staff that works:
// what the second takes more than the first is the care step, what the third takes more the
// workforce step. Input: shipped scenarios, a block of sixteen draws, people in whole numbers. And
// the nation: 290 municipalities over 21 years, as many events as expected, from its files to an
// outcome.
#include <filesystem>

#include <benchmark/benchmark.h>

#include "engine/run/scenario_run.hpp"

namespace kohort {
namespace {

std::filesystem::path scenario(const std::string& name) {
  return std::filesystem::path(KOHORT_SCENARIOS) / name;
}

/// The first year of a block of draws, again and again.
void year_of(benchmark::State& state, const std::string& name,
             const std::vector<std::string>& overrides) {
  const ScenarioRun run(scenario(name), overrides);
  const DrawBlock block{.count = draws_in_block};
  const auto ledger = run.model().ledger(block.count);
  for (auto _ : state) {
    state.PauseTiming();
    const auto people = run.model().start(block, *ledger);
    state.ResumeTiming();
    run.model().step(Interval(0), *people, *ledger);
  }
  const Plan plan = run.plan();
  state.counters["cell_years/s"] = benchmark::Counter(static_cast<double>(plan.cells * block.count),
                                                      benchmark::Counter::kIsIterationInvariantRate,
                                                      benchmark::Counter::kIs1000);
}

const std::vector<std::string> drawn{"uncertainty.paths=true", "uncertainty.events=true",
                                     "draws=16"};

void population_year(benchmark::State& state) { year_of(state, "orebro/reference.toml", drawn); }
void care_year(benchmark::State& state) { year_of(state, "orebro/care.toml", drawn); }
void workforce_year(benchmark::State& state) { year_of(state, "orebro/workforce.toml", drawn); }

void national_run(benchmark::State& state) {
  for (auto _ : state) {
    ScenarioRun run(scenario("sweden/all-municipalities.toml"),
                    {"uncertainty.paths=false", "uncertainty.events=false", "draws=1"});
    run.use_threads(1);
    benchmark::DoNotOptimize(run.project());
  }
}

BENCHMARK(population_year)->Unit(benchmark::kMillisecond);
BENCHMARK(care_year)->Unit(benchmark::kMillisecond);
BENCHMARK(workforce_year)->Unit(benchmark::kMillisecond);
BENCHMARK(national_run)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace kohort

BENCHMARK_MAIN();
