#include "models/population/fit/area_migration.hpp"

#include <fmt/format.h>

#include "engine/base/error.hpp"
#include "models/population/fit/parameters.hpp"

namespace kohort::population::fit {

namespace p = parameters;

AreaMigration::AreaMigration(const Source& source, const AreaHistory& areas, Years years)
    : areas_(areas) {
  const WantedAxis own = source.frame.own_area_axis();
  if (source.settings.given(p::history_net_migration)) {
    net_ = read_yearly<Area>(source, p::history_net_migration, years, {own});
    return;
  }
  if (source.settings.given(p::area_births) && source.settings.given(p::area_deaths)) {
    births_.emplace(source, p::area_births, years);
    deaths_.emplace(source, p::area_deaths, years);
  }
  if (source.settings.given(p::natural_change)) {
    natural_change_.emplace(source, p::natural_change, years);
    require_natural_change(source);
  } else {
    expected_.emplace(source, areas.history, areas.municipal);
  }
}

void AreaMigration::require_natural_change(const Source& source) const {
  for (const Area area : positions<Area>(source.frame.own_areas())) {
    if (natural_change_->knows(area) || counted(area)) continue;
    throw Error(Fault::input,
                source.settings.mistake(
                    p::natural_change,
                    fmt::format("no row at all for area {}, whose migration is what its total and "
                                "natural change leave over",
                                source.frame.areas[area.position()].code),
                    "add its rows, or give its births and deaths"));
  }
}

bool AreaMigration::counted(Area area) const {
  return births_ && births_->knows(area) && deaths_->knows(area);
}

double AreaMigration::net(Area area, Year year) const {
  double domestic = 0.0;
  for (const Area other : positions<Area>(areas_.moves.extent<Area>())) {
    domestic += areas_.moves(year, other, Destination(area.position()));
    domestic -= areas_.moves(year, area, Destination(other.position()));
  }
  return whole_net(area, year) - domestic;
}

double AreaMigration::emigrants(Area area, Year year, const SexAge& rates) const {
  double sum = 0.0;
  for (const Sex sex : positions<Sex>(2)) {
    for (const Age age : positions<Age>(rates.extent<Age>())) {
      sum += at_risk(area, year, sex, age) * rates(sex, age);
    }
  }
  return sum;
}

/// The newborn are to those of age 0 at the year's end as in the region.
double AreaMigration::at_risk(Area area, Year year, Sex sex, Age age) const {
  if (age > Age(0)) return areas_.municipal.entering(area, year, sex, age);
  const VitalHistory& region = areas_.history.region_of(area);
  const double infants = region.stocks(year, sex, age);
  const double stock = areas_.municipal.stock(area, year, sex, age);
  return infants > 0.0 ? stock * region.at_risk(year, sex, age) / infants : stock;
}

double AreaMigration::whole_net(Area area, Year year) const {
  if (net_) return (*net_)(year, area);
  const MunicipalHistory& municipal = areas_.municipal;
  return municipal.total(area, year) - municipal.total(area, year - 1) - natural_change(area, year);
}

double AreaMigration::chance(Area area, Year year) const {
  if (net_ || (natural_change_ && natural_change_->knows(area)) || counted(area)) return 0.0;
  const VitalEvents events = expected_->of(area, year);
  return events.births + events.deaths;
}

double AreaMigration::natural_change(Area area, Year year) const {
  if (natural_change_ && natural_change_->knows(area)) return natural_change_->total(year, area);
  if (counted(area)) return births_->total(year, area) - deaths_->total(year, area);
  const VitalEvents events = expected_->of(area, year);
  return events.births - events.deaths;
}

}  // namespace kohort::population::fit
