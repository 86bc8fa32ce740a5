#include "tests/support/example.hpp"

#include "engine/table/tabulate.hpp"
#include "models/population/ledger.hpp"
#include "models/population/state.hpp"

namespace kohort::test {
namespace {

using namespace population;

double between(double least, double most, std::mt19937_64& random) {
  return std::uniform_real_distribution<double>(least, most)(random);
}

CellTable random_cells(const Frame& frame, double most, std::mt19937_64& random) {
  return tabulate<CellTable>(cell_extents(frame),
                             [&](auto...) { return between(0.0, most, random); });
}

/// Those in the open age group leave at the rate of those who enter it, as in all of the readers.
CellTable random_leaving(const Frame& frame, double most, std::mt19937_64& random) {
  CellTable cells = random_cells(frame, most, random);
  const CohortRow last(frame.rows() - 1);
  for (const Sex sex : positions<Sex>(frame.sexes.size())) {
    const auto from = cells.slab(sex, CohortRow(frame.rows() - 2));
    std::copy(from.begin(), from.end(), cells.slab(sex, last).begin());
  }
  return cells;
}

Destinations random_destinations(const Frame& frame, std::mt19937_64& random) {
  const std::size_t areas = frame.areas.size();
  Destinations destinations;
  destinations.class_of_row.resize(frame.rows());
  for (CohortRow row : positions<CohortRow>(frame.rows())) {
    destinations.class_of_row[row.position()] = AgeClass(row.position() % 2);
  }
  destinations.shares = Table<double, Sex, AgeClass, Area, Destination>({2, 2, areas, areas});
  for (const Sex sex : positions<Sex>(2)) {
    for (const AgeClass age : positions<AgeClass>(2)) {
      for (const Area from : positions<Area>(areas)) {
        const auto row = destinations.shares.slab(sex, age, from);
        double sum = 0.0;
        for (double& share : row) sum += share = between(0.01, 1.0, random);
        for (double& share : row) share /= sum;
      }
    }
  }
  return destinations;
}

TransferTable random_transfers(const Frame& frame, std::mt19937_64& random) {
  const std::size_t groups = frame.group_count();
  return tabulate<TransferTable>(
      {2, frame.rows(), groups, groups, frame.areas.size()},
      [&](Sex, CohortRow, Group from, ToGroup to, Area) {
        return from.position() == to.position() ? 0.0 : between(0.0, 0.1, random);
      });
}

AgeTable random_stock(const Frame& frame, std::mt19937_64& random) {
  return tabulate<AgeTable>(age_extents(frame),
                            [&](auto...) { return between(10.0, 1000.0, random); });
}

FertilityTable random_fertility(const Frame& frame, std::mt19937_64& random) {
  return tabulate<FertilityTable>(
      {frame.ages(), frame.group_count(), frame.areas.size()}, [&](Age age, Group, Area) {
        const bool childbearing = age != Age(0) && age.position() + 1 < frame.ages();
        return childbearing ? between(0.0, 0.3, random) : 0.0;
      });
}

NewbornTable newborn_groups(const Frame& frame, bool own, std::mt19937_64& random) {
  const std::size_t groups = frame.group_count();
  NewbornTable table({groups, groups, frame.areas.size()});
  for (const Group mother : positions<Group>(groups)) {
    for (const Area area : positions<Area>(frame.areas.size())) {
      const double share = own || groups == 1 ? 1.0 : between(0.0, 1.0, random);
      for (const ToGroup child : positions<ToGroup>(groups)) {
        const bool same = child.position() == mother.position();
        table(mother, child, area) = same ? share : (1.0 - share) / static_cast<double>(groups - 1);
      }
    }
  }
  return table;
}

Frame frame_of(const ExampleShape& shape) {
  Frame frame;
  frame.base_year = Year(2000);
  frame.step = shape.step;
  frame.open_age = shape.open_age * shape.step;
  frame.intervals = shape.intervals;
  frame.sexes = {"female", "male"};
  for (std::size_t area = 0; area < shape.areas; ++area) {
    frame.areas.push_back({"a" + std::to_string(area), "", false, ""});
  }
  for (std::size_t group = 0; shape.groups > 1 && group < shape.groups; ++group) {
    frame.groups.push_back("g" + std::to_string(group));
  }
  return frame;
}

template <class Enumeration>
Enumeration one_of(std::initializer_list<Enumeration> choices, std::mt19937_64& random) {
  return *(choices.begin() + random() % choices.size());
}

}  // namespace

Example still_example(const ExampleShape& shape, std::mt19937_64& random) {
  Example example;
  example.frame = frame_of(shape);
  const Frame& frame = example.frame;
  example.base = random_stock(frame, random);
  example.rates.dying = population::Series(CellTable(cell_extents(frame)));
  example.rates.fertility =
      population::Series(FertilityTable({frame.ages(), frame.group_count(), shape.areas}));
  example.rates.share_of_boys =
      population::Series(BirthShareTable({frame.group_count(), shape.areas}, 0.5));
  example.rates.newborn_groups = population::Series(newborn_groups(frame, true, random));
  return example;
}

Example busy_example(const ExampleShape& shape, std::mt19937_64& random) {
  Example example = still_example(shape, random);
  const Frame& frame = example.frame;
  Conventions& conventions = example.conventions;
  conventions.timing =
      one_of({MigrationTiming::start, MigrationTiming::mid_year, MigrationTiming::end}, random);
  conventions.leaving_rates = one_of({LeavingRates::independent, LeavingRates::crude}, random);
  conventions.newborn_exposure = between(0.0, 1.0, random);
  conventions.fertility_exposure =
      one_of({FertilityExposure::adjusted_stocks, FertilityExposure::stocks,
              FertilityExposure::before_migrants},
             random);
  conventions.immigrant_mortality =
      one_of({ImmigrantMortality::same_age, ImmigrantMortality::next_age}, random);
  Rates& rates = example.rates;
  rates.dying = population::Series(random_leaving(frame, 0.3, random));
  rates.emigrating = population::Series(random_leaving(frame, 0.1, random));
  rates.moving = population::Series(random_leaving(frame, 0.3, random));
  rates.destinations = population::Series(random_destinations(frame, random));
  if (shape.groups > 1) rates.transferring = population::Series(random_transfers(frame, random));
  ArrivalCounts immigrants{random_cells(frame, 50.0, random), CellTable(cell_extents(frame))};
  for (std::size_t at = 0; at < immigrants.persons.size(); ++at) {
    immigrants.at_start.values()[at] = between(0.0, 1.0, random) * immigrants.persons.values()[at];
  }
  rates.immigrants = population::Series(std::move(immigrants));
  rates.fertility = population::Series(random_fertility(frame, random));
  rates.fertility_ages = one_of({AgeDefinition::at_event, AgeDefinition::end_of_year}, random);
  rates.share_of_boys =
      population::Series(BirthShareTable({frame.group_count(), shape.areas}, 0.51));
  rates.newborn_groups = population::Series(newborn_groups(frame, false, random));
  return example;
}

std::vector<std::unique_ptr<Seen>> run(const Example& example, std::size_t draws) {
  const PopulationModel model = example.model();
  std::vector<std::unique_ptr<Seen>> seen;
  const auto ledger = model.ledger(draws);
  const auto state = model.start({.count = draws}, *ledger);
  const auto keep = [&] {
    seen.push_back(
        std::make_unique<Seen>(Seen{dynamic_cast<const PopulationState&>(*state).persons,
                                    dynamic_cast<const PopulationLedger&>(*ledger).flows}));
  };
  keep();
  for (const Interval interval : positions<Interval>(example.frame.intervals)) {
    model.step(interval, *state, *ledger);
    keep();
  }
  return seen;
}

}  // namespace kohort::test
