// How many cell-years a second does one step of the population take, with the areas coupled by the
// migration pool: by shares of each origin, or common ones?
//
// A cell-year is one area x sex x age x draw x year. Input: random rates, as many areas as Örebro
// county with its rest (13) or the nation (290), single ages to 100+, 150 people in each cell, one
// draw or a block of sixteen; as many events as expected (0), the same with rates that differ
// between draws in each component (2), or whole people to whom events happen (1).
#include <random>
#include <utility>

#include <benchmark/benchmark.h>

#include "engine/table/tabulate.hpp"
#include "models/population/model.hpp"
#include "models/population/rates/destinations.hpp"

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

DeviationProcess wandering(std::size_t areas) {
  DeviationProcess process;
  process.kind = DeviationKind::ar1;
  process.phi = process.area_phi = 0.9;
  process.national_sd = 0.05;
  process.area_sd.assign(areas, 0.02);
  return process;
}

ParameterUncertainty uncertainty_of(const Frame& frame) {
  ParameterUncertainty uncertainty;
  const std::size_t areas = frame.areas.size();
  for (auto component : {&ParameterUncertainty::mortality, &ParameterUncertainty::fertility,
                         &ParameterUncertainty::immigration, &ParameterUncertainty::emigration,
                         &ParameterUncertainty::domestic}) {
    uncertainty.*component = wandering(areas);
  }
  uncertainty.mortality_response = Table<double, Sex, Age>({frame.sexes.size(), frame.ages()}, 0.1);
  return uncertainty;
}

Rates rates_of(const Frame& frame, bool common, std::mt19937_64& random) {
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
  const double share = 1.0 / static_cast<double>(areas);
  if (common) {
    destinations = common_destinations(std::move(destinations.class_of_row),
                                       DestinationWeights({2, 1, areas}, share));
  } else {
    destinations.shares =
        Table<double, Sex, AgeClass, Area, Destination>({2, 1, areas, areas}, share);
  }
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
  Rates rates = rates_of(frame, state.range(3) != 0, random);
  const bool paths = state.range(2) == 2;
  if (paths) rates.uncertainty = uncertainty_of(frame);
  const PopulationModel model(frame, std::move(rates), Conventions{},
                              AgeTable(age_extents(frame), 150.0),
                              {.paths = paths, .events = state.range(2) == 1});
  const auto ledger = model.ledger(draws);
  const auto population = model.start({.count = draws}, *ledger);
  for (auto _ : state) model.step(Interval(0), *population, *ledger);
  const auto cells = static_cast<double>(frame.areas.size() * 2 * frame.ages() * draws);
  state.counters["cell_years/s"] = benchmark::Counter(
      cells, benchmark::Counter::kIsIterationInvariantRate, benchmark::Counter::kIs1000);
}

BENCHMARK(step)
    ->ArgNames({"areas", "draws", "events", "common"})
    ->ArgsProduct({{13, 290}, {1, 16}, {0, 1, 2}, {0, 1}})
    ->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace kohort::population

BENCHMARK_MAIN();
