#include "models/care/services.hpp"

#include <algorithm>
#include <cmath>

namespace kohort::care {
namespace {

/// The factor of the levers, 1 where there are none.
double lever(const std::vector<ServiceFactors>& factors, std::size_t interval, Service service,
             std::pair<Sex, CareAge> who, Area area) {
  if (factors.empty()) return 1.0;
  return factors[std::min(interval, factors.size() - 1)](service, who.first, who.second, area);
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
          none,
          none};
}

ServiceLedger Services::ledger(std::size_t draws) const {
  const std::size_t areas = frame_.areas.size();
  const ServiceAmounts none({rates_.services.size(), areas, draws});
  const std::vector<double> by_area(areas);
  const Table<double, Payer, Area, Draw> by_payer({payers.size(), areas, draws});
  return {none,
          none,
          none,
          none,
          by_payer,
          by_payer,
          {none,
           {none, none},
           {none, none},
           by_area,
           by_area,
           by_area,
           std::vector<double>(areas * draws),
           std::vector<double>(areas * draws)}};
}

ServiceStock Services::start(const CareTable& persons) const {
  const std::size_t draws = persons.extent<Draw>();
  ServiceStock stock = this->stock(draws);
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
  enter_costs(interval, ledger);
}

void Services::deliver(Interval interval, const ServiceAmounts& shares,
                       ServiceLedger& ledger) const {
  const auto volume = ledger.volume.values();
  const auto unmet = ledger.unmet.values();
  for (std::size_t at = 0; at < volume.size(); ++at) {
    const double delivered = shares.values()[at] * volume[at];
    unmet[at] += volume[at] - delivered;
    volume[at] = delivered;
  }
  enter_costs(interval, ledger);
}

void Services::reckon(StockYear year, const CareTable& persons, ServiceStock& stock,
                      ServiceLedger& ledger) const {
  auto& work = ledger.workspace;
  for (ServiceAmounts* amounts : {&stock.queue, &stock.borrowed, &work.need, &work.closing.served,
                                  &work.closing.unmet, &work.opening.served, &work.opening.unmet}) {
    clear(*amounts);
  }
  std::fill(stock.users.values().begin(), stock.users.values().end(), 0.0);
  for (const Service service : order_) add_need(year, service, persons, stock, work);
  for (const Service service : order_) {
    if (limited(service, year)) ration(year, service, stock, work);
  }
  std::copy(work.closing.served.values().begin(), work.closing.served.values().end(),
            stock.provided.values().begin());
  if (!rates_.places.any()) return;
  for (const Service service : order_) move_to_places(service, stock, work);
}

/// What the people of a cell need for each of them, by area.
void Services::weigh(StockYear year, const Cell& cell, ServiceLedger::Workspace& work) const {
  const std::size_t next = year.position();
  for (const Area area : positions<Area>(frame_.areas.size())) {
    const std::size_t at = area.position();
    const auto factor = [&](const std::vector<ServiceFactors>& factors, std::size_t interval) {
      return lever(factors, interval, cell.service, {cell.sex, cell.age}, area);
    };
    const double units = rates_.per_user(cell.service, cell.state, cell.sex, cell.age, area);
    // Levers begin to work in the first interval: the base year is as it is.
    const double covered = next == 0 ? 1.0 : factor(rates_.coverage, next - 1);
    work.use[at] = covered * rates_.use(cell.service, cell.state, cell.sex, cell.age, area);
    work.closing_units[at] = next == 0 ? units : units * factor(rates_.volume, next - 1);
    work.opening_units[at] = units * factor(rates_.volume, next);
  }
}

void Services::add_need(StockYear year, Service service, const CareTable& persons,
                        ServiceStock& stock, ServiceLedger::Workspace& work) const {
  for (const CareState state : rates_.services[service.position()].states) {
    for (const Sex sex : positions<Sex>(frame_.sexes.size())) {
      for (const CareAge age : positions<CareAge>(ages_)) {
        weigh(year, {service, state, sex, age}, work);
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
  share_places(year, service, stock, work);
  const auto borrowed = std::as_const(stock.borrowed).slab(service);
  for (std::size_t at = 0; at < need.size(); ++at) {
    queue[at] = std::max(0.0, need[at] - rates_.room(service, year, Area(at / draws)));
    // Nobody borrows more than it lacks.
    if (borrowed[at] > 0.0) queue[at] -= borrowed[at];
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

/// What an area has to spare is not known where nothing limits it: it lends nothing. In the base
/// year all is as it is.
void Services::share_places(StockYear year, Service service, ServiceStock& stock,
                            ServiceLedger::Workspace& work) const {
  if (!rates_.places.any() || year.position() == 0) return;
  const std::size_t draws = stock.queue.extent<Draw>();
  const auto need = std::as_const(work.need).slab(service);
  for (std::size_t at = 0; at < need.size(); ++at) {
    const double room = rates_.room(service, year, Area(at / draws));
    work.lacking[at] = std::isfinite(room) ? need[at] - room : 0.0;
  }
  rates_.places.share(Interval(year.position() - 1), draws, work.lacking,
                      stock.borrowed.slab(service));
}

/// Those in places of others take what others take there: an area has what its own users take on
/// average, times those who have its places. Where it has no users of its own, the average is that
/// of all areas.
void Services::move_to_places(Service service, ServiceStock& stock,
                              const ServiceLedger::Workspace& work) const {
  const std::size_t draws = stock.queue.extent<Draw>();
  const auto need = work.need.slab(service);
  const auto queue = std::as_const(stock.queue).slab(service);
  const auto borrowed = std::as_const(stock.borrowed).slab(service);
  const auto provided = stock.provided.slab(service);
  for (std::size_t draw = 0; draw < draws; ++draw) {
    double users = 0.0;
    double units = 0.0;
    for (std::size_t at = draw; at < need.size(); at += draws) {
      users += need[at] - queue[at];
      units += provided[at];
    }
    for (std::size_t at = draw; at < need.size(); at += draws) {
      if (borrowed[at] == 0.0) continue;
      const double own = need[at] - queue[at];
      provided[at] -= borrowed[at] * (own > 0.0 ? provided[at] / own : units / users);
    }
  }
}

void Services::pass_on(StockYear year, Service service, const Overflow& overflow,
                       ServiceStock& stock, ServiceLedger::Workspace& work) const {
  const std::size_t draws = stock.queue.extent<Draw>();
  const auto need = work.need.slab(overflow.to);
  const auto closing = work.closing.served.slab(overflow.to);
  const auto opening = work.opening.served.slab(overflow.to);
  for (const Sex sex : positions<Sex>(frame_.sexes.size())) {
    for (const CareAge age : positions<CareAge>(ages_)) {
      weigh(year, {overflow.to, overflow.as, sex, age}, work);
      const auto waiting = std::as_const(stock.users).slab(service, sex, age);
      const auto users = stock.users.slab(overflow.to, sex, age);
      for (std::size_t at = 0; at < waiting.size(); ++at) {
        const double people = overflow.share * work.unserved[at] * waiting[at];
        users[at] += people;
        need[at] += people;
        closing[at] += people * work.closing_units[at / draws];
        opening[at] += people * work.opening_units[at / draws];
      }
    }
  }
}

void Services::enter_costs(Interval interval, ServiceLedger& ledger) const {
  std::fill(ledger.paid.values().begin(), ledger.paid.values().end(), 0.0);
  std::fill(ledger.paid_current.values().begin(), ledger.paid_current.values().end(), 0.0);
  for (const Service service : positions<Service>(rates_.services.size())) {
    enter_costs(interval, service, ledger);
  }
}

void Services::enter_costs(Interval interval, Service service, ServiceLedger& ledger) const {
  const ServiceDescription& described = rates_.services[service.position()];
  const std::size_t draws = ledger.volume.extent<Draw>();
  const auto volume = std::as_const(ledger.volume).slab(service);
  const auto cost = ledger.cost.slab(service);
  const auto current = ledger.cost_current.slab(service);
  const double level = rates_.price_level(service, interval);
  for (std::size_t at = 0; at < volume.size(); ++at) {
    cost[at] = volume[at] * (rates_.price(service, Area(at / draws)) * level);
    current[at] = cost[at] * rates_.inflation[interval.position()];
  }
  const auto enter = [&](std::span<const double> amounts, Table<double, Payer, Area, Draw>& paid) {
    const auto by_payer = paid.slab(described.payer);
    const auto by_user = paid.slab(by_users);
    for (std::size_t at = 0; at < amounts.size(); ++at) {
      by_payer[at] += amounts[at] * (1.0 - described.user_share);
      by_user[at] += amounts[at] * described.user_share;
    }
  };
  enter(cost, ledger.paid);
  enter(current, ledger.paid_current);
}

}  // namespace kohort::care
