// What services are reckoned with, once read and calibrated.
#pragma once

#include <array>
#include <cstddef>
#include <string>
#include <vector>

#include "engine/base/axes.hpp"
#include "engine/model/effect.hpp"
#include "engine/table/table.hpp"
#include "models/care/states.hpp"
#include "models/cooperation/cooperation.hpp"

namespace kohort::care {

/// A service, in the order of the scenario.
using Service = Index<struct ServiceAxis>;
/// Who pays: see `payers`.
using Payer = Index<struct PayerAxis>;
/// A 31 December, counted from the base year's.
using StockYear = Index<struct StockYearAxis>;

constexpr std::array<const char*, 3> payers{"municipality", "region", "user"};
constexpr Payer by_users(2);

/// What those who wait for one service get instead.
struct Overflow {
  Service to{};
  double share = 0.0;  ///< of those who wait
  CareState as{};      ///< they get as much as users in this state
};

/// A service: who uses it, in which unit, and who pays.
struct ServiceDescription {
  std::string name{};
  std::string unit{};               ///< what its volume is counted in
  std::vector<CareState> states{};  ///< whose people use it, at least one
  Payer payer{};
  double user_share = 0.0;  ///< the part of the cost that users pay themselves
  std::vector<Overflow> overflow{};
};

/// Of people, by the state that they are in.
using ServiceTable = Table<double, Service, CareState, Sex, CareAge, Area>;
/// What is expected of levers.
using ServiceChanges = Table<RateChange, Service, Sex, CareAge, Area>;
using PriceChanges = Table<RateChange, Service, Area>;

/// The levers on one service.
struct ServiceEffects {
  std::vector<Effect> coverage{};
  std::vector<Effect> volume{};
  std::vector<Effect> price{};
};

/// Services stand in an order of their own: the one that the scenario names them in.
struct ServiceRates {
  std::vector<ServiceDescription> services{};
  ServiceTable use{};       ///< share of the people of a state who need it, in the base year
  ServiceTable per_user{};  ///< units per user and year
  /// How many users it has room for at each year's end; infinite where nothing limits it.
  Table<double, Service, StockYear, Area> room{};
  Table<double, Service, Area> price{};            ///< SEK per unit, in prices of the price year
  Table<double, Service, Interval> price_level{};  ///< real growth since then
  std::vector<double> inflation{};                 ///< by interval: current prices to fixed ones
  /// Of each interval what levers make of `use` at its end, of `per_user` in it, and of the price
  /// in it; empty where there are no such levers.
  std::vector<ServiceChanges> coverage{};
  std::vector<ServiceChanges> volume{};
  std::vector<PriceChanges> price_changes{};
  /// By service; empty where draws do not differ in any.
  std::vector<ServiceEffects> effects{};
  Age first_age{};                    ///< of the people looked at
  cooperation::Cooperation places{};  ///< how areas share places
};

/// Users are never more than people: throws `Error` (Fault::scenario) where the levers of a year
/// make a share of `use` that is none, or fewer units or a lower price than none.
void require_shares(const ServiceRates& rates, const Frame& frame);

}  // namespace kohort::care
