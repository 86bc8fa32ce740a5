#include "models/care/services.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "engine/base/error.hpp"

namespace kohort::care {
namespace {

/// The factor of the levers, 1 where there are none.
double lever(const std::vector<ServiceFactors>& factors, std::size_t interval, Service service,
             std::pair<Sex, CareAge> who, Area area) {
  if (factors.empty()) return 1.0;
  return factors[std::min(interval, factors.size() - 1)](service, who.first, who.second, area);
}

[[noreturn]] void refuse(const DrawnServiceLever& lever, double share, const std::string& service,
                         const std::string& area) {
  throw Error(Fault::scenario,
              Mistake{Location{},
                      fmt::format("intervention '{}': in a draw {:.3g} times all people of a state "
                                  "of care would use '{}' in area {}",
                                  lever.factor.factor().rollout().name, share, service, area),
                      "choose a smaller factor, or a smaller factor_se"});
}

void clear(ServiceAmounts& amounts) {
  std::fill(amounts.values().begin(), amounts.values().end(), 0.0);
}

/// Adds to [area][draw] others times a weight by area.
void add_weighted(std::span<const double> people, std::span<const double> weights,
                  std::span<double> sums) {
  const std::size_t draws = people.size() / weights.size();
  for (std::size_t area = 0; area < weights.size(); ++area) {
    if (weights[area] == 0.0) continue;
    for (std::size_t at = area * draws; at < (area + 1) * draws; ++at) {
      sums[at] += weights[area] * people[at];
    }
  }
}

void take_mean(const ServiceAmounts& opening, const ServiceAmounts& closing,
               ServiceAmounts& result) {
  for (std::size_t at = 0; at < result.size(); ++at) {
    result.values()[at] = 0.5 * (opening.values()[at] + closing.values()[at]);
  }
}

}  // namespace

Services::Services(const Frame& frame, ServiceRates rates)
    : frame_(frame), rates_(std::move(rates)) {
  ages_ = rates_.use.extent<CareAge>();
  for (const bool passing_on : {true, false}) {
    for (const Service service : positions<Service>(rates_.services.size())) {
      const bool passes_on = !rates_.services[service.position()].overflow.empty();
      if (passes_on == passing_on) order_.push_back(service);
    }
  }
  require_shares(rates_, frame_);
}

ServiceStock Services::stock(std::size_t draws) const {
  const std::size_t services = rates_.services.size();
  const ServiceAmounts none({services, frame_.areas.size(), draws});
  return {UserTable({services, frame_.sexes.size(), ages_, frame_.areas.size(), draws}),
          none,
          {none, none},
          {}};
}

ServiceLedger Services::ledger(std::size_t draws) const {
  const std::size_t areas = frame_.areas.size();
  const ServiceAmounts none({rates_.services.size(), areas, draws});
  const std::vector<double> by_area(rates_.random_levers.empty() ? areas : areas * draws);
  return {none,
          none,
          none,
          none,
          Table<double, Payer, Area, Draw>({payers.size(), areas, draws}),
          {none,
           {none, none},
           {none, none},
           by_area,
           by_area,
           by_area,
           std::vector<double>(areas * draws)}};
}

std::vector<DrawnServiceLever> Services::draw_levers(const DrawBlock& block) const {
  std::vector<DrawnServiceLever> levers;
  for (const RandomServiceLever& lever : rates_.random_levers) {
    levers.push_back({lever.on_coverage, lever.services, {lever.factor, frame_, block}});
  }
  return levers;
}

ServiceStock Services::start(const CareTable& persons,
                             std::vector<DrawnServiceLever> levers) const {
  const std::size_t draws = persons.extent<Draw>();
  ServiceStock stock = this->stock(draws);
  stock.levers = std::move(levers);
  ServiceLedger ledger = this->ledger(draws);
  reckon(StockYear(0), persons, stock, ledger);
  stock.opening = std::move(ledger.workspace.opening);
  return stock;
}

void Services::step(Interval interval, const CareTable& persons, ServiceStock& stock,
                    ServiceLedger& ledger) const {
  auto& work = ledger.workspace;
  reckon(StockYear(interval.position() + 1), persons, stock, ledger);
  take_mean(stock.opening.served, work.closing.served, ledger.volume);
  take_mean(stock.opening.unmet, work.closing.unmet, ledger.unmet);
  std::swap(stock.opening, work.opening);
  std::fill(ledger.paid.values().begin(), ledger.paid.values().end(), 0.0);
  for (const Service service : positions<Service>(rates_.services.size())) {
    enter_costs(interval, service, ledger);
  }
}

void Services::reckon(StockYear year, const CareTable& persons, ServiceStock& stock,
                      ServiceLedger& ledger) const {
  auto& work = ledger.workspace;
  for (ServiceAmounts* amounts : {&stock.queue, &work.need, &work.closing.served,
                                  &work.closing.unmet, &work.opening.served, &work.opening.unmet}) {
    clear(*amounts);
  }
  std::fill(stock.users.values().begin(), stock.users.values().end(), 0.0);
  for (const Service service : order_) add_need(year, service, persons, stock, work);
  for (const Service service : order_) {
    if (limited(service, year)) ration(year, service, stock, work);
  }
}

/// What the people of a cell need for each of them.
void Services::weigh(StockYear year, const Cell& cell, const ServiceStock& stock,
                     ServiceLedger::Workspace& work) const {
  const std::size_t next = year.position();
  const std::size_t width = work.use.size() / frame_.areas.size();
  for (const Area area : positions<Area>(frame_.areas.size())) {
    const auto set = [&](std::vector<double>& values, double value) {
      std::fill_n(&values[area.position() * width], width, value);
    };
    const auto factor = [&](const std::vector<ServiceFactors>& factors, std::size_t interval) {
      return lever(factors, interval, cell.service, {cell.sex, cell.age}, area);
    };
    const double units = rates_.per_user(cell.service, cell.state, cell.sex, cell.age, area);
    // Levers begin to work in the first interval: the base year is as it is.
    const double covered = next == 0 ? 1.0 : factor(rates_.coverage, next - 1);
    set(work.use, covered * rates_.use(cell.service, cell.state, cell.sex, cell.age, area));
    set(work.closing_units, next == 0 ? units : units * factor(rates_.volume, next - 1));
    set(work.opening_units, units * factor(rates_.volume, next));
  }
  for (const DrawnServiceLever& lever : stock.levers) {
    if (lever.services.contains(cell.service)) pull(year, cell, lever, work);
  }
}

/// What each draw makes of a lever beyond what is expected of it.
void Services::pull(StockYear year, const Cell& cell, const DrawnServiceLever& lever,
                    ServiceLedger::Workspace& work) const {
  const Age age(rates_.first_age.position() + cell.age.position());
  const std::size_t next = year.position();
  const Interval opening(std::min(next, frame_.intervals - 1));
  const std::size_t draws = work.use.size() / frame_.areas.size();
  for (std::size_t at = 0; at < work.use.size(); ++at) {
    const auto ratio = [&](Interval interval) {
      return lever.factor.ratio(interval, cell.sex, age, Area(at / draws), Draw(at % draws));
    };
    if (!lever.on_coverage) {
      work.opening_units[at] *= ratio(opening);
      if (next > 0) work.closing_units[at] *= ratio(Interval(next - 1));
      continue;
    }
    if (next > 0) work.use[at] *= ratio(Interval(next - 1));
    if (work.use[at] <= 1.0) continue;
    refuse(lever, work.use[at], rates_.services[cell.service.position()].name,
           frame_.areas[at / draws].code);
  }
}

void Services::add_need(StockYear year, Service service, const CareTable& persons,
                        ServiceStock& stock, ServiceLedger::Workspace& work) const {
  for (const CareState state : rates_.services[service.position()].states) {
    for (const Sex sex : positions<Sex>(frame_.sexes.size())) {
      for (const CareAge age : positions<CareAge>(ages_)) {
        weigh(year, {service, state, sex, age}, stock, work);
        const auto people = persons.slab(state, sex, age);
        add_weighted(people, work.use, stock.users.slab(service, sex, age));
        add_weighted(people, work.use, work.need.slab(service));
        for (std::size_t at = 0; at < work.use.size(); ++at) {
          work.closing_units[at] *= work.use[at];
          work.opening_units[at] *= work.use[at];
        }
        add_weighted(people, work.closing_units, work.closing.served.slab(service));
        add_weighted(people, work.opening_units, work.opening.served.slab(service));
      }
    }
  }
}

bool Services::limited(Service service, StockYear year) const {
  const auto rooms = rates_.room.slab(service, year);
  return std::any_of(rooms.begin(), rooms.end(), [](double room) { return std::isfinite(room); });
}

/// Those who do not fit wait, all alike; some of them get another service meanwhile.
void Services::ration(StockYear year, Service service, ServiceStock& stock,
                      ServiceLedger::Workspace& work) const {
  const std::size_t draws = stock.queue.extent<Draw>();
  const auto need = work.need.slab(service);
  const auto queue = stock.queue.slab(service);
  for (std::size_t at = 0; at < need.size(); ++at) {
    queue[at] = std::max(0.0, need[at] - rates_.room(service, year, Area(at / draws)));
    work.unserved[at] = queue[at] == 0.0 ? 0.0 : queue[at] / need[at];
  }
  for (const Overflow& overflow : rates_.services[service.position()].overflow) {
    pass_on(year, service, overflow, stock, work);
  }
  for (const Sex sex : positions<Sex>(frame_.sexes.size())) {
    for (const CareAge age : positions<CareAge>(ages_)) {
      const auto users = stock.users.slab(service, sex, age);
      for (std::size_t at = 0; at < users.size(); ++at) users[at] -= work.unserved[at] * users[at];
    }
  }
  for (ServiceLoad* load : {&work.closing, &work.opening}) {
    const auto served = load->served.slab(service);
    const auto unmet = load->unmet.slab(service);
    for (std::size_t at = 0; at < served.size(); ++at) {
      unmet[at] = work.unserved[at] * served[at];
      served[at] -= unmet[at];
    }
  }
}

void Services::pass_on(StockYear year, Service service, const Overflow& overflow,
                       ServiceStock& stock, ServiceLedger::Workspace& work) const {
  const std::size_t each = stock.queue.slab(service).size() / work.closing_units.size();
  const auto need = work.need.slab(overflow.to);
  const auto closing = work.closing.served.slab(overflow.to);
  const auto opening = work.opening.served.slab(overflow.to);
  for (const Sex sex : positions<Sex>(frame_.sexes.size())) {
    for (const CareAge age : positions<CareAge>(ages_)) {
      weigh(year, {overflow.to, overflow.as, sex, age}, stock, work);
      const auto waiting = std::as_const(stock.users).slab(service, sex, age);
      const auto users = stock.users.slab(overflow.to, sex, age);
      for (std::size_t at = 0; at < waiting.size(); ++at) {
        const double people = overflow.share * work.unserved[at] * waiting[at];
        users[at] += people;
        need[at] += people;
        closing[at] += people * work.closing_units[at / each];
        opening[at] += people * work.opening_units[at / each];
      }
    }
  }
}

void Services::enter_costs(Interval interval, Service service, ServiceLedger& ledger) const {
  const ServiceDescription& described = rates_.services[service.position()];
  const std::size_t draws = ledger.volume.extent<Draw>();
  const auto volume = std::as_const(ledger.volume).slab(service);
  const auto cost = ledger.cost.slab(service);
  const auto current = ledger.cost_current.slab(service);
  const auto paid = ledger.paid.slab(described.payer);
  const auto by_user = ledger.paid.slab(by_users);
  const double level = rates_.price_level(service, interval);
  for (std::size_t at = 0; at < volume.size(); ++at) {
    cost[at] = volume[at] * (rates_.price(service, Area(at / draws)) * level);
    current[at] = cost[at] * rates_.inflation[interval.position()];
    paid[at] += cost[at] * (1.0 - described.user_share);
    by_user[at] += cost[at] * described.user_share;
  }
}

}  // namespace kohort::care
