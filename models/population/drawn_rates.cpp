#include "models/population/drawn_rates.hpp"

#include <algorithm>
#include <functional>

#include "engine/kernels/reference/cohort.hpp"
#include "engine/kernels/reference/hazard.hpp"

namespace kohort::population {

namespace kernel = kernels::reference;

/// Factors are by area and draw, and the same in each group.
void DrawnRates::scale(Component component, Slab slab) const {
  if (!deviations_.changes(component)) return;
  const auto factors = deviations_.factors(component);
  for (std::size_t group = 0; group < slab.size(); group += factors.size()) {
    const Slab of_group = slab.subspan(group, factors.size());
    std::transform(of_group.begin(), of_group.end(), factors.begin(), of_group.begin(),
                   std::multiplies<>());
  }
}

bool DrawnRates::adjusts(Adjusted what) const {
  const auto& all = deviations_.adjustments();
  return std::any_of(all.begin(), all.end(),
                     [&](const DrawnAdjustment& one) { return one.what == what; });
}

void DrawnRates::adjust(Adjusted what, const SlabSite& site, Slab slab) const {
  const Age age = frame_.age_of(site.row);
  const std::size_t draws = slab.size() / frame_.places();
  for (const DrawnAdjustment& one : deviations_.adjustments()) {
    if (one.what != what) continue;
    for (std::size_t at = 0; at < slab.size(); ++at) {
      const Area area(at / draws % frame_.areas.size());
      slab[at] *= one.factor.ratio(site.interval, site.sex, age, area, Draw(at % draws));
    }
  }
}

void DrawnRates::dying(const SlabSite& site, Slab slab) const {
  const auto expected = rates_.dying.at(site.interval).slab(site.sex, site.row);
  const bool deviates = deviations_.changes(Component::mortality);
  if (!deviates && !adjusts(Adjusted::mortality)) {
    kernel::spread(expected, slab);
    return;
  }
  const std::size_t draws = slab.size() / expected.size();
  std::fill(slab.begin(), slab.end(), 1.0);
  if (deviates) {
    const auto own = deviations_.factors(Component::mortality);
    const auto national = deviations_.national_mortality(site.sex, frame_.age_of(site.row));
    for (std::size_t place = 0; place < expected.size(); ++place) {
      const auto of_area = own.subspan(place * draws % own.size(), draws);
      std::transform(national.begin(), national.end(), of_area.begin(),
                     slab.subspan(place * draws, draws).begin(), std::multiplies<>());
    }
  }
  adjust(Adjusted::mortality, site, slab);
  for (std::size_t place = 0; place < expected.size(); ++place) {
    kernel::under_force(expected[place], slab.subspan(place * draws, draws));
  }
}

void DrawnRates::leaving(const SlabSite& site, Slab emigrating, Slab moving) const {
  const auto lay_out = [&](const Series<CellTable>& rates, Slab slab) {
    if (rates.empty()) {
      std::fill(slab.begin(), slab.end(), 0.0);
    } else {
      kernel::spread(rates.at(site.interval).slab(site.sex, site.row), slab);
    }
  };
  lay_out(rates_.emigrating, emigrating);
  lay_out(rates_.moving, moving);
  adjust(Adjusted::emigration, site, emigrating);
  adjust(Adjusted::domestic_out, site, moving);
  if (!deviations_.changes(Component::emigration) && !deviations_.changes(Component::domestic)) {
    return;
  }
  const auto abroad = deviations_.factors(Component::emigration);
  const auto domestic = deviations_.factors(Component::domestic);
  for (std::size_t group = 0; group < moving.size(); group += domestic.size()) {
    for (std::size_t at = 0; at < domestic.size(); ++at) {
      double& emigration = emigrating[group + at];
      double& move = moving[group + at];
      const double odds = 1.0 + (abroad[at] - 1.0) * emigration + (domestic[at] - 1.0) * move;
      emigration *= abroad[at] / odds;
      move *= domestic[at] / odds;
    }
  }
}

void DrawnRates::immigrants(const SlabSite& site, Slab slab) const {
  kernel::spread(rates_.immigrants.at(site.interval).persons.slab(site.sex, site.row), slab);
  scale(Component::immigration, slab);
  adjust(Adjusted::immigration, site, slab);
}

void DrawnRates::net_migrants(const SlabSite& site, Slab slab) const {
  kernel::spread(rates_.net_migrants.at(site.interval).persons.slab(site.sex, site.row), slab);
  adjust(Adjusted::net_migration, site, slab);
}

void DrawnRates::net_migration(const SlabSite& site, Slab slab) const {
  kernel::spread(rates_.net_migration_rate.at(site.interval).slab(site.sex, site.row), slab);
  adjust(Adjusted::net_migration, site, slab);
  const ParameterUncertainty& uncertainty = rates_.uncertainty;
  if (deviations_.none() || uncertainty.net_migration.kind == DeviationKind::none) return;
  const Age age = frame_.age_of(site.row);
  const double national_response = uncertainty.net_migration_response(site.sex, age);
  const double own_response = uncertainty.area_net_migration_response(site.sex, age);
  const auto national = deviations_.national_net_migration();
  const auto own = deviations_.own_net_migration();
  for (std::size_t at = 0; at < slab.size(); ++at) {
    const double deviation =
        national_response * national[at % national.size()] + own_response * own[at % own.size()];
    const double growth = deviation < 0.0 ? 1.0 / (1.0 - deviation) : 1.0 + deviation;
    slab[at] = (1.0 + slab[at]) * growth - 1.0;
  }
}

void DrawnRates::fertility(Interval interval, Age age, Slab slab) const {
  kernel::spread(rates_.fertility.at(interval).slab(age), slab);
  scale(Component::fertility, slab);
  if (const auto women = frame_.position_of("female")) {
    adjust(Adjusted::fertility, {interval, *women, CohortRow(age.position())}, slab);
  }
}

}  // namespace kohort::population
