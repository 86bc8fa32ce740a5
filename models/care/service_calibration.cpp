#include "models/care/service_calibration.hpp"

#include <cmath>
#include <utility>

#include <fmt/format.h>

#include "engine/base/error.hpp"
#include "models/care/levers.hpp"
#include "models/care/located.hpp"
#include "models/care/service_parameters.hpp"

namespace kohort::care {
namespace {

using AreaFactors = Table<double, Service, Area>;

class Calibration {
 public:
  Calibration(const Source& source, const CareFrame& care, ServiceInputs inputs,
              const BaseStates& people)
      : source_(source),
        frame_(source.frame),
        care_(care),
        inputs_(std::move(inputs)),
        people_(people),
        use_factor_({services(), frame_.areas.size()}, 1.0),
        volume_factor_({services(), frame_.areas.size()}, 1.0) {}

  CalibratedServices run() {
    if (services() == 0) return {};
    for (const Service service : positions<Service>(services())) {
      for (const Area area : positions<Area>(frame_.areas.size())) meet(service, area);
    }
    require_possible_use();
    report();
    return {std::move(inputs_.rates), std::move(estimates_)};
  }

 private:
  /// Blames the services for what they ask for themselves, and the levers for the rest.
  void require_possible_use() {
    ServiceRates& rates = inputs_.rates;
    auto coverage = std::exchange(rates.coverage, {});
    auto volume = std::exchange(rates.volume, {});
    auto prices = std::exchange(rates.price_changes, {});
    located(source_, parameters::services, "use", [&] { require_shares(rates, frame_); });
    rates.coverage = std::move(coverage);
    rates.volume = std::move(volume);
    rates.price_changes = std::move(prices);
    const bool own = !source_.settings[parameters::levers].empty();
    located(source_, own ? parameters::levers : kohort::parameters::interventions, "services",
            [&] { require_shares(rates, frame_); });
  }

  struct Total {
    double users = 0.0;
    double units = 0.0;
  };

  std::size_t services() const { return inputs_.rates.services.size(); }

  /// Calls `action(state, sex, age)` for all who can use the service.
  template <class Action>
  void for_each(Service service, const Action& action) const {
    for (const CareState state : inputs_.rates.services[service.position()].states) {
      for (const Sex sex : positions<Sex>(frame_.sexes.size())) {
        for (const CareAge age : positions<CareAge>(care_.ages(frame_))) action(state, sex, age);
      }
    }
  }

  Total total(Service service, Area area) const {
    Total total;
    for_each(service, [&](CareState state, Sex sex, CareAge age) {
      const double users = people_.base(sex, care_.age_of(age), Group(0), area) *
                           people_.shares(sex, age, state, area) *
                           inputs_.rates.use(service, state, sex, age, area);
      total.users += users;
      total.units += users * inputs_.rates.per_user(service, state, sex, age, area);
    });
    return total;
  }

  double everybody(Area area) const {
    double sum = 0.0;
    for (const Sex sex : positions<Sex>(frame_.sexes.size())) {
      for (const CareAge age : positions<CareAge>(care_.ages(frame_))) {
        sum += people_.base(sex, care_.age_of(age), Group(0), area);
      }
    }
    return sum;
  }

  void meet(Service service, Area area) {
    const ServiceCounts& counts = inputs_.counts[service.position()];
    const std::size_t at = area.position();
    const Total total = this->total(service, area);
    const double users =
        std::isnan(counts.users[at]) ? counts.share[at] * everybody(area) : counts.users[at];
    const double waiting = std::isnan(counts.waiting[at]) ? 0.0 : counts.waiting[at];
    if (!std::isnan(counts.waiting[at])) keep_places(service, area, users);
    double& use = use_factor_(service, area);
    double& volume = volume_factor_(service, area);
    if (!std::isnan(users)) use = factor(users + waiting, total.users, service, area);
    if (!std::isnan(counts.per_user[at]) && total.users > 0.0) {
      volume = factor(counts.per_user[at] * total.users, total.units, service, area);
    }
    const double occupancy = inputs_.occupancy[service.position()];
    for_each(service, [&](CareState state, Sex sex, CareAge age) {
      inputs_.rates.use(service, state, sex, age, area) *= use;
      inputs_.rates.per_user(service, state, sex, age, area) *= volume / occupancy;
    });
  }

  /// Where some wait there is room for those who are served, and no plan says that there will be
  /// more.
  void keep_places(Service service, Area area, double served) {
    for (const StockYear year : positions<StockYear>(frame_.intervals + 1)) {
      double& room = inputs_.rates.room(service, year, area);
      if (std::isinf(room)) room = served;
    }
  }

  double factor(double counted, double reckoned, Service service, Area area) const {
    if (counted == 0.0 && reckoned == 0.0) return 1.0;
    if (reckoned > 0.0) return counted / reckoned;
    throw Error(Fault::scenario,
                source_.settings.mistake(
                    parameters::services,
                    fmt::format("'{}' has users or units in area {} as counted, but none as "
                                "reckoned from the states of care",
                                inputs_.rates.services[service.position()].name,
                                frame_.areas[area.position()].code),
                    "check its states, use and per_user"));
  }

  void report() {
    add("care/calibration/use_factor",
        "factor on the use of a service by which users in the base year are those counted", "1",
        use_factor_);
    add("care/calibration/volume_factor",
        "factor on units per user by which their mean in the base year is that counted", "1",
        volume_factor_);
    add("care/calibration/price", "price of a unit in fixed prices; 0 where no cost is reckoned",
        "SEK", inputs_.rates.price);
  }

  void add(const std::string& name, const std::string& meaning, const std::string& unit,
           const AreaFactors& factors) {
    estimates_.push_back({name,
                          meaning,
                          unit,
                          {{"service", {}}, {"area", {}}},
                          {factors.values().begin(), factors.values().end()},
                          std::max(Basis::estimated, source_.tables.weakest())});
  }

  const Source& source_;
  const Frame& frame_;
  const CareFrame& care_;
  ServiceInputs inputs_;
  const BaseStates& people_;
  AreaFactors use_factor_;
  AreaFactors volume_factor_;
  std::vector<Estimate> estimates_;
};

}  // namespace

CalibratedServices calibrate_services(const Source& source, const CareFrame& care,
                                      ServiceInputs inputs, const BaseStates& people) {
  return Calibration(source, care, std::move(inputs), people).run();
}

}  // namespace kohort::care
