#include "models/population/fit/international.hpp"

#include <algorithm>
#include <cmath>

#include "engine/table/tabulate.hpp"
#include "models/population/fit/parameters.hpp"

namespace kohort::population::fit {

namespace p = parameters;

namespace {

using SexAge = Table<double, Sex, Age>;

double mean_of(const Source& source, const TableParameter& parameter, Years years) {
  const auto table = source.tables.read<PastYear>(
      parameter, *require_quantity(source, parameter).table(), {wanted_years(years)});
  double sum = 0.0;
  for (const PastYear year : positions<PastYear>(years.count())) sum += table(year);
  return sum / static_cast<double>(years.count());
}

/// Yearly means over the window.
struct NationalFlows {
  SexAge at_risk;
  SexAge immigrants;
  SexAge emigrants;
};

NationalFlows national_flows(const Source& source, const History& history,
                             const Schedules& schedules, Years years) {
  const SexAge::Extents extents{2, source.frame.ages()};
  const auto mean = [&](auto figure) {
    return tabulate<SexAge>(extents, [&](Sex sex, Age age) {
      double sum = 0.0;
      for (const Year year : years) {
        sum += figure(year, sex, age);
      }
      return sum / static_cast<double>(years.count());
    });
  };
  const VitalHistory& nation = history.nation;
  NationalFlows flows;
  flows.at_risk = mean([&](Year y, Sex s, Age a) { return nation.at_risk(y, s, a); });
  const SexAge net = mean([&](Year y, Sex s, Age a) { return nation.net_migration(y, s, a); });
  flows.emigrants = tabulate<SexAge>(extents, [&](Sex sex, Age age) {
    return flows.at_risk(sex, age) * rate_at(schedules.emigration[sex.position()], age);
  });
  double sum = 0.0;
  for (const double emigrants : flows.emigrants.values()) sum += emigrants;
  const double scale = mean_of(source, p::national_emigrants, years) / sum;
  for (double& emigrants : flows.emigrants.values()) emigrants *= scale;
  flows.immigrants = tabulate<SexAge>(extents, [&](Sex sex, Age age) {
    return std::max(0.0, net(sex, age) + flows.emigrants(sex, age));
  });
  return flows;
}

class AreaMigration {
 public:
  AreaMigration(const Source& source, const History& history, const MunicipalHistory& municipal,
                const FlowTable& flows, Years years)
      : source_(source), history_(history), municipal_(municipal), flows_(flows), years_(years) {
    if (!source.settings.given(p::history_net_migration)) return;
    net_ = source.tables.read<PastYear, Area>(
        p::history_net_migration, *require_quantity(source, p::history_net_migration).table(),
        {wanted_years(years), source.frame.own_area_axis()});
  }

  /// Yearly mean of the area's net migration from abroad.
  double international_net(Area area) const {
    double domestic = 0.0;
    for (const Area other : positions<Area>(source_.frame.areas.size())) {
      domestic += flows_(other, Destination(area.position()));
      domestic -= flows_(area, Destination(other.position()));
    }
    return whole_net(area) - domestic;
  }

  /// Yearly mean of the emigrants whom national rates take from the area's people.
  double emigrants(Area area, const SexAge& rates) const {
    double sum = 0.0;
    for (const Year year : years_) {
      for (const Sex sex : positions<Sex>(2)) {
        for (const Age age : positions<Age>(rates.extent<Age>())) {
          sum += municipal_.at_risk(area, year, sex, age) * rates(sex, age);
        }
      }
    }
    return sum / static_cast<double>(years_.count());
  }

 private:
  double whole_net(Area area) const {
    double sum = 0.0;
    for (const Year year : years_) {
      const PastYear at(static_cast<std::size_t>(year - years_.first()));
      sum += net_ ? (*net_)(at, area) : unexplained_change(area, year);
    }
    return sum / static_cast<double>(years_.count());
  }

  /// The change of the total less the natural change that the region's rates give.
  double unexplained_change(Area area, Year year) const {
    const VitalHistory& region = history_.region_of(area);
    double natural = 0.0;
    for (const Sex sex : positions<Sex>(2)) {
      const bool women = source_.frame.sexes[sex.position()] == "female";
      for (const Age age : positions<Age>(source_.frame.ages())) {
        const double exposure =
            (municipal_.at_risk(area, year, sex, age) + municipal_.stock(area, year, sex, age)) /
            2.0;
        const double person_years = region.exposure(year, sex, age);
        if (person_years <= 0.0) continue;
        natural -= exposure * region.deaths(region.at(year), sex, age) / person_years;
        if (women) natural += exposure * region.births(region.at(year), age) / person_years;
      }
    }
    return municipal_.total(area, year) - municipal_.total(area, year - 1) - natural;
  }

  const Source& source_;
  const History& history_;
  const MunicipalHistory& municipal_;
  const FlowTable& flows_;
  Years years_;
  std::optional<BroadcastTable<PastYear, Area>> net_;
};

/// Immigrants of each area: net plus emigrants, none below 0. The rest of the country takes what
/// the nation has beyond the other areas; without a rest all are scaled to the nation.
std::vector<double> immigrants_by_area(const Frame& frame, const AreaMigration& migration,
                                       const SexAge& rates, double national) {
  const bool closed_by_rest = frame.areas.back().rest;
  const std::size_t own = frame.areas.size() - (closed_by_rest ? 1 : 0);
  std::vector<double> immigrants(frame.areas.size(), 0.0);
  double sum = 0.0;
  for (const Area area : positions<Area>(own)) {
    const double count =
        std::max(0.0, migration.international_net(area) + migration.emigrants(area, rates));
    immigrants[area.position()] = count;
    sum += count;
  }
  if (closed_by_rest) {
    immigrants.back() = std::max(0.0, national - sum);
  } else if (sum > 0.0) {
    for (double& count : immigrants) count *= national / sum;
  }
  return immigrants;
}

}  // namespace

InternationalFit fit_international(const Source& source, const History& history,
                                   const MunicipalHistory& municipal, const FlowTable& flows,
                                   const Schedules& schedules) {
  const Frame& frame = source.frame;
  const Years years = window(source, p::international_years);
  const NationalFlows nation = national_flows(source, history, schedules, years);
  const auto rates = tabulate<SexAge>(nation.emigrants.extents(), [&](Sex sex, Age age) {
    const double at_risk = nation.at_risk(sex, age);
    return at_risk > 0.0 ? nation.emigrants(sex, age) / at_risk : 0.0;
  });
  double national = 0.0;
  for (const double immigrants : nation.immigrants.values()) national += immigrants;

  InternationalFit fit;
  const AreaMigration migration(source, history, municipal, flows, years);
  fit.area_immigrants = immigrants_by_area(frame, migration, rates, national);
  fit.emigrating = tabulate<CellTable>(cell_extents(frame),
                                       [&](Sex sex, CohortRow row, Group /*group*/, Area /*area*/) {
                                         return rates(sex, frame.age_of(row));
                                       });
  fit.immigrants =
      tabulate<AgeTable>(age_extents(frame), [&](Sex sex, Age age, Group /*group*/, Area area) {
        return fit.area_immigrants[area.position()] * nation.immigrants(sex, age) / national;
      });
  return fit;
}

}  // namespace kohort::population::fit
