#include "models/care/service_inputs.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <set>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "engine/base/error.hpp"
#include "engine/base/nearest.hpp"
#include "engine/table/tabulate.hpp"
#include "models/care/parameters.hpp"
#include "models/care/service_parameters.hpp"

namespace kohort::care {

namespace p = parameters;

namespace {

using NamedState = Index<struct NamedStateAxis>;  ///< of the states that a service names
using ServiceAge = Index<struct ServiceAgeAxis>;

constexpr double unknown = std::numeric_limits<double>::quiet_NaN();
constexpr const char* nation_code = "00";

/// One service.
class ServiceReader {
 public:
  ServiceReader(const Source& source, const CareFrame& care, const Settings& block)
      : source_(source), frame_(source.frame), care_(care), block_(block) {}

  ServiceDescription describe() {
    ServiceDescription service{.name = block_[p::service_name],
                               .unit = block_[p::service_unit],
                               .payer = block_[p::service_payer],
                               .user_share = block_[p::service_user_share]};
    const std::vector<std::string> names = block_[p::service_states];
    for (const CareState state : positions<CareState>(care_.states.size())) {
      const std::string& name = care_.states[state.position()].name;
      if (std::find(names.begin(), names.end(), name) == names.end()) continue;
      service.states.push_back(state);
      state_names_.push_back(name);
    }
    for (const std::string& name : names) {
      if (std::find(state_names_.begin(), state_names_.end(), name) != state_names_.end()) continue;
      fail(p::service_states, fmt::format("no state of care is called '{}'", name),
           "write the name of a [[care.state]]");
    }
    if (service.states.empty()) fail(p::service_states, "there is none", "name at least one");
    if (service.name.empty()) fail(p::service_name, "it is empty", "give it a name");
    states_ = service.states;
    return service;
  }

  /// Figures of the states that the service names, 0 of others.
  void read_people(const QuantityParameter& parameter, Service service, ServiceTable& table) {
    const auto figures = read_states(parameter);
    const std::vector<ServiceAge> group_of = groups_of_ages(parameter, figures);
    for (const NamedState named : positions<NamedState>(states_.size())) {
      for (const Sex sex : positions<Sex>(frame_.sexes.size())) {
        for (const CareAge age : positions<CareAge>(care_.ages(frame_))) {
          const ServiceAge group = group_of[age.position()];
          for (const Area area : positions<Area>(frame_.areas.size())) {
            double figure = figures(area, named, sex, group);
            if (std::isnan(figure)) figure = figures(nation(), named, sex, group);
            if (std::isnan(figure)) {
              fail(parameter,
                   fmt::format("the table has no figure for area {}, state {}, {}, ages from {}",
                               frame_.areas[area.position()].code, state_names_[named.position()],
                               frame_.sexes[sex.position()],
                               source_.settings[p::service_ages][group.position()]),
                   "add its rows, or those of area 00 for all areas that lack them");
            }
            table(service, states_[named.position()], sex, age, area) = figure;
          }
        }
      }
    }
  }

  /// By area, the mean of the years up to the base year that have a figure.
  std::vector<double> read_areas(const Parameter& parameter, bool nation_stands_in) {
    const Quantity quantity = block_.quantity(parameter);
    if (!quantity.given()) return std::vector<double>(frame_.areas.size(), unknown);
    if (const double* number = quantity.number()) {
      if (block_.setting(parameter).origin != Origin::fallback) note_assumption();
      return std::vector<double>(frame_.areas.size(), *number);
    }
    const Years years{Year(1990), std::max(Year(1990), frame_.base_year)};
    const auto table = source_.tables.read<Interval, Area>(
        parameter, free(*quantity.table()), {wanted_years(years), areas_and_nation()});
    const auto mean = [&](Area area) {
      double sum = 0.0;
      int count = 0;
      for (const Interval year : positions<Interval>(years.count())) {
        if (std::isnan(table(year, area))) continue;
        sum += table(year, area);
        ++count;
      }
      return count == 0 ? unknown : sum / count;
    };
    std::vector<double> means;
    for (const Area area : positions<Area>(frame_.areas.size())) {
      means.push_back(mean(area));
      if (nation_stands_in && std::isnan(means.back())) means.back() = mean(nation());
    }
    return means;
  }

  std::vector<double> read_prices() {
    std::vector<double> prices = read_areas(p::service_price, true);
    const auto missing =
        std::find_if(prices.begin(), prices.end(), [](double x) { return std::isnan(x); });
    if (missing != prices.end()) {
      const auto at = static_cast<std::size_t>(missing - prices.begin());
      fail(p::service_price,
           fmt::format("the table has no price for area {} up to {}", frame_.areas[at].code,
                       frame_.base_year.value()),
           "add its row, or one of area 00 for all areas that lack one");
    }
    return prices;
  }

  /// How many users there is room for.
  void read_room(Service service, double occupancy, Table<double, Service, StockYear, Area>& room) {
    const auto places = room.slab(service);
    std::fill(places.begin(), places.end(), std::numeric_limits<double>::infinity());
    if (!block_.given(p::service_places)) return;
    const Years years{frame_.base_year, frame_.end_year()};
    WantedAxis areas = frame_.area_axis();
    areas.known.emplace_back(nation_code);
    const auto table = source_.tables.read<StockYear, Area>(
        p::service_places, free(*block_.quantity(p::service_places).table()),
        {wanted_years(years), areas});
    for (const Area area : positions<Area>(frame_.areas.size())) {
      bool any = false;
      for (const StockYear year : positions<StockYear>(years.count())) {
        any = any || !std::isnan(table(year, area));
      }
      if (!any) continue;
      for (const StockYear year : positions<StockYear>(years.count())) {
        room(service, year, area) = table(year, area) * occupancy;
        if (!std::isnan(table(year, area))) continue;
        fail(p::service_places,
             fmt::format("the table has places of area {}, but none at the end of {}",
                         frame_.areas[area.position()].code,
                         frame_.base_year.value() + static_cast<int>(year.position())),
             "give them for every year, or leave the area out where nothing limits it");
      }
    }
  }

  [[noreturn]] void fail(const Parameter& parameter, std::string what, std::string remedy) const {
    throw Error(Fault::scenario, block_.mistake(parameter, std::move(what), std::move(remedy)));
  }

 private:
  using StateFigures = BroadcastTable<Area, NamedState, Sex, ServiceAge>;

  Area nation() const { return Area(frame_.areas.size()); }
  void note_assumption() const { source_.tables.note(Basis::assumed); }

  WantedAxis areas_and_nation() const {
    WantedAxis areas = frame_.area_axis();
    areas.labels.emplace_back(nation_code);
    return areas;
  }

  static TableReference free(TableReference reference) {
    if (reference.missing == Missing::error) reference.missing = Missing::none;
    return reference;
  }

  StateFigures read_states(const QuantityParameter& parameter) const {
    const Quantity quantity = block_.quantity(parameter);
    if (const double* number = quantity.number()) {
      if (block_.setting(parameter).origin != Origin::fallback) note_assumption();
      return StateFigures(*number);
    }
    std::vector<std::string> all;
    for (const StateDescription& state : care_.states) all.push_back(state.name);
    return source_.tables.read<Area, NamedState, Sex, ServiceAge>(
        parameter, free(*quantity.table()),
        {areas_and_nation(), WantedAxis{.name = "state", .labels = state_names_, .known = all},
         frame_.sex_axis(),
         WantedAxis{.name = "age",
                    .labels = source_.settings[p::service_ages],
                    .kind = WantedAxis::Kind::age}});
  }

  std::vector<ServiceAge> groups_of_ages(const Parameter& parameter,
                                         const StateFigures& figures) const {
    const std::size_t ages = care_.ages(frame_);
    if (!figures.varies_along<ServiceAge>()) return std::vector<ServiceAge>(ages, ServiceAge(0));
    std::vector<int> firsts;
    for (const std::string& age : source_.settings[p::service_ages]) {
      firsts.push_back(std::stoi(age));
    }
    const int first = frame_.first_age(care_.first_age);
    if (firsts.front() != first) {
      fail(parameter, fmt::format("care.service_ages begins at {}", firsts.front()),
           fmt::format("it must begin at care.first_age, {}", first));
    }
    std::vector<ServiceAge> groups;
    for (const CareAge age : positions<CareAge>(ages)) {
      const int at = first + static_cast<int>(age.position());
      const auto above = std::upper_bound(firsts.begin(), firsts.end(), at);
      groups.emplace_back(static_cast<std::size_t>(above - firsts.begin() - 1));
    }
    return groups;
  }

  const Source& source_;
  const Frame& frame_;
  const CareFrame& care_;
  const Settings& block_;
  std::vector<CareState> states_;
  std::vector<std::string> state_names_;
};

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
    inputs_.counts.push_back({reader.read_areas(p::service_observed_users, false),
                              reader.read_areas(p::service_observed_share, false),
                              reader.read_areas(p::service_observed_per_user, true)});
    inputs_.occupancy.push_back(block[p::service_occupancy]);
    reader.read_room(service, inputs_.occupancy.back(), rates.room);
    read_price(service, reader);
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
      const bool meant = lever.on() == LeverOn::coverage || lever.on() == LeverOn::volume;
      if (meant && all.empty()) {
        mistakes.add(lever.block().mistake(p::lever_on, "there are no services",
                                           "give [[care.service]] blocks"));
      }
      for (const std::string& name : lever.services()) {
        if (all.empty() || std::find(all.begin(), all.end(), name) != all.end()) continue;
        const auto nearby = nearest(name, all);
        mistakes.add(lever.block().mistake(
            p::lever_services, fmt::format("no service is called '{}'", name),
            nearby ? fmt::format("did you mean '{}'?", *nearby)
                   : fmt::format("the services are {}", fmt::join(all, ", "))));
      }
    }
    mistakes.throw_if_any(Fault::scenario);
  }

  void read_levers(LeverOn on, std::vector<ServiceFactors>& factors) const {
    const auto works = [&](const Lever& lever) { return lever.on() == on; };
    if (std::none_of(levers_.begin(), levers_.end(), works)) return;
    for (const Interval interval : positions<Interval>(frame_.intervals)) {
      factors.push_back(tabulate<ServiceFactors>(
          {blocks_.size(), frame_.sexes.size(), care_.ages(frame_), frame_.areas.size()},
          [&](Service service, Sex sex, CareAge age, Area area) {
            double factor = 1.0;
            for (const Lever& lever : levers_) {
              if (!works(lever) || !is_about(lever, service)) continue;
              factor *= lever.factor(interval, sex, care_.age_of(age), area);
            }
            return factor;
          }));
    }
  }

  bool is_about(const Lever& lever, Service service) const {
    const auto& named = lever.services();
    return named.empty() ||
           std::find(named.begin(), named.end(), inputs_.rates.services[service.position()].name) !=
               named.end();
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
