#include "models/care/services.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>

#include <fmt/format.h>

#include "engine/base/add_to.hpp"
#include "engine/base/error.hpp"
#include "engine/base/wide.hpp"
#include "models/care/service_sweep.hpp"

namespace kohort::care {
namespace {

/// What is expected of the levers makes of the figures of the areas.
void change(const std::vector<ServiceChanges>& changes, std::size_t interval, Service service,
            std::pair<Sex, CareAge> who, std::span<double> figures) {
  if (changes.empty()) return;
  const auto of_areas =
      changes[std::min(interval, changes.size() - 1)].slab(service, who.first, who.second);
  std::transform(of_areas.begin(), of_areas.end(), figures.begin(), figures.begin(),
                 [](const RateChange& change, double figure) { return change.of(figure); });
}

/// Throws where the draws have taken a figure beyond what it can be.
void require_within(const DrawnLevers& levers, std::span<const double> figures, double most,
                    const std::string& what) {
  constexpr double tolerance = 1e-9;  // by which a share may exceed 1 through rounding
  for (const double figure : figures) {
    if (figure >= 0.0 && figure <= most + tolerance) continue;
    throw levers.refusal(fmt::format("{} would be {:.3g}", what, figure));
  }
}

void clear(ServiceAmounts& amounts) {
  std::fill(amounts.values().begin(), amounts.values().end(), 0.0);
}

/// Adds [area][draw] of others times a weight of each area, or of each of them.
KOHORT_WIDE void add_weighted(std::span<const double> people, std::span<const double> weights,
                              std::span<double> sums) {
  const std::size_t draws = people.size() / weights.size();
  if (draws == 1) {
    for (std::size_t at = 0; at < people.size(); ++at) sums[at] += weights[at] * people[at];
    return;
  }
  for (std::size_t area = 0; area < weights.size(); ++area) {
    const double weight = weights[area];
    if (weight == 0.0) continue;
    for (std::size_t at = area * draws; at < (area + 1) * draws; ++at) {
      sums[at] += weight * people[at];
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
  std::size_t uses = 0;
  for (const ServiceDescription& service : rates_.services) uses += service.states.size();
  if (!rates_.coverage.empty() || !rates_.volume.empty() || uses > most_uses) return;
  units_ = rates_.use;
  std::transform(units_.values().begin(), units_.values().end(), rates_.per_user.values().begin(),
                 units_.values().begin(), std::multiplies<>());
}

ServiceStock Services::stock(std::size_t draws) const {
  const std::size_t services = rates_.services.size();
  const ServiceAmounts none({services, frame_.areas.size(), draws});
  return {none, {none, none}, none, none, {}};
}

ServiceLedger Services::ledger(std::size_t draws) const {
  const std::size_t areas = frame_.areas.size();
  const ServiceAmounts none({rates_.services.size(), areas, draws});
  const bool differ = !rates_.effects.empty();
  const std::vector<double> by_area(differ ? areas * draws : areas);
  const Table<double, Payer, Area, Draw> by_payer({payers.size(), areas, draws});
  return {UserTable({rates_.services.size(), frame_.sexes.size(), ages_, areas, draws},
                    frame_.precision),
          none,
          none,
          none,
          none,
          by_payer,
          by_payer,
          {.need = none,
           .closing = {none, none},
           .opening = {none, none},
           .use = by_area,
           .closing_units = by_area,
           .opening_units = by_area,
           .unserved = std::vector<double>(areas * draws),
           .lacking = std::vector<double>(areas * draws),
           .prices = differ ? none : ServiceAmounts()}};
}

std::vector<DrawnServiceLevers> Services::draw_levers(const DrawBlock& block) const {
  std::vector<DrawnServiceLevers> levers;
  for (const ServiceEffects& effects : rates_.effects) {
    const DrawnLevers volume(effects.volume, frame_, block);
    levers.push_back({DrawnLevers(effects.coverage, frame_, block), volume, volume,
                      DrawnLevers(effects.price, frame_, block)});
  }
  return levers;
}

ServiceStock Services::start(const CareTable& persons, ServiceLedger& ledger,
                             std::vector<DrawnServiceLevers> levers) const {
  ServiceStock stock = this->stock(persons.extent<Draw>());
  stock.levers = std::move(levers);
  reckon(StockYear(0), persons, stock, ledger);
  stock.opening = ledger.workspace.opening;
  return stock;
}

void Services::step(Interval interval, const CareTable& persons, ServiceStock& stock,
                    ServiceLedger& ledger) const {
  auto& work = ledger.workspace;
  reckon(StockYear(interval.position() + 1), persons, stock, ledger);
  take_mean(stock.opening.served, work.closing.served, ledger.volume);
  take_mean(stock.opening.unmet, work.closing.unmet, ledger.unmet);
  std::swap(stock.opening, work.opening);
  if (!work.prices.empty()) draw_prices(interval, stock.levers, work.prices);
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
  advance_levers(year, stock.levers);
  if (!as_in_base_year(stock) || persons.precision() != ledger.users.precision()) {
    for (const Service service : order_) add_need(year, service, persons, stock, ledger);
  } else if (persons.precision() == Precision::in_single) {
    add_all_need<float>(persons, ledger);
  } else {
    add_all_need<double>(persons, ledger);
  }
  for (const Service service : order_) {
    if (limited(service, year)) ration(year, service, stock, ledger);
  }
  std::copy(work.closing.served.values().begin(), work.closing.served.values().end(),
            stock.provided.values().begin());
  if (!rates_.places.any()) return;
  for (const Service service : order_) move_to_places(service, stock, work);
}

/// Levers begin to work in the first interval: the base year is as it is.
void Services::advance_levers(StockYear year, std::vector<DrawnServiceLevers>& levers) const {
  const std::size_t next = year.position();
  for (DrawnServiceLevers& one : levers) {
    if (next > 0) {
      one.coverage.advance(Interval(next - 1));
      one.closing_volume.advance(Interval(next - 1));
    }
    one.opening_volume.advance(Interval(std::min(next, frame_.intervals - 1)));
  }
}

/// What the people of a cell need for each of them.
void Services::weigh(StockYear year, const Cell& cell, const ServiceStock& stock,
                     ServiceLedger::Workspace& work) const {
  const std::size_t next = year.position();
  const std::size_t areas = frame_.areas.size();
  const DrawnServiceLevers* levers =
      stock.levers.empty() ? nullptr : &stock.levers[cell.service.position()];
  const std::size_t draws = stock.queue.extent<Draw>();
  const bool differ = levers != nullptr && levers->any();
  work.weighed = areas * (differ ? draws : 1);
  const auto of_areas = [&](std::vector<double>& figures, const ServiceTable& table) {
    const auto base = table.slab(cell.service, cell.state, cell.sex, cell.age);
    std::copy(base.begin(), base.end(), figures.begin());
    return std::span(figures).first(areas);
  };
  const auto use = of_areas(work.use, rates_.use);
  const auto closing = of_areas(work.closing_units, rates_.per_user);
  const auto opening = of_areas(work.opening_units, rates_.per_user);
  const std::pair<Sex, CareAge> who{cell.sex, cell.age};
  if (next > 0) {
    change(rates_.coverage, next - 1, cell.service, who, use);
    change(rates_.volume, next - 1, cell.service, who, closing);
  }
  change(rates_.volume, next, cell.service, who, opening);
  if (!differ) return;
  for (std::vector<double>* figures : {&work.use, &work.closing_units, &work.opening_units}) {
    for (std::size_t area = areas; area-- > 0;) {
      const double figure = (*figures)[area];
      std::fill_n(&(*figures)[area * draws], draws, figure);
    }
  }
  pull_levers(year, cell, *levers, work);
}

/// What each draw makes of levers beyond what is expected of them.
void Services::pull_levers(StockYear year, const Cell& cell, const DrawnServiceLevers& levers,
                           ServiceLedger::Workspace& work) const {
  const Age age(rates_.first_age.position() + cell.age.position());
  const std::string& service = rates_.services[cell.service.position()].name;
  constexpr double any = std::numeric_limits<double>::infinity();
  const auto pull = [&](const DrawnLevers& one, std::vector<double>& figures, double most,
                        const char* what) {
    if (!one.any()) return;
    one.apply(cell.sex, age, figures);
    require_within(one, figures, most, fmt::format("{} of '{}'", what, service));
  };
  if (year.position() > 0) {
    pull(levers.coverage, work.use, 1.0, "the share of the people of a state who use it");
    pull(levers.closing_volume, work.closing_units, any, "units per user");
  }
  pull(levers.opening_volume, work.opening_units, any, "units per user");
}

/// Whether as many people use a service as in the base year, and take as much of it.
bool Services::as_in_base_year(const ServiceStock& stock) const {
  return !units_.empty() && std::none_of(stock.levers.begin(), stock.levers.end(),
                                         [](const auto& levers) { return levers.any(); });
}

/// What is needed at the end of the year, and in the next one, are alike.
template <class Real>
void Services::add_all_need(const CareTable& persons, ServiceLedger& ledger) const {
  auto& work = ledger.workspace;
  const auto& people = persons.as<Real>();
  auto& users = ledger.users.as<Real>();
  const auto of_services = [](ServiceAmounts& amounts) {
    return partition::Slabs<double>{amounts.values().data(), amounts.slab(Service(0)).size()};
  };
  const std::size_t draws = persons.extent<Draw>();
  const std::size_t areas = frame_.areas.size();
  const std::size_t table = frame_.sexes.size() * ages_ * areas;
  partition::for_some_areas(areas, draws, [&](Area first, std::size_t count) {
    const partition::SweepShape shape{first.position(), first.position() + count, draws,
                                      persons.extent<Part>()};
    for (const Sex sex : positions<Sex>(frame_.sexes.size())) {
      for (std::size_t age = ages_; age-- > 0;) {
        const Service none(0);
        const CareState state(0);
        const CareAge reached(age);
        const ServiceSlab<Real> slab{
            {people.slab(state, sex, reached).data(), people.slab(state).size()},
            rates_.services,
            {rates_.use.slab(none, state, sex, reached).data(), table},
            {units_.slab(none, state, sex, reached).data(), table},
            areas,
            age == 0,
            partition::slabs_of(users, sex, reached),
            of_services(work.need),
            of_services(work.closing.served)};
        fastest_service_kernels()(shape, slab);
      }
    }
  });
  std::copy(work.closing.served.values().begin(), work.closing.served.values().end(),
            work.opening.served.values().begin());
}

void Services::add_need(StockYear year, Service service, const CareTable& persons,
                        const ServiceStock& stock, ServiceLedger& ledger) const {
  auto& work = ledger.workspace;
  const std::size_t cells = frame_.areas.size() * persons.extent<Draw>();
  for (const Sex sex : positions<Sex>(frame_.sexes.size())) {
    for (std::size_t age = ages_; age-- > 0;) {  // in the order of the sweep, for the same bits
      for (auto* sums : {&work.users, &work.closing_sums, &work.opening_sums}) {
        sums->assign(cells, 0.0);
      }
      for (const CareState state : rates_.services[service.position()].states) {
        add_need(year, {service, state, sex, CareAge(age)}, persons, stock, work);
      }
      ledger.users.enter(work.users, part_of(service), sex, CareAge(age));
      add_to(work.users, work.need.slab(service));
      add_to(work.closing_sums, work.closing.served.slab(service));
      add_to(work.opening_sums, work.opening.served.slab(service));
    }
  }
}

void Services::add_need(StockYear year, const Cell& cell, const CareTable& persons,
                        const ServiceStock& stock, ServiceLedger::Workspace& work) const {
  weigh(year, cell, stock, work);
  const auto people = persons.slab(cell.state, cell.sex, cell.age, work.people);
  const auto use = work.weights(work.use);
  const auto closing = work.weights(work.closing_units);
  const auto opening = work.weights(work.opening_units);
  if (std::all_of(use.begin(), use.end(), [](double share) { return share == 0.0; })) return;
  add_weighted(people, use, work.users);
  std::transform(closing.begin(), closing.end(), use.begin(), closing.begin(), std::multiplies<>());
  std::transform(opening.begin(), opening.end(), use.begin(), opening.begin(), std::multiplies<>());
  add_weighted(people, closing, work.closing_sums);
  add_weighted(people, opening, work.opening_sums);
}

bool Services::limited(Service service, StockYear year) const {
  const auto rooms = rates_.room.slab(service, year);
  return std::any_of(rooms.begin(), rooms.end(), [](double room) { return std::isfinite(room); });
}

/// Those who do not fit wait, all alike; some of them get another service meanwhile.
void Services::ration(StockYear year, Service service, ServiceStock& stock,
                      ServiceLedger& ledger) const {
  auto& work = ledger.workspace;
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
    pass_on(year, service, overflow, stock, ledger);
  }
  for (const Sex sex : positions<Sex>(frame_.sexes.size())) {
    for (const CareAge age : positions<CareAge>(ages_)) {
      const auto all = ledger.users.slab(part_of(service), sex, age, work.people);
      work.users.assign(all.begin(), all.end());
      for (std::size_t at = 0; at < all.size(); ++at) {
        work.users[at] -= work.unserved[at] * work.users[at];
      }
      ledger.users.enter(work.users, part_of(service), sex, age);
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
                       const ServiceStock& stock, ServiceLedger& ledger) const {
  auto& work = ledger.workspace;
  const auto need = work.need.slab(overflow.to);
  const auto closing = work.closing.served.slab(overflow.to);
  const auto opening = work.opening.served.slab(overflow.to);
  for (const Sex sex : positions<Sex>(frame_.sexes.size())) {
    for (const CareAge age : positions<CareAge>(ages_)) {
      weigh(year, {overflow.to, overflow.as, sex, age}, stock, work);
      const auto waiting = ledger.users.slab(part_of(service), sex, age, work.people);
      const auto before = ledger.users.slab(part_of(overflow.to), sex, age, work.others);
      work.users.assign(before.begin(), before.end());
      const std::size_t draws = waiting.size() / work.weighed;
      for (std::size_t at = 0; at < waiting.size(); ++at) {
        const double people = overflow.share * work.unserved[at] * waiting[at];
        work.users[at] += people;
        need[at] += people;
        closing[at] += people * work.closing_units[at / draws];
        opening[at] += people * work.opening_units[at / draws];
      }
      ledger.users.enter(work.users, part_of(overflow.to), sex, age);
    }
  }
}

double Services::price(Interval interval, Service service, Area area) const {
  const double price = rates_.price(service, area) * rates_.price_level(service, interval);
  if (rates_.price_changes.empty()) return price;
  return rates_.price_changes[interval.position()](service, area).of(price);
}

void Services::draw_prices(Interval interval, std::vector<DrawnServiceLevers>& levers,
                           ServiceAmounts& prices) const {
  const std::size_t draws = prices.extent<Draw>();
  for (const Service service : positions<Service>(rates_.services.size())) {
    const auto of_service = prices.slab(service);
    for (std::size_t at = 0; at < of_service.size(); ++at) {
      of_service[at] = price(interval, service, Area(at / draws));
    }
    if (levers.empty()) continue;
    DrawnLevers& drawn = levers[service.position()].price;
    drawn.advance(interval);
    drawn.apply(Sex(0), Age(0), of_service);
    require_within(drawn, of_service, std::numeric_limits<double>::infinity(),
                   fmt::format("the price of '{}'", rates_.services[service.position()].name));
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
  const ServiceAmounts& prices = ledger.workspace.prices;
  const bool drawn = !prices.empty();
  const auto of_draws = drawn ? prices.slab(service) : std::span<const double>();
  for (std::size_t at = 0; at < volume.size(); ++at) {
    cost[at] = volume[at] * (drawn ? of_draws[at] : price(interval, service, Area(at / draws)));
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
