#include "models/care/service_rates.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "engine/base/error.hpp"

namespace kohort::care {
namespace {

constexpr double tolerance = 1e-9;  ///< by which a share may exceed 1 through rounding

/// The largest factor of any year, 1 where there are none.
double largest(const std::vector<ServiceFactors>& factors, Service service, Sex sex, CareAge age,
               Area area) {
  double largest = 1.0;
  for (const ServiceFactors& year : factors) {
    largest = std::max(largest, year(service, sex, age, area));
  }
  return largest;
}

void require_shares(const ServiceRates& rates, const Frame& frame, Service service,
                    CareState state) {
  for (const Sex sex : positions<Sex>(frame.sexes.size())) {
    for (const CareAge age : positions<CareAge>(rates.use.extent<CareAge>())) {
      for (const Area area : positions<Area>(frame.areas.size())) {
        const double share = rates.use(service, state, sex, age, area) *
                             largest(rates.coverage, service, sex, age, area);
        if (share <= 1.0 + tolerance) continue;
        throw Error(
            Fault::scenario,
            Mistake{{},
                    fmt::format("care.service: {:.3g} times all people of a state of care would "
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

}  // namespace

void require_shares(const ServiceRates& rates, const Frame& frame) {
  for (const Service service : positions<Service>(rates.services.size())) {
    for (const CareState state : rates.services[service.position()].states) {
      require_shares(rates, frame, service, state);
    }
  }
}

}  // namespace kohort::care
