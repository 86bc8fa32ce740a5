// How many cell-years a second do the fast kernels take, beside what memory and arithmetic allow?
//
// W1: one projection of 290 areas over 40 years. W2: a thousand draws of each area. W4: the same
// with the areas coupled by a pool of movers each year. Nothing is kept but check sums, which those
// of bench/peers must meet. Input: engine/measure/inputs.hpp, or the folder of tables that the
// environment names as KOHORT_BENCH_INPUTS (bench/table_inputs.hpp). Limits: `kohort bench`.
#include <cstdlib>

#include <benchmark/benchmark.h>

#include "bench/table_inputs.hpp"
#include "engine/measure/work.hpp"

namespace kohort::measure {
namespace {

const Inputs& given() {
  static const Inputs inputs = [] {
    const char* folder = std::getenv("KOHORT_BENCH_INPUTS");
    return folder == nullptr ? make_inputs() : read_inputs(folder);
  }();
  return inputs;
}

/// The implementation by its number, and so many threads; reports rate and check sums.
template <class Real, class Work>
void each_run(benchmark::State& state, const Work& work, double cell_years) {
  const auto all = kernels::fast::implementations<Real>();
  const auto wanted = static_cast<std::size_t>(state.range(0));
  const auto& kernels = all[std::min(wanted, all.size() - 1)];
  CheckSum sum;
  for (auto _ : state) {
    sum = work.run(kernels, {.threads = static_cast<std::size_t>(state.range(1))});
  }
  state.SetLabel(std::string(kernels.processor));
  state.counters["cell_years/s"] = benchmark::Counter(
      cell_years, benchmark::Counter::kIsIterationInvariantRate, benchmark::Counter::kIs1000);
  state.counters["persons"] = sum.persons;
  state.counters["births"] = sum.births;
  state.counters["deaths"] = sum.deaths;
}

template <class Real>
void W1(benchmark::State& state) {
  const OneProjection<Real> work(given());
  each_run<Real>(state, work, OneProjection<Real>::cell_years);
}

template <class Real>
void W2(benchmark::State& state) {
  const Ensemble<Real> work(given(), static_cast<std::size_t>(state.range(2)), draws);
  each_run<Real>(state, work, work.cell_years());
}

template <class Real>
void W4(benchmark::State& state) {
  const Nation<Real> work(given(), static_cast<std::size_t>(state.range(2)));
  each_run<Real>(state, work, work.cell_years());
}

/// By which compare.py divides the times of a run before it holds them against another.
void yardstick(benchmark::State& state) {
  for (auto _ : state) {
    benchmark::DoNotOptimize(kernels::fast::kernels<double>().products_and_sums(100'000));
  }
}

BENCHMARK(yardstick);

constexpr int fastest = 9;  // of the implementations

void by_kernel(benchmark::internal::Benchmark* work) {
  work->ArgNames({"kernel", "threads"})->ArgsProduct({{0, 1, fastest}, {1}});
}

/// A size that the peers take, with each kernel, and then the whole.
void by_size(benchmark::internal::Benchmark* work, const char* what, int of_peers, int whole) {
  work->ArgNames({"kernel", "threads", what})
      ->ArgsProduct({{0, 1, fastest}, {1}, {of_peers}})
      ->ArgsProduct({{fastest}, {1, 2}, {whole}})
      ->Unit(benchmark::kMillisecond)
      ->MeasureProcessCPUTime()
      ->UseRealTime();
}

void by_areas(benchmark::internal::Benchmark* work) {
  by_size(work, "areas", 5, areas);
  work->Args({fastest, 1, 10});  // which the trial programs take (tests/measure)
}
void by_draws(benchmark::internal::Benchmark* work) { by_size(work, "draws", 16, draws); }

BENCHMARK_TEMPLATE(W1, double)->Apply(by_kernel);
BENCHMARK_TEMPLATE(W1, float)->Apply(by_kernel);
BENCHMARK_TEMPLATE(W2, double)->Apply(by_areas);
BENCHMARK_TEMPLATE(W2, float)->Apply(by_areas);
BENCHMARK_TEMPLATE(W4, double)->Apply(by_draws);
BENCHMARK_TEMPLATE(W4, float)->Apply(by_draws);

}  // namespace
}  // namespace kohort::measure

BENCHMARK_MAIN();
