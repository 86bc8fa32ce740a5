// How many random numbers a second does one core draw, beside the rate at which Philox makes the
// bits for them?
//
// Every number comes from a stream of its own, as in a projection: a new stream for each draw of a
// cell, then one sample. The limit is one Philox block (128 bits) for each. Input: fixed n, p and
// means, in the range of a municipality's cells.
#include <vector>

#include <benchmark/benchmark.h>

#include "engine/random/binomial.hpp"
#include "engine/random/multinomial.hpp"
#include "engine/random/normal.hpp"
#include "engine/random/poisson.hpp"
#include "engine/random/rows.hpp"

namespace kohort {
namespace {

/// Runs `sample` on the stream of one draw after the other, and counts what it draws.
template <class Sample>
void each_draw(benchmark::State& state, const Sample& sample) {
  const StreamKey key(1, "1880");
  std::size_t draw = 0;
  for (auto _ : state) {
    Stream stream(key, {Draw(draw++), Year(2030), Sex(1), CohortRow(40), Group(0), Event(1, 1)});
    benchmark::DoNotOptimize(sample(stream));
  }
  state.counters["draws/s"] =
      benchmark::Counter(1.0, benchmark::Counter::kIsIterationInvariantRate);
}

void philox_block(benchmark::State& state) {
  PhiloxBlock counter{};
  for (auto _ : state) {
    ++counter[0];
    benchmark::DoNotOptimize(philox4x32(counter, {1, 2}));
  }
  state.counters["draws/s"] =
      benchmark::Counter(1.0, benchmark::Counter::kIsIterationInvariantRate);
}

void uniform(benchmark::State& state) {
  each_draw(state, [](Stream& stream) { return stream.uniform(); });
}

void normal(benchmark::State& state) {
  each_draw(state, [](Stream& stream) { return sample_normal(stream); });
}

void binomial(benchmark::State& state) {
  const double p = static_cast<double>(state.range(1)) / 1e4;
  each_draw(state, [&](Stream& stream) { return sample_binomial(stream, state.range(0), p); });
}

void poisson(benchmark::State& state) {
  const double mean = static_cast<double>(state.range(0)) / 10.0;
  each_draw(state, [&](Stream& stream) { return sample_poisson(stream, mean); });
}

void negative_binomial(benchmark::State& state) {
  const auto mean = static_cast<double>(state.range(0));
  each_draw(state, [&](Stream& stream) { return sample_negative_binomial(stream, mean, 3.0); });
}

/// 14 ways out of a cell: to die, to emigrate, and to 12 municipalities.
void leavers_14(benchmark::State& state) {
  const std::vector<double> ways{0.004, 0.006, 0.01,  0.003, 0.002, 0.001, 0.008,
                                 0.001, 0.002, 0.004, 0.001, 0.003, 0.002, 0.02};
  std::vector<std::int64_t> leavers(ways.size());
  each_draw(state, [&](const Stream& stream) {
    return sample_leavers<std::int64_t>(stream, state.range(0), ways, leavers);
  });
}

/// The draws of a block together: sixteen streams at one site, time for each of them.
template <class Sample>
void each_row(benchmark::State& state, const Sample& sample) {
  const StreamKey key(1, "1880");
  std::size_t first = 0;
  for (auto _ : state) {
    const StreamRow streams(
        key, {Draw(first), Year(2030), Sex(1), CohortRow(40), Group(0), Event(1, 1)}, widest_row);
    first += widest_row;
    benchmark::DoNotOptimize(sample(streams));
  }
  state.counters["draws/s"] = benchmark::Counter(static_cast<double>(widest_row),
                                                 benchmark::Counter::kIsIterationInvariantRate);
}

RowNumbers alike(double number) {
  RowNumbers row;
  row.fill(number);
  return row;
}

void row_of_uniforms(benchmark::State& state) {
  each_row(state, [](const StreamRow& streams) { return streams.uniforms(); });
}

void row_of_binomials(benchmark::State& state) {
  const RowNumbers n = alike(static_cast<double>(state.range(0)));
  const RowNumbers p = alike(static_cast<double>(state.range(1)) / 1e4);
  RowNumbers counts;
  each_row(state, [&](const StreamRow& streams) {
    sample_binomials(streams, n, p, counts);
    return counts;
  });
}

void row_of_poissons(benchmark::State& state) {
  const RowNumbers means = alike(static_cast<double>(state.range(0)) / 10.0);
  RowNumbers counts;
  each_row(state, [&](const StreamRow& streams) {
    sample_poissons(streams, means, counts);
    return counts;
  });
}

/// Three ways out of a cell: to die, to emigrate, to move.
void row_of_leavers(benchmark::State& state) {
  const RowNumbers persons = alike(static_cast<double>(state.range(0)));
  each_row(state, [&](const StreamRow& streams) {
    LeaverRow row(streams, persons, 3);
    for (const double chance : {0.004, 0.006, 0.06}) row.leave(alike(chance));
    return row.stayers();
  });
}

BENCHMARK(philox_block);
BENCHMARK(uniform);
BENCHMARK(normal);
BENCHMARK(binomial)
    ->ArgNames({"n", "p_in_10000"})
    ->Args({150, 3})
    ->Args({150, 200})
    ->Args({1500, 60});
BENCHMARK(binomial)->ArgNames({"n", "p_in_10000"})->Args({1500, 1000})->Args({100000, 3000});
BENCHMARK(poisson)->ArgName("mean_x_10")->Arg(5)->Arg(50)->Arg(200)->Arg(10000);
BENCHMARK(negative_binomial)->ArgName("mean")->Arg(5)->Arg(100);
BENCHMARK(row_of_uniforms);
BENCHMARK(row_of_binomials)
    ->ArgNames({"n", "p_in_10000"})
    ->Args({150, 3})
    ->Args({150, 200})
    ->Args({1500, 60})
    ->Args({1500, 1000});
BENCHMARK(row_of_poissons)->ArgName("mean_x_10")->Arg(5)->Arg(50)->Arg(200);
BENCHMARK(row_of_leavers)->ArgName("persons")->Arg(150)->Arg(1500);
BENCHMARK(leavers_14)->ArgName("persons")->Arg(150)->Arg(1500);

}  // namespace
}  // namespace kohort

BENCHMARK_MAIN();
