// How many cell-years a second are projected with five exact quantiles of each cell and year?
//
// W2 of one area: a thousand draws side by side, 2 x 101 cells, 40 years. The limit is the
// projection alone (bench/projections.cpp). The sum of all quantiles is the check that bench/peers
// must meet.
#include "engine/run/quantiles.hpp"

#include <numeric>
#include <vector>

#include <benchmark/benchmark.h>

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

void five_quantiles(benchmark::State& state) {
  AreaDraws area;
  QuantileFinder<float> finder({0.025, 0.1, 0.5, 0.9, 0.975});
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
  state.counters["cell_years/s"] = benchmark::Counter(static_cast<double>(rows * years * draws),
                                                      benchmark::Counter::kIsIterationInvariantRate,
                                                      benchmark::Counter::kIs1000);
  state.counters["persons"] = sum;
}

BENCHMARK(five_quantiles)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace kohort::measure

BENCHMARK_MAIN();
