#include "models/population/drawn_rates.hpp"

#include <algorithm>
#include <cmath>

#include "engine/kernels/reference/cohort.hpp"

namespace kohort::population {

namespace kernel = kernels::reference;

/// Factors are by area and draw; slabs have the areas group by group.
double DrawnRates::factor(Component component, std::size_t at) const {
  const auto factors = deviations_.factors(component);
  return factors[at % factors.size()];
}

void DrawnRates::scale(Component component, Slab slab) const {
  if (deviations_.none()) return;
  for (std::size_t at = 0; at < slab.size(); ++at) slab[at] *= factor(component, at);
}

void DrawnRates::dying(const SlabSite& site, Slab slab) const {
  kernel::spread(rates_.dying.at(site.interval).slab(site.sex, site.row), slab);
  if (deviations_.none()) return;
  const auto& response = rates_.uncertainty.mortality_response;
  const double b = response.empty() ? 0.0 : response(site.sex, frame_.age_of(site.row));
  const auto index = deviations_.mortality_index();
  for (std::size_t at = 0; at < slab.size(); ++at) {
    const double force = std::exp(b * index[at % index.size()]) * factor(Component::mortality, at);
    slab[at] = slab[at] < 1.0 ? -std::expm1(force * std::log1p(-slab[at])) : 1.0;
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
  if (deviations_.none()) return;
  for (std::size_t at = 0; at < moving.size(); ++at) {
    const double emigration = factor(Component::emigration, at);
    const double domestic = factor(Component::domestic, at);
    const double odds = 1.0 + (emigration - 1.0) * emigrating[at] + (domestic - 1.0) * moving[at];
    emigrating[at] *= emigration / odds;
    moving[at] *= domestic / odds;
  }
}

void DrawnRates::immigrants(const SlabSite& site, Slab slab) const {
  kernel::spread(rates_.immigrants.at(site.interval).persons.slab(site.sex, site.row), slab);
  scale(Component::immigration, slab);
}

void DrawnRates::net_migration(const SlabSite& site, Slab slab) const {
  kernel::spread(rates_.net_migration_rate.at(site.interval).slab(site.sex, site.row), slab);
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
}

}  // namespace kohort::population
