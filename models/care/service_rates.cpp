#include "models/care/service_rates.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "engine/base/error.hpp"

namespace kohort::care {
namespace {

constexpr double tolerance = 1e-9;  ///< by which a share may exceed 1 through rounding

/// The share of any year farthest from the shares that can be: the largest, or one below 0.
/// `change_in` says what levers make of it in a year.
template <class Function>
double extreme(double use, const std::vector<ServiceChanges>& years, const Function& change_in) {
  double extreme = use;
  for (const ServiceChanges& year : years) {
    const double share = change_in(year).of(use);
    if (share < 0.0) return share;
    extreme = std::max(extreme, share);
  }
  return extreme;
}

void require_shares(const ServiceRates& rates, const Frame& frame, Service service,
                    CareState state) {
  for (const Sex sex : positions<Sex>(frame.sexes.size())) {
    for (const CareAge age : positions<CareAge>(rates.use.extent<CareAge>())) {
      for (const Area area : positions<Area>(frame.areas.size())) {
        const double share =
            extreme(rates.use(service, state, sex, age, area), rates.coverage,
                    [&](const ServiceChanges& year) { return year(service, sex, age, area); });
        if (share >= 0.0 && share <= 1.0 + tolerance) continue;
        throw Error(
            Fault::scenario,
            Mistake{{},
                    fmt::format("{:.3g} times all people of a state of care would "
                                "use '{}' in area {}",
                                share, rates.services[service.position()].name,
                                frame.areas[area.position()].code),
                    "lower its use or the levers on coverage; where more users are observed than "
                    "people in these states, name more states or calibrate the states "
                    "(care.area_shares)"});
      }
    }
  }
}

/// Shifts of levers may take more than there is.
void require_not_negative(const ServiceRates& rates, const Frame& frame, Service service) {
  const auto require = [&](double figure, const char* what, std::size_t interval) {
    if (figure >= 0.0) return;
    throw Error(Fault::scenario,
                Mistake{{},
                        fmt::format("{} of '{}' would be {:.3g} in {}", what,
                                    rates.services[service.position()].name, figure,
                                    frame.end_of(Interval(interval)).value()),
                        "choose a smaller shift, or a factor"});
  };
  for (const Area area : positions<Area>(frame.areas.size())) {
    for (std::size_t interval = 0; interval < rates.price_changes.size(); ++interval) {
      const double price =
          rates.price(service, area) * rates.price_level(service, Interval(interval));
      require(rates.price_changes[interval](service, area).of(price), "the price", interval);
    }
  }
  for (std::size_t interval = 0; interval < rates.volume.size(); ++interval) {
    for (const CareState state : rates.services[service.position()].states) {
      const auto units = rates.per_user.slab(service, state);
      const auto changes = rates.volume[interval].slab(service);
      for (std::size_t at = 0; at < units.size(); ++at) {
        require(changes[at].of(units[at]), "units per user", interval);
      }
    }
  }
}

}  // namespace

void require_shares(const ServiceRates& rates, const Frame& frame) {
  for (const Service service : positions<Service>(rates.services.size())) {
    require_not_negative(rates, frame, service);
  }
  for (const Service service : positions<Service>(rates.services.size())) {
    for (const CareState state : rates.services[service.position()].states) {
      require_shares(rates, frame, service, state);
    }
  }
}

}  // namespace kohort::care
