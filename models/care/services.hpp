// From people by state of care to users of services, what they take and what that costs.
#pragma once

#include "engine/model/frame.hpp"
#include "models/care/service_rates.hpp"
#include "models/care/service_stock.hpp"
#include "models/care/stock.hpp"

namespace kohort::care {

/// Reckons services from the people of each draw; nothing is drawn anew. At a year's end
///   need = sum over states of persons x use, served = min(need, room), queue = need - served,
/// all who need it waiting alike; in a year
///   volume = mean over both ends of the units per year of those served, cost = volume x price.
/// Areas that share places lend those that they do not need themselves; whoever has one stays a
/// user of the area where they live.
/// Immutable.
class Services {
 public:
  /// None.
  Services() = default;
  /// Throws `Error` (Fault::scenario) where more than all of a state's people would use a service.
  Services(const Frame& frame, ServiceRates rates);

  bool any() const { return !rates_.services.empty(); }
  const ServiceRates& rates() const { return rates_; }

  /// What each draw makes of the levers, by service; empty where draws do not differ.
  std::vector<DrawnServiceLevers> draw_levers(const DrawBlock& block) const;
  /// Services at the base year; enters their users.
  ServiceStock start(const CareTable& persons, ServiceLedger& ledger,
                     std::vector<DrawnServiceLevers> levers = {}) const;
  ServiceLedger ledger(std::size_t draws) const;
  /// Replaces what `stock` has by what it is at the end of the interval, and enters what happened
  /// in between.
  void step(Interval interval, const CareTable& persons, ServiceStock& stock,
            ServiceLedger& ledger) const;
  /// Leaves of the year's volume the share that was delivered; the rest is unmet, and costs
  /// nothing.
  void deliver(Interval interval, const ServiceAmounts& shares, ServiceLedger& ledger) const;

 private:
  struct Cell {
    Service service;
    CareState state;
    Sex sex;
    CareAge age;
  };

  ServiceStock stock(std::size_t draws) const;
  void reckon(StockYear year, const CareTable& persons, ServiceStock& stock,
              ServiceLedger& ledger) const;
  void advance_levers(StockYear year, std::vector<DrawnServiceLevers>& levers) const;
  void weigh(StockYear year, const Cell& cell, const ServiceStock& stock,
             ServiceLedger::Workspace& work) const;
  void pull_levers(StockYear year, const Cell& cell, const DrawnServiceLevers& levers,
                   ServiceLedger::Workspace& work) const;
  void draw_prices(Interval interval, std::vector<DrawnServiceLevers>& levers,
                   ServiceAmounts& prices) const;
  double price(Interval interval, Service service, Area area) const;
  bool as_in_base_year(const ServiceStock& stock) const;
  template <class Real>
  void add_all_need(const CareTable& persons, ServiceLedger& ledger) const;
  void add_need(StockYear year, Service service, const CareTable& persons,
                const ServiceStock& stock, ServiceLedger& ledger) const;
  void add_need(StockYear year, const Cell& cell, const CareTable& persons,
                const ServiceStock& stock, ServiceLedger::Workspace& work) const;
  bool limited(Service service, StockYear year) const;
  void ration(StockYear year, Service service, ServiceStock& stock, ServiceLedger& ledger) const;
  void share_places(StockYear year, Service service, ServiceStock& stock,
                    ServiceLedger::Workspace& work) const;
  void move_to_places(Service service, ServiceStock& stock,
                      const ServiceLedger::Workspace& work) const;
  void pass_on(StockYear year, Service service, const Overflow& overflow, const ServiceStock& stock,
               ServiceLedger& ledger) const;
  void enter_costs(Interval interval, ServiceLedger& ledger) const;
  void enter_costs(Interval interval, Service service, ServiceLedger& ledger) const;

  Frame frame_{};
  std::size_t ages_ = 0;
  ServiceRates rates_{};
  /// Units per head of a state's people; empty where levers change them, and where there are more
  /// uses than the sweep takes.
  ServiceTable units_{};
  std::vector<Service> order_{};  ///< those that pass people on before those that take them
};

}  // namespace kohort::care
