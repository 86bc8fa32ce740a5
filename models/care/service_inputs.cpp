#include "models/care/service_inputs.hpp"

#include <algorithm>
#include <cmath>
#include <set>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "engine/base/error.hpp"
#include "engine/base/nearest.hpp"
#include "engine/table/tabulate.hpp"
#include "models/care/parameters.hpp"
#include "models/care/service_parameters.hpp"
#include "models/care/service_reader.hpp"

namespace kohort::care {

namespace p = parameters;

namespace {

/// All of them.
class Reader {
 public:
  Reader(const Source& source, const CareFrame& care, const std::vector<Lever>& levers)
      : source_(source),
        frame_(source.frame),
        care_(care),
        levers_(levers),
        blocks_(source.settings[p::services]) {}

  ServiceInputs read() {
    if (blocks_.empty()) {
      check_levers();
      return std::move(inputs_);
    }
    make_room();
    for (const Service service : positions<Service>(blocks_.size())) read(service);
    for (const Service service : positions<Service>(blocks_.size())) read_overflow(service);
    require_other_people();
    check_levers();
    read_levers(LeverOn::coverage, inputs_.rates.coverage);
    read_levers(LeverOn::volume, inputs_.rates.volume);
    read_price_levers();
    keep_levers();
    return std::move(inputs_);
  }

 private:
  void make_room() {
    const std::size_t areas = frame_.areas.size();
    const std::size_t all = blocks_.size();
    ServiceRates& rates = inputs_.rates;
    rates.use =
        ServiceTable({all, care_.states.size(), frame_.sexes.size(), care_.ages(frame_), areas});
    rates.per_user = rates.use;
    rates.room = Table<double, Service, StockYear, Area>({all, frame_.intervals + 1, areas});
    rates.price = Table<double, Service, Area>({all, areas});
    rates.price_level = Table<double, Service, Interval>({all, frame_.intervals});
    for (const Interval interval : positions<Interval>(frame_.intervals)) {
      rates.inflation.push_back(inflated(frame_.end_of(interval).value() - price_year()));
    }
  }

  int price_year() const {
    return static_cast<int>(
        source_.settings.maybe(p::price_year).value_or(frame_.base_year.value()));
  }
  double inflated(int years) const { return std::pow(1.0 + source_.settings[p::inflation], years); }

  void read(Service service) {
    const Settings& block = blocks_[service.position()];
    ServiceReader reader(source_, care_, block);
    ServiceRates& rates = inputs_.rates;
    rates.services.push_back(reader.describe());
    for (std::size_t before = 0; before < service.position(); ++before) {
      if (rates.services[before].name != rates.services.back().name) continue;
      reader.fail(p::service_name, fmt::format("a second '{}'", rates.services.back().name),
                  "give each service a name of its own");
    }
    reader.read_people(p::service_use, service, rates.use);
    reader.read_people(p::service_per_user, service, rates.per_user);
    if (block.given(p::service_observed_users) && block.given(p::service_observed_share)) {
      reader.fail(p::service_observed_share, "observed_users are given too", "leave out one");
    }
    inputs_.counts.push_back({reader.read_areas(p::service_observed_users, Rows00::refused),
                              reader.read_areas(p::service_observed_share, Rows00::stand_in),
                              reader.read_areas(p::service_observed_waiting, Rows00::refused),
                              reader.read_areas(p::service_observed_per_user, Rows00::stand_in)});
    require_users(reader);
    inputs_.occupancy.push_back(block[p::service_occupancy]);
    reader.read_room(service, inputs_.occupancy.back(), rates.room);
    read_price(service, reader);
  }

  /// Who waits is told from who is served only where both were counted.
  void require_users(const ServiceReader& reader) const {
    const ServiceCounts& counts = inputs_.counts.back();
    for (const Area area : positions<Area>(frame_.areas.size())) {
      const std::size_t at = area.position();
      if (std::isnan(counts.waiting[at])) continue;
      if (!std::isnan(counts.users[at]) || !std::isnan(counts.share[at])) continue;
      reader.fail(p::service_observed_waiting,
                  fmt::format("area {} has people who wait, but no users that were counted",
                              frame_.areas[at].code),
                  "give observed_users or observed_share: those who have the service");
    }
  }

  void read_price(Service service, ServiceReader& reader) {
    const Settings& block = blocks_[service.position()];
    const auto year = static_cast<int>(block.maybe(p::service_price_year).value_or(price_year()));
    const std::vector<double> prices = reader.read_prices();
    for (const Area area : positions<Area>(frame_.areas.size())) {
      inputs_.rates.price(service, area) = prices[area.position()] * inflated(price_year() - year);
    }
    for (const Interval interval : positions<Interval>(frame_.intervals)) {
      inputs_.rates.price_level(service, interval) = std::pow(
          1.0 + block[p::service_price_growth], frame_.end_of(interval).value() - price_year());
    }
  }

  std::vector<std::string> names() const {
    std::vector<std::string> names;
    for (const ServiceDescription& service : inputs_.rates.services) names.push_back(service.name);
    return names;
  }

  void read_overflow(Service service) {
    const Settings& block = blocks_[service.position()];
    const std::vector<std::string> targets = block[p::service_overflow_to];
    const std::vector<double> shares = block[p::service_overflow_shares];
    const ServiceReader reader(source_, care_, block);
    double sum = 0.0;
    for (const double share : shares) sum += share;
    if (shares.size() != targets.size() || sum > 1.0 + 1e-12) {
      reader.fail(p::service_overflow_shares,
                  fmt::format("found {} shares that sum to {}", shares.size(), sum),
                  "give one for each service of overflow_to, at most 1 together");
    }
    const std::vector<std::string> all = names();
    for (std::size_t at = 0; at < targets.size(); ++at) {
      const auto found = std::find(all.begin(), all.end(), targets[at]);
      if (found == all.end()) {
        reader.fail(p::service_overflow_to, fmt::format("no service is called '{}'", targets[at]),
                    fmt::format("the services are {}", fmt::join(all, ", ")));
      }
      const Service to(static_cast<std::size_t>(found - all.begin()));
      if (!blocks_[to.position()][p::service_overflow_to].empty()) {
        reader.fail(p::service_overflow_to,
                    fmt::format("'{}' passes people on itself", targets[at]),
                    "name a service without overflow_to");
      }
      inputs_.rates.services[service.position()].overflow.push_back(
          {to, shares[at], inputs_.rates.services[to.position()].states.back()});
    }
  }

  /// Nobody may become a user of a service twice: those who can come to it have states of their
  /// own.
  void require_other_people() const {
    const auto& services = inputs_.rates.services;
    for (const Service to : positions<Service>(services.size())) {
      std::set<CareState> taken(services[to.position()].states.begin(),
                                services[to.position()].states.end());
      for (const Service from : positions<Service>(services.size())) {
        const ServiceDescription& source = services[from.position()];
        const bool leads = std::any_of(source.overflow.begin(), source.overflow.end(),
                                       [&](const Overflow& way) { return way.to == to; });
        if (!leads) continue;
        for (const CareState state : source.states) {
          if (taken.insert(state).second) continue;
          ServiceReader(source_, care_, blocks_[from.position()])
              .fail(p::service_overflow_to,
                    fmt::format("people in '{}' can have '{}' anyway",
                                care_.states[state.position()].name, services[to.position()].name),
                    "let it take over only people of other states");
        }
      }
    }
  }

  void check_levers() const {
    Mistakes mistakes;
    const std::vector<std::string> all = names();
    for (const Lever& lever : levers_) {
      if (lever.on_changes()) continue;
      if (all.empty()) {
        mistakes.add(
            lever.block().about_on("there are no services", "give [[care.service]] blocks"));
      } else {
        require_known(lever.block(), "service", all, mistakes);
      }
    }
    mistakes.throw_if_any(Fault::scenario);
  }

  /// The levers on something of a service.
  std::vector<Effect> effects(LeverOn on, Service service) const {
    std::vector<Effect> effects;
    for (const Lever& lever : levers_) {
      if (lever.on() != on || !lever.block().is_about(name_of(service))) continue;
      effects.push_back(lever.effect());
    }
    return effects;
  }

  bool any_on(LeverOn on) const {
    return std::any_of(levers_.begin(), levers_.end(),
                       [&](const Lever& lever) { return lever.on() == on; });
  }

  void read_levers(LeverOn on, std::vector<ServiceChanges>& changes) const {
    if (!any_on(on)) return;
    std::vector<std::vector<Effect>> by_service;
    for (const Service service : positions<Service>(blocks_.size())) {
      by_service.push_back(effects(on, service));
    }
    for (const Interval interval : positions<Interval>(frame_.intervals)) {
      changes.push_back(tabulate<ServiceChanges>(
          {blocks_.size(), frame_.sexes.size(), care_.ages(frame_), frame_.areas.size()},
          [&](Service service, Sex sex, CareAge age, Area area) {
            return change_by(by_service[service.position()], interval, sex, care_.age_of(age),
                             area);
          }));
    }
  }

  void read_price_levers() {
    if (!any_on(LeverOn::price)) return;
    for (const Interval interval : positions<Interval>(frame_.intervals)) {
      inputs_.rates.price_changes.push_back(tabulate<PriceChanges>(
          {blocks_.size(), frame_.areas.size()}, [&](Service service, Area area) {
            return change_by(effects(LeverOn::price, service), interval, Sex(0), Age(0), area);
          }));
    }
  }

  /// Keeps the levers where draws can differ in any.
  void keep_levers() {
    inputs_.rates.first_age = care_.first_age;
    if (std::none_of(levers_.begin(), levers_.end(), [](const Lever& lever) {
          return !lever.on_changes() && lever.effect().is_random();
        })) {
      return;
    }
    for (const Service service : positions<Service>(blocks_.size())) {
      inputs_.rates.effects.push_back({effects(LeverOn::coverage, service),
                                       effects(LeverOn::volume, service),
                                       effects(LeverOn::price, service)});
    }
  }

  const std::string& name_of(Service service) const {
    return inputs_.rates.services[service.position()].name;
  }

  const Source& source_;
  const Frame& frame_;
  const CareFrame& care_;
  const std::vector<Lever>& levers_;
  std::vector<Settings> blocks_;
  ServiceInputs inputs_;
};

}  // namespace

ServiceInputs read_service_inputs(const Source& source, const CareFrame& care,
                                  const std::vector<Lever>& levers) {
  return Reader(source, care, levers).read();
}

}  // namespace kohort::care
