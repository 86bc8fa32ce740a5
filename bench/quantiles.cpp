// How many cell-years a second are projected with five exact quantiles of each cell and year?
//
// W2 of one area: a thousand draws side by side, 2 x 101 cells, 40 years. W4 of the nation: 290
// areas coupled by pools, a thousand draws, for 2 years as the peers do, and for all 40. The limit
// is the projection alone (bench/projections.cpp). The sum of all quantiles is the check that
// bench/peers must meet.
#include "engine/run/quantiles.hpp"

#include <array>
#include <numeric>
#include <vector>

#include <benchmark/benchmark.h>

#include "engine/measure/work.hpp"
#include "engine/threads/parallel.hpp"

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

/// All draws of the nation, cohort by cohort through all years, the oldest first: the people of one
/// (1.2 MB) stay near while they are stepped and their quantiles are taken. What they need of
/// others is there by then: children are those of older cohorts, and who reaches the last age joins
/// those who did before. It gives the bits that going year by year does.
class NationDraws {
 public:
  explicit NationDraws(std::size_t year_count)
      : nation_(make_inputs(), draws), births_(year_count, std::vector<Line>(size())) {
    for (auto& of_sex : oldest_) of_sex.resize(size());
  }

  /// The sum of the quantiles of all cells and years.
  double run() {
    sum_ = 0.0;
    for (auto& of_year : births_) std::fill(of_year.begin(), of_year.end(), Line{});
    for (std::size_t sex = 0; sex < fast::sexes; ++sex) start(sex, ages.count - 1, oldest_[sex]);
    for (std::size_t age = ages.count - 1; age-- > 0;) {
      for (std::size_t sex = 0; sex < fast::sexes; ++sex) {
        start(sex, age, people_);
        pass(sex, age, 0);
      }
    }
    for (std::size_t year = 0; year < births_.size(); ++year) {
      for (Line& line : births_[year]) {
        for (float& births : line.lane) births *= 0.5F;
      }
      for (std::size_t sex = 0; sex < fast::sexes; ++sex) {
        fast::NationSlab<float> slab = slab_of(sex, 0, year);
        slab.to = people_;
        fast::kernels<float>().newborn_of_slab(slab, newborn<float>.share[sex],
                                               newborn<float>.exposure);
        take_quantiles(people_);
        pass(sex, 0, year + 1);
      }
    }
    return sum_;
  }

 private:
  void start(std::size_t sex, std::size_t age, std::span<Line> people) const {
    const std::size_t first = (sex * ages.count + age) * areas;
    for (std::size_t at = 0; at < people.size(); ++at) {
      people[at].lane.fill(nation_.persons()[first + at / lines()]);
    }
  }

  /// Those of one sex who are of an age at the start of a year, through the years to come.
  void pass(std::size_t sex, std::size_t age, std::size_t year) {
    for (; year < births_.size() && age + 2 < ages.count; ++year, ++age) {
      step(sex, age, year, people_, people_);
      take_quantiles(people_);
    }
    if (year == births_.size()) return;
    step(sex, age + 1, year, oldest_[sex], oldest_[sex]);
    step(sex, age, year, people_, oldest_[sex]);
    take_quantiles(oldest_[sex]);
  }

  fast::NationSlab<float> slab_of(std::size_t sex, std::size_t age, std::size_t year) {
    const std::size_t row = sex * ages.count + age;
    nation_.draws().dying_of_row(fast::kernels<float>(), year, row, factors_);
    fast::NationSlab<float> slab = fast::slab_of(ages, nation_.rates(), sex, age);
    slab.lines = lines();
    slab.factor = factors_;
    slab.births = births_[year];
    slab.deaths = deaths_;
    return slab;
  }

  void step(std::size_t sex, std::size_t age, std::size_t year, std::span<Line> from,
            std::span<Line> to) {
    constexpr std::size_t together = 4;
    fast::NationSlab<float> slab = slab_of(sex, age, year);
    slab.from = from;
    slab.to = to;
    parallel_ranges(lines(), together, [&](std::size_t begin, std::size_t end) {
      fast::kernels<float>().year_of_slab(slab, begin, end);
    });
  }

  void take_quantiles(std::span<const Line> people) {
    parallel_ranges(areas, 1, [&](std::size_t begin, std::size_t end) {
      QuantileFinder<float>& finder = finders_.local();
      for (std::size_t area = begin; area < end; ++area) {
        const float* of_area = people[area * lines()].lane.data();
        const auto found = finder.of(std::span(of_area, draws));
        sums_[area] = std::accumulate(found.begin(), found.end(), 0.0);
      }
    });
    sum_ = std::accumulate(sums_.begin(), sums_.end(), sum_);
  }

  std::size_t lines() const { return nation_.draws().lines(); }
  std::size_t size() const { return areas * lines(); }

  Nation<float> nation_;
  std::vector<std::vector<Line>> births_;                 ///< by year: [area][line]
  std::array<std::vector<Line>, fast::sexes> oldest_;     ///< of the last age: [area][line]
  std::vector<Line> people_ = std::vector<Line>(size());  ///< of a cohort: [area][line]
  std::vector<Line> factors_ = std::vector<Line>(lines());
  std::vector<Line> deaths_ = std::vector<Line>(lines());
  std::vector<double> sums_ = std::vector<double>(areas);
  double sum_ = 0.0;
  PerThread<QuantileFinder<float>> finders_{[] { return QuantileFinder<float>(shares); }};
};

void five_quantiles_of_nation(benchmark::State& state) {
  const auto year_count = static_cast<std::size_t>(state.range(1));
  NationDraws nation(year_count);
  Arena arena(static_cast<std::size_t>(state.range(0)));
  double sum = 0.0;
  for (auto _ : state) arena.execute([&] { sum = nation.run(); });
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
