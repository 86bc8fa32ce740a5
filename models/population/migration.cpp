#include "models/population/migration.hpp"

#include <cmath>

#include <fmt/format.h>

#include "engine/base/error.hpp"
#include "engine/table/tabulate.hpp"

namespace kohort::population {
namespace {

namespace p = parameters;

/// Rates by age at the year's end, row for age; those in the open age group leave alike.
Series<CellTable> rates_by_row(const Source& source, const Parameter& parameter) {
  const Frame& frame = source.frame;
  const Figures figures = Figures::read(source, parameter, Completeness::rates);
  require_year_end_ages(source, parameter, figures);
  return series_of(figures.series_length(frame), [&](Interval interval) {
    return tabulate<CellTable>(cell_extents(frame),
                               [&](Sex sex, CohortRow row, Group group, Area area) {
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

WantedAxis end_of_move(const Frame& frame, const std::string& name) {
  WantedAxis axis = frame.area_axis();
  axis.name = name;
  axis.required = true;
  return axis;
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

Destinations destinations_of(const Source& source, const DenseTable& table, Interval interval) {
  const Frame& frame = source.frame;
  const std::size_t classes = table.varies_along(4) ? frame.ages() : 1;
  Destinations result;
  for (const CohortRow row : positions<CohortRow>(frame.rows())) {
    result.class_of_row.emplace_back(classes == 1 ? 0 : frame.age_of(row).position());
  }
  result.shares = tabulate<decltype(result.shares)>(
      {frame.sexes.size(), classes, frame.areas.size(), frame.areas.size()},
      [&](Sex sex, AgeClass age, Area origin, Destination destination) {
        return table(interval, origin, destination, sex, age);
      });
  require_unit_sums(source, result);
  return result;
}

}  // namespace

ArrivalCounts place_arrivals(const Conventions& conventions, AgeDefinition ages,
                             const AgeTable& counts) {
  const auto [sexes, age_groups, groups, areas] = counts.extents();
  const CellTable::Extents extents{sexes, age_groups + 1, groups, areas};
  ArrivalCounts arrivals{CellTable(extents), CellTable(extents)};
  const auto add = [&arrivals](Sex sex, CohortRow row, std::span<const double> count, double share,
                               double exposure) {
    const auto persons = arrivals.persons.slab(sex, row);
    const auto exposed = arrivals.exposed.slab(sex, row);
    for (std::size_t at = 0; at < count.size(); ++at) {
      persons[at] += share * count[at];
      exposed[at] += share * exposure * count[at];
    }
  };
  for (const Sex sex : positions<Sex>(sexes)) {
    for (const Age age : positions<Age>(age_groups)) {
      const CohortRow row(age.position());
      const CohortRow above(age.position() + 1);
      const auto count = counts.slab(sex, age);
      if (ages == AgeDefinition::end_of_year) {
        add(sex, row, count, 1.0, conventions.exposure(row));
      } else {
        const double at_start = conventions.exposure(above);
        add(sex, above, count, at_start, 1.0);
        add(sex, row, count, 1.0 - at_start, 0.0);
      }
    }
  }
  return arrivals;
}

void read_pool(const Source& source, Rates& rates) {
  const Frame& frame = source.frame;
  rates.moving = rates_by_row(source, p::domestic_leaving);
  const TableReference reference = *require_quantity(source, p::destination_shares).table();
  const std::vector<WantedAxis> axes{frame.flow_years(), end_of_move(frame, "origin"),
                                     end_of_move(frame, "destination"), frame.sex_axis(),
                                     frame.age_axis()};
  const DenseTable table = source.tables.read(p::destination_shares, reference, axes);
  if (table.varies_along(4) && source.tables.age_definition(p::destination_shares, reference) !=
                                   AgeDefinition::end_of_year) {
    throw Error(Fault::scenario,
                source.settings.mistake(p::destination_shares, "the table is by age at the event",
                                        "give shares by age at the end of the year"));
  }
  rates.destinations =
      series_of(table.varies_along(0) ? frame.intervals : 1,
                [&](Interval interval) { return destinations_of(source, table, interval); });
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
  WantedAxis group = frame.group_axis();
  group.required = true;
  const std::vector<WantedAxis> axes{frame.flow_years(),
                                     frame.area_axis(),
                                     group,
                                     {.name = "to_group", .labels = frame.groups, .required = true},
                                     frame.sex_axis(),
                                     frame.age_axis()};
  const DenseTable table = source.tables.read(p::transfer_rates, *quantity.table(), axes);
  const auto count = frame.group_count();
  rates.transferring =
      series_of(table.varies_along(0) ? frame.intervals : 1, [&](Interval interval) {
        return tabulate<TransferTable>(
            {frame.sexes.size(), frame.rows(), count, count, frame.areas.size()},
            [&](Sex sex, CohortRow row, Group from, ToGroup to, Area area) {
              if (to.position() == from.position()) return 0.0;
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
      break;
    case NetMigrationForm::counts:
      rates.net_migrants = arrivals_by_row(source, p::net_migration, conventions);
      break;
    case NetMigrationForm::rates:
      rates.net_migration_rate = rates_by_row(source, p::net_migration);
      break;
    case NetMigrationForm::residual: {
      const Figures target = Figures::read(source, p::net_migration_target, Completeness::counts);
      rates.net_migration_target = series_of(target.series_length(frame), [&](Interval interval) {
        return by_age(frame, target, interval);
      });
      break;
    }
  }
}

}  // namespace kohort::population
