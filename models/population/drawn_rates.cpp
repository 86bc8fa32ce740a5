#include "models/population/drawn_rates.hpp"

#include <algorithm>
#include <cmath>
#include <functional>

#include <fmt/format.h>

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

void DrawnRates::pull(Adjusted what, const SlabSite& site, Slab slab) const {
  deviations_.levers(what).apply(site.sex, frame_.age_of(site.row), slab);
}

void DrawnRates::pull_mortality(const SlabSite& site, std::span<const double> expected,
                                Slab slab) const {
  const std::size_t draws = slab.size() / expected.size();
  const double years = years_exposed(frame_, site.row);
  for (std::size_t at = 0; at < slab.size(); ++at) {
    slab[at] = -std::log1p(-expected[at / draws]) / years;
  }
  pull(Adjusted::mortality, site, slab);
  const bool deviates = deviations_.changes(Component::mortality);
  const auto own = deviations_.factors(Component::mortality);
  const auto national = deviations_.national_mortality(site.sex, frame_.age_of(site.row));
  for (std::size_t at = 0; at < slab.size(); ++at) {
    if (slab[at] < 0.0) {
      throw deviations_.levers(Adjusted::mortality)
          .refusal(fmt::format("the force of mortality at age {} in {} would be less than 0",
                               frame_.first_age(frame_.age_of(site.row)),
                               frame_.end_of(site.interval).value()));
    }
    const double factor = deviates ? national[at % draws] * own[at % own.size()] : 1.0;
    slab[at] = -std::expm1(-slab[at] * years * factor);
  }
}

void DrawnRates::dying(const SlabSite& site, Slab slab) const {
  const auto expected = rates_.dying.at(site.interval).slab(site.sex, site.row);
  if (deviations_.levers(Adjusted::mortality).any()) {
    pull_mortality(site, expected, slab);
    return;
  }
  if (!deviations_.changes(Component::mortality)) {
    kernel::spread(expected, slab);
    return;
  }
  const auto own = deviations_.factors(Component::mortality);
  const auto national = deviations_.national_mortality(site.sex, frame_.age_of(site.row));
  const std::size_t draws = national.size();
  for (std::size_t place = 0; place < expected.size(); ++place) {
    const Slab chance = slab.subspan(place * draws, draws);
    const auto of_area = own.subspan(place * draws % own.size(), draws);
    std::transform(national.begin(), national.end(), of_area.begin(), chance.begin(),
                   std::multiplies<>());
    kernel::under_force(expected[place], chance);
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
  pull_leaving(site, emigrating, moving);
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

void DrawnRates::pull_leaving(const SlabSite& site, Slab emigrating, Slab moving) const {
  for (const Adjusted what : {Adjusted::emigration, Adjusted::domestic_out}) {
    const DrawnLevers& levers = deviations_.levers(what);
    if (!levers.any()) continue;
    pull(what, site, what == Adjusted::emigration ? emigrating : moving);
    for (std::size_t at = 0; at < moving.size(); ++at) {
      if (emigrating[at] >= 0.0 && moving[at] >= 0.0 && emigrating[at] + moving[at] <= 1.0) {
        continue;
      }
      throw levers.refusal(
          fmt::format("a share of {:.3g} would emigrate and of {:.3g} move away at age {} in {}",
                      emigrating[at], moving[at], frame_.first_age(frame_.age_of(site.row)),
                      frame_.end_of(site.interval).value()));
    }
  }
}

void DrawnRates::net_migrants(const SlabSite& site, Slab slab) const {
  kernel::spread(rates_.net_migrants.at(site.interval).persons.slab(site.sex, site.row), slab);
  pull(Adjusted::net_migration, site, slab);
}

void DrawnRates::immigrants(const SlabSite& site, Slab slab) const {
  kernel::spread(rates_.immigrants.at(site.interval).persons.slab(site.sex, site.row), slab);
  pull(Adjusted::immigration, site, slab);
  scale(Component::immigration, slab);
}

void DrawnRates::net_migration(const SlabSite& site, Slab slab) const {
  kernel::spread(rates_.net_migration_rate.at(site.interval).slab(site.sex, site.row), slab);
  pull(Adjusted::net_migration, site, slab);
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
  const DrawnLevers& levers = deviations_.levers(Adjusted::fertility);
  if (levers.any()) {
    levers.apply(*frame_.position_of("female"), age, slab);
    if (std::any_of(slab.begin(), slab.end(), [](double rate) { return rate < 0.0; })) {
      throw levers.refusal(fmt::format("births at age {} in {} would be fewer than none",
                                       frame_.first_age(age), frame_.end_of(interval).value()));
    }
  }
  scale(Component::fertility, slab);
}

}  // namespace kohort::population
