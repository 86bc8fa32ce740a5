// How many cell-years a second are projected with five exact quantiles of each cell and year?
//
// W2 of one area: a thousand draws side by side, 2 x 101 cells, 40 years. W4 of the nation: 290
// areas coupled by pools, a thousand draws, for 2 years as the peers do, and for all 40. The limit
// is the projection alone (bench/projections.cpp). The sum of all quantiles is the check that
// bench/peers must meet.
#include "engine/run/quantiles.hpp"

#include <numeric>
#include <vector>

#include <benchmark/benchmark.h>
#include <tbb/enumerable_thread_specific.h>
#include <tbb/parallel_for.h>
#include <tbb/task_arena.h>

#include "engine/measure/work.hpp"

namespace kohort::measure {
namespace {

namespace fast = kernels::fast;
using Line = fast::Line<float>;

/// A thousand draws of an area, line by line, and their factors of every year.
class AreaDraws {
 public:
  AreaDraws() : ensemble_(make_inputs(), 1, draws), factors_(years * lines() * rows) {
    for (std::size_t year = 0; year < years; ++year) {
      for (std::size_t line = 0; line < lines(); ++line) {
        ensemble_.draws().dying(fast::kernels<float>(), year, line, factors(year, line));
      }
    }
  }

  void start() {
    people_.resize(lines() * rows);
    for (std::size_t at = 0; at < people_.size(); ++at) {
      people_[at].lane.fill(ensemble_.persons(0)[at % rows]);
    }
  }

  void step(std::size_t year) {
    const DrawTables<float>& drawn = ensemble_.draws();
    for (std::size_t line = 0; line < lines(); ++line) {
      const fast::DrawFactors<float> of_year{factors(year, line),
                                             drawn.at(drawn.arriving, year, line),
                                             drawn.at(drawn.bearing, year, line)};
      fast::kernels<float>().year_of_draws(ages, newborn<float>, ensemble_.rates(0), of_year,
                                           std::span(people_).subspan(line * rows, rows));
    }
  }

  /// The draws of one cell.
  void gather(std::size_t row, std::vector<float>& values) const {
    values.resize(lines() * fast::lanes<float>);
    for (std::size_t line = 0; line < lines(); ++line) {
      std::ranges::copy(people_[line * rows + row].lane,
                        values.begin() + static_cast<std::ptrdiff_t>(line * fast::lanes<float>));
    }
    values.resize(draws);
  }

 private:
  std::size_t lines() const { return ensemble_.draws().lines(); }
  std::span<Line> factors(std::size_t year, std::size_t line) {
    return std::span(factors_).subspan((year * lines() + line) * rows, rows);
  }

  Ensemble<float> ensemble_;
  std::vector<Line> factors_;  ///< [year][line of draws][sex][age]
  std::vector<Line> people_;   ///< [line of draws][sex][age]
};

const std::vector<double> shares{0.025, 0.1, 0.5, 0.9, 0.975};

void report(benchmark::State& state, double cell_years, double sum) {
  state.counters["cell_years/s"] = benchmark::Counter(
      cell_years, benchmark::Counter::kIsIterationInvariantRate, benchmark::Counter::kIs1000);
  state.counters["persons"] = sum;
}

void five_quantiles(benchmark::State& state) {
  AreaDraws area;
  const auto all = fast::order_implementations<float>();
  const auto wanted = static_cast<std::size_t>(state.range(0));
  QuantileFinder<float> finder(shares, all[std::min(wanted, all.size() - 1)]);
  std::vector<float> values;
  double sum = 0.0;
  for (auto _ : state) {
    area.start();
    sum = 0.0;
    for (std::size_t year = 0; year < years; ++year) {
      area.step(year);
      for (std::size_t row = 0; row < rows; ++row) {
        area.gather(row, values);
        const auto found = finder.of(values);
        sum = std::accumulate(found.begin(), found.end(), sum);
      }
    }
  }
  report(state, static_cast<double>(rows * years * draws), sum);
}

/// All draws of the nation as they are in one year (236 MB), and room for one slab of sex and age.
class NationDraws {
 public:
  NationDraws() : nation_(make_inputs(), draws), people_(nation_.draws().lines() * cells) {}

  void start() {
    for (std::size_t at = 0; at < people_.size(); ++at) {
      people_[at].lane.fill(nation_.persons()[at % cells]);
    }
  }

  void step(std::size_t year) {
    tbb::parallel_for(std::size_t{0}, lines(), [&](std::size_t line) {
      Year& room = years_.local();
      nation_.draws().dying(fast::kernels<float>(), year, line, room.dying);
      fast::kernels<float>().year_of_nation(ages, newborn<float>, nation_.rates(),
                                            {1, std::span(people_).subspan(line * cells, cells),
                                             room.dying, room.births, room.deaths});
    });
  }

  /// The sum of the quantiles of a slab.
  double quantiles(std::size_t row) {
    Slab& slab = slabs_.local();
    for (std::size_t line = 0; line < lines(); ++line) {
      const Line* from = &people_[line * cells + row * areas];
      for (std::size_t area = 0; area < areas; ++area) {
        slab.draws[area * lines() + line] = from[area];
      }
    }
    double sum = 0.0;
    for (std::size_t area = 0; area < areas; ++area) {
      const float* of_area = slab.draws[area * lines()].lane.data();
      const auto found = slab.finder.of(std::span(of_area, draws));
      sum = std::accumulate(found.begin(), found.end(), sum);
    }
    return sum;
  }

  /// The sum of the quantiles of all cells.
  double quantiles() {
    std::vector<double> sums(rows);
    tbb::parallel_for(std::size_t{0}, rows, [&](std::size_t row) { sums[row] = quantiles(row); });
    return std::accumulate(sums.begin(), sums.end(), 0.0);
  }

 private:
  static constexpr std::size_t cells = rows * areas;
  struct Year {
    std::vector<Line> dying = std::vector<Line>(rows);
    std::vector<Line> births = std::vector<Line>(areas);
    std::vector<Line> deaths = std::vector<Line>(fast::sexes);
  };
  struct Slab {
    explicit Slab(std::size_t size) : draws(size) {}
    std::vector<Line> draws;  ///< [area][line]
    QuantileFinder<float> finder{shares};
  };

  std::size_t lines() const { return nation_.draws().lines(); }

  Nation<float> nation_;
  std::vector<Line> people_;  ///< [line of draws][sex][age][area]
  tbb::enumerable_thread_specific<Year> years_;
  tbb::enumerable_thread_specific<Slab> slabs_{nation_.draws().lines() * areas};
};

void five_quantiles_of_nation(benchmark::State& state) {
  NationDraws nation;
  tbb::task_arena arena(static_cast<int>(state.range(0)));
  const auto year_count = static_cast<std::size_t>(state.range(1));
  double sum = 0.0;
  for (auto _ : state) {
    arena.execute([&] {
      nation.start();
      sum = 0.0;
      for (std::size_t year = 0; year < year_count; ++year) {
        nation.step(year);
        sum += nation.quantiles();
      }
    });
  }
  report(state, static_cast<double>(areas * rows * year_count * draws), sum);
}

BENCHMARK(five_quantiles)
    ->ArgName("kernel")
    ->Arg(0)
    ->Arg(1)
    ->Arg(9)  // the fastest
    ->Unit(benchmark::kMillisecond);
BENCHMARK(five_quantiles_of_nation)
    ->ArgNames({"threads", "years"})
    ->Args({1, 2})
    ->Args({1, years})
    ->Args({2, years})
    ->Unit(benchmark::kMillisecond)
    ->MeasureProcessCPUTime()
    ->UseRealTime();

}  // namespace
}  // namespace kohort::measure

BENCHMARK_MAIN();
