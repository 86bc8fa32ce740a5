#include "models/population/rates/migration.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>

#include <fmt/format.h>

#include "engine/base/error.hpp"
#include "engine/table/tabulate.hpp"
#include "models/population/rates/arrivals.hpp"
#include "models/population/rates/destinations.hpp"

namespace kohort::population {
namespace {

namespace p = parameters;

/// Whether those in a row are dropped: they leave in no other way.
bool is_dropped(const Source& source, CohortRow row) {
  return source.settings[p::open_age_survivors] == OpenAge::dropped &&
         row.position() + 1 == source.frame.rows();
}

/// Rates by age at the year's end, row for age; those in the open age group leave alike, unless
/// they are dropped.
Series<CellTable> rates_by_row(const Source& source, const Parameter& parameter) {
  const Frame& frame = source.frame;
  const Figures figures = Figures::read(source, parameter, Completeness::rates);
  require_year_end_ages(source, parameter, figures);
  return series_of(figures.series_length(frame), [&](Interval interval) {
    return tabulate<CellTable>(cell_extents(frame),
                               [&](Sex sex, CohortRow row, Group group, Area area) {
                                 if (is_dropped(source, row)) return 0.0;
                                 return figures(interval, area, group, sex, frame.age_of(row));
                               });
  });
}

AgeTable by_age(const Frame& frame, const Figures& figures, Interval interval) {
  return tabulate<AgeTable>(age_extents(frame), [&](Sex sex, Age age, Group group, Area area) {
    return figures(interval, area, group, sex, age);
  });
}

Series<ArrivalCounts> arrivals_by_row(const Source& source, const Parameter& parameter,
                                      const Conventions& conventions) {
  const Figures figures = Figures::read(source, parameter, Completeness::counts);
  return series_of(figures.series_length(source.frame), [&](Interval interval) {
    return place_arrivals(conventions, figures.ages(), by_age(source.frame, figures, interval));
  });
}

bool is_zero(const Settings& settings, const QuantityParameter& parameter) {
  const Quantity quantity = settings[parameter];
  return quantity.number() != nullptr && *quantity.number() == 0.0;
}

void require_unit_sums(const Source& source, const Destinations& destinations) {
  const auto& shares = destinations.shares;
  for (const Sex sex : positions<Sex>(shares.extent<Sex>())) {
    for (const AgeClass age : positions<AgeClass>(shares.extent<AgeClass>())) {
      for (const Area origin : positions<Area>(shares.extent<Area>())) {
        double sum = 0.0;
        for (const double share : shares.slab(sex, age, origin)) sum += share;
        if (std::abs(sum - 1.0) <= 1e-9) continue;
        throw Error(
            Fault::input,
            source.settings.mistake(p::destination_shares,
                                    fmt::format("the shares of origin {} sum to {:.12g}",
                                                source.frame.areas[origin.position()].code, sum),
                                    "they must sum to 1 over all destinations, the rest included"));
      }
    }
  }
}

using ShareTable = BroadcastTable<Interval, Area, Destination, Sex, Age>;

Destinations destinations_of(const Source& source, const ShareTable& table, Interval interval) {
  const Frame& frame = source.frame;
  const std::size_t classes = table.varies_along<Age>() ? frame.ages() : 1;
  Destinations result;
  for (const CohortRow row : positions<CohortRow>(frame.rows())) {
    result.class_of_row.emplace_back(classes == 1 ? 0 : frame.age_of(row).position());
  }
  result.shares = tabulate<decltype(result.shares)>(
      {frame.sexes.size(), classes, frame.areas.size(), frame.areas.size()},
      [&](Sex sex, AgeClass age, Area origin, Destination destination) {
        return table(interval, origin, destination, sex, Age(age.position()));
      });
  require_unit_sums(source, result);
  return result;
}

void require_year_end_shares(const Source& source, const TableReference& reference) {
  if (source.tables.age_definition(p::destination_shares, reference) ==
      AgeDefinition::end_of_year) {
    return;
  }
  throw Error(Fault::scenario,
              source.settings.mistake(p::destination_shares, "the table is by age at the event",
                                      "give shares by age at the end of the year"));
}

/// They sum to 1, and leave somewhere to go to those of an area that has one.
void require_common_shares(const Source& source, const Destinations& destinations) {
  const auto& weights = destinations.weights;
  for (const Sex sex : positions<Sex>(weights.extent<Sex>())) {
    for (const AgeClass age : positions<AgeClass>(weights.extent<AgeClass>())) {
      const auto shares = weights.slab(sex, age);
      const double sum = std::accumulate(shares.begin(), shares.end(), 0.0);
      if (std::abs(sum - 1.0) <= 1e-9) continue;
      throw Error(Fault::input,
                  source.settings.mistake(
                      p::destination_shares, fmt::format("the shares sum to {:.12g}", sum),
                      "they must sum to 1 over all destinations, the rest included"));
    }
  }
  const auto parts = destinations.per_leaver.values();
  const auto none = std::find(parts.begin(), parts.end(), 0.0);
  if (none == parts.end()) return;
  const auto at = static_cast<std::size_t>(none - parts.begin());
  throw Error(Fault::input,
              source.settings.mistake(
                  p::destination_shares,
                  fmt::format("movers from {} have nowhere to go: no other area has a share",
                              source.frame.areas[at % source.frame.areas.size()].code),
                  "give at least two areas a share above 0 at each age"));
}

using CommonTable = BroadcastTable<Interval, Destination, Sex, Age>;

Destinations common_of(const Source& source, const CommonTable& table, Interval interval) {
  const Frame& frame = source.frame;
  const std::size_t classes = table.varies_along<Age>() ? frame.ages() : 1;
  std::vector<AgeClass> class_of_row;
  for (const CohortRow row : positions<CohortRow>(frame.rows())) {
    class_of_row.emplace_back(classes == 1 ? 0 : frame.age_of(row).position());
  }
  Destinations result = common_destinations(
      std::move(class_of_row),
      tabulate<DestinationWeights>(
          {frame.sexes.size(), classes, frame.areas.size()}, [&](Sex sex, AgeClass age, Area to) {
            return table(interval, Destination(to.position()), sex, Age(age.position()));
          }));
  require_common_shares(source, result);
  return result;
}

void read_common(const Source& source, const TableReference& reference, Rates& rates) {
  const Frame& frame = source.frame;
  const auto table = source.tables.read<Interval, Destination, Sex, Age>(
      p::destination_shares, reference,
      {frame.flow_years(), frame.area_axis_named("destination"), frame.sex_axis(),
       frame.age_axis()});
  if (table.varies_along<Age>()) require_year_end_shares(source, reference);
  rates.destinations =
      series_of(table.varies_along<Interval>() ? frame.intervals : 1,
                [&](Interval interval) { return common_of(source, table, interval); });
}

}  // namespace

void read_pool(const Source& source, Rates& rates) {
  const Frame& frame = source.frame;
  rates.moving = rates_by_row(source, p::domestic_leaving);
  const TableReference reference = *require_quantity(source, p::destination_shares).table();
  if (source.settings[p::destination_form] == DestinationForm::common) {
    read_common(source, reference, rates);
    return;
  }
  const auto table = source.tables.read<Interval, Area, Destination, Sex, Age>(
      p::destination_shares, reference,
      {frame.flow_years(), frame.area_axis_named("origin"), frame.area_axis_named("destination"),
       frame.sex_axis(), frame.age_axis()});
  if (table.varies_along<Age>()) require_year_end_shares(source, reference);
  rates.destinations =
      series_of(table.varies_along<Interval>() ? frame.intervals : 1,
                [&](Interval interval) { return destinations_of(source, table, interval); });
}

void read_open(const Source& source, const Conventions& conventions, Rates& rates) {
  const Frame& frame = source.frame;
  rates.moving = rates_by_row(source, p::domestic_leaving);
  const Figures shares = Figures::read(source, p::in_shares, Completeness::rates);
  require_year_end_ages(source, p::in_shares, shares);
  const TableReference reference = *require_quantity(source, p::national_population).table();
  WantedAxis sexes = frame.sex_axis();
  WantedAxis ages = frame.age_axis();
  sexes.required = frame.sexes.size() > 1;
  ages.required = true;
  const auto nation = source.tables.read<Interval, Sex, Age>(p::national_population, reference,
                                                             {frame.flow_years(), sexes, ages});
  if (source.tables.age_definition(p::national_population, reference) !=
      AgeDefinition::end_of_year) {
    throw Error(Fault::scenario,
                source.settings.mistake(p::national_population, "the table is by age at an event",
                                        "a stock is by age at the end of the year"));
  }
  const bool constant = shares.series_length(frame) == 1 && !nation.varies_along<Interval>();
  rates.in_migrants = series_of(constant ? 1 : frame.intervals, [&](Interval interval) {
    const AgeTable counts =
        tabulate<AgeTable>(age_extents(frame), [&](Sex sex, Age age, Group group, Area area) {
          return shares(interval, area, group, sex, age) * nation(interval, sex, age);
        });
    return place_arrivals(conventions, AgeDefinition::end_of_year, counts);
  });
}

TransferFigures read_transfer_figures(const Source& source, const TableReference& reference) {
  const Frame& frame = source.frame;
  WantedAxis group = frame.group_axis();
  group.required = true;
  return source.tables.read<Interval, Area, Group, ToGroup, Sex, Age>(
      p::transfer_rates, reference,
      {frame.flow_years(),
       frame.area_axis(),
       group,
       {.name = "to_group", .labels = frame.groups, .required = true},
       frame.sex_axis(),
       frame.age_axis()});
}

void read_transfers(const Source& source, Rates& rates) {
  const Frame& frame = source.frame;
  if (is_zero(source.settings, p::transfer_rates)) return;
  const Quantity quantity = require_quantity(source, p::transfer_rates);
  if (quantity.table() == nullptr || frame.groups.empty()) {
    throw Error(Fault::scenario,
                source.settings.mistake(p::transfer_rates,
                                        "found one number, or the scenario names no groups",
                                        "name projection.groups, and give a table over group and "
                                        "to_group"));
  }
  const TransferFigures table = read_transfer_figures(source, *quantity.table());
  const auto count = frame.group_count();
  rates.transferring =
      series_of(table.varies_along<Interval>() ? frame.intervals : 1, [&](Interval interval) {
        return tabulate<TransferTable>(
            {frame.sexes.size(), frame.rows(), count, count, frame.areas.size()},
            [&](Sex sex, CohortRow row, Group from, ToGroup to, Area area) {
              if (to.position() == from.position() || is_dropped(source, row)) return 0.0;
              return table(interval, area, from, to, sex, frame.age_of(row));
            });
      });
}

void read_emigration(const Source& source, Rates& rates) {
  if (is_zero(source.settings, p::emigration_rates)) return;
  rates.emigrating = rates_by_row(source, p::emigration_rates);
}

void read_immigration(const Source& source, const Conventions& conventions, Rates& rates) {
  if (is_zero(source.settings, p::immigration_counts)) return;
  rates.immigrants = arrivals_by_row(source, p::immigration_counts, conventions);
}

void read_net_migration(const Source& source, const Conventions& conventions, Rates& rates) {
  const Frame& frame = source.frame;
  switch (source.settings[p::net_migration_form]) {
    case NetMigrationForm::none:
    case NetMigrationForm::history:  // fitted
      break;
    case NetMigrationForm::counts:
      rates.net_migrants = arrivals_by_row(source, p::net_migration, conventions);
      break;
    case NetMigrationForm::rates:
      rates.net_migration_rate = rates_by_row(source, p::net_migration);
      break;
    case NetMigrationForm::residual: {
      const Figures target = Figures::read(source, p::net_migration_target, Completeness::counts);
      require_year_end_ages(source, p::net_migration_target, target);
      rates.net_migration_target = series_of(target.series_length(frame), [&](Interval interval) {
        return by_age(frame, target, interval);
      });
      break;
    }
  }
}

}  // namespace kohort::population
