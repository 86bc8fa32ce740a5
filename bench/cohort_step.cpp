// How many cell-years a second does one step of the population take, with the areas coupled by the
// migration pool?
//
// A cell-year is one area x sex x age x draw x year. Input: random rates, as many areas as Örebro
// county with its rest (13) or the nation (290), single ages to 100+, 150 people in each cell, one
// draw or a block of sixteen; as many events as expected, or whole people to whom they happen.
#include <random>

#include <benchmark/benchmark.h>

#include "engine/table/tabulate.hpp"
#include "models/population/model.hpp"

namespace kohort::population {
namespace {

Frame frame_of(std::size_t areas) {
  Frame frame;
  frame.base_year = Year(2015);
  frame.intervals = 1;
  frame.sexes = {"female", "male"};
  for (std::size_t area = 0; area < areas; ++area) frame.areas.push_back({"a", "a", false, ""});
  return frame;
}

Rates rates_of(const Frame& frame, std::mt19937_64& random) {
  const auto cells = [&](double most) {
    std::uniform_real_distribution<double> rate(0.0, most);
    return Series(tabulate<CellTable>(cell_extents(frame), [&](auto...) { return rate(random); }));
  };
  const std::size_t areas = frame.areas.size();
  Rates rates;
  rates.dying = cells(0.02);
  rates.emigrating = cells(0.01);
  rates.moving = cells(0.05);
  Destinations destinations;
  destinations.class_of_row.resize(frame.rows());
  destinations.shares = Table<double, Sex, AgeClass, Area, Destination>(
      {2, 1, areas, areas}, 1.0 / static_cast<double>(areas));
  rates.destinations = Series(std::move(destinations));
  CellTable immigrants(cell_extents(frame), 1.0);
  rates.immigrants = Series(ArrivalCounts{immigrants, immigrants});
  rates.fertility =
      Series(tabulate<FertilityTable>({frame.ages(), 1, areas}, [](Age age, Group, Area) {
        return age.position() > 14 && age.position() < 50 ? 0.05 : 0.0;
      }));
  rates.share_of_boys = Series(BirthShareTable({1, areas}, 0.51));
  rates.newborn_groups = Series(NewbornTable({1, 1, areas}, 1.0));
  return rates;
}

void step(benchmark::State& state) {
  std::mt19937_64 random(1);
  const Frame frame = frame_of(static_cast<std::size_t>(state.range(0)));
  const auto draws = static_cast<std::size_t>(state.range(1));
  const PopulationModel model(frame, rates_of(frame, random), Conventions{},
                              AgeTable(age_extents(frame), 150.0),
                              {.paths = false, .events = state.range(2) != 0});
  const auto population = model.start({.count = draws});
  const auto ledger = model.ledger(draws);
  for (auto _ : state) model.step(Interval(0), *population, *ledger);
  const auto cells = static_cast<double>(frame.areas.size() * 2 * frame.ages() * draws);
  state.counters["cell_years/s"] = benchmark::Counter(
      cells, benchmark::Counter::kIsIterationInvariantRate, benchmark::Counter::kIs1000);
}

BENCHMARK(step)
    ->ArgNames({"areas", "draws", "events"})
    ->ArgsProduct({{13, 290}, {1, 16}, {0, 1}})
    ->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace kohort::population

BENCHMARK_MAIN();
