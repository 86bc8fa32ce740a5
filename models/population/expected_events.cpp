#include "models/population/expected_events.hpp"

#include <algorithm>
#include <functional>

#include "engine/kernels/fast/kernels.hpp"
#include "engine/kernels/fast/sweeps.hpp"
#include "engine/kernels/reference/cohort.hpp"

namespace kohort::population {

namespace kernel = kernels::reference;

void ExpectedEvents::part(const SlabSite& /*site*/, Drawn /*drawn*/, ConstSlab persons,
                          std::span<const Way> ways, Slab stayers) const {
  std::copy(persons.begin(), persons.end(), stayers.begin());
  for (const Way& way : ways) kernel::part(persons, way.chance, way.leavers, stayers);
}

void ExpectedEvents::hand_out(const SlabSite& site, Group group, ConstSlab movers,
                              Slab arrivals) const {
  const Destinations& destinations = rates_.destinations.at(site.interval);
  const AgeClass age_class = destinations.class_of_row[site.row.position()];
  const Attraction* attraction = attraction_in(rates_.attraction, site.interval);
  if (destinations.common()) {
    const kernel::CommonShares common =
        attraction == nullptr
            ? kernel::CommonShares{destinations.weights.slab(site.sex, age_class),
                                   destinations.per_leaver.slab(site.sex, age_class)}
            : kernel::CommonShares{attraction->weights.slab(site.sex, site.row, group),
                                   attraction->per_leaver.slab(site.sex, site.row, group)};
    kernels::fast::pool(movers, common, arrivals);
    return;
  }
  const auto shares = destinations.shares.slab(site.sex, age_class);
  if (attraction != nullptr) {
    const kernel::Odds odds{attraction->odds.slab(site.sex, site.row, group),
                            attraction->sum.slab(site.sex, site.row, group)};
    kernels::fast::pool(movers, shares, odds, arrivals);
  } else {
    kernels::fast::pool(movers, shares, frame_.areas.size(), arrivals);
  }
}

void ExpectedEvents::count(const SlabSite& /*site*/, Drawn /*drawn*/, ConstSlab expected,
                           Slab counts) const {
  std::copy(expected.begin(), expected.end(), counts.begin());
}

void ExpectedEvents::count_net(const SlabSite& /*site*/, Drawn /*drawn*/, ConstSlab expected,
                               ConstSlab /*present*/, Slab counts) const {
  std::copy(expected.begin(), expected.end(), counts.begin());
}

void ExpectedEvents::count_net_at_rate(const SlabSite& /*site*/, Drawn /*drawn*/, ConstSlab rate,
                                       const AtRisk& people, Slab counts) const {
  std::transform(rate.begin(), rate.end(), people.at_start.begin(), counts.begin(),
                 std::multiplies<>());
}

}  // namespace kohort::population
