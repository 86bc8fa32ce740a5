#include "models/population/fit/area_migration.hpp"

#include "models/population/fit/parameters.hpp"

namespace kohort::population::fit {

namespace p = parameters;

AreaMigration::AreaMigration(const Source& source, const AreaHistory& areas, Years years)
    : areas_(areas) {
  const WantedAxis own = source.frame.own_area_axis();
  if (source.settings.given(p::history_net_migration)) {
    net_ = read_yearly<Area>(source, p::history_net_migration, years, {own});
  } else if (source.settings.given(p::natural_change)) {
    natural_change_ = read_yearly<Area>(source, p::natural_change, years, {own});
  } else {
    expected_.emplace(source, areas.history, areas.municipal);
  }
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

double AreaMigration::natural_change(Area area, Year year) const {
  if (natural_change_) return (*natural_change_)(year, area);
  const VitalEvents events = expected_->of(area, year);
  return events.births - events.deaths;
}

}  // namespace kohort::population::fit
