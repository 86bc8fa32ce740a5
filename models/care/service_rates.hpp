// What services are reckoned with, once read and calibrated.
#pragma once

#include <array>
#include <cstddef>
#include <set>
#include <string>
#include <vector>

#include "engine/base/axes.hpp"
#include "engine/model/lever.hpp"
#include "engine/table/table.hpp"
#include "models/care/states.hpp"

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
/// Factors of levers.
using ServiceFactors = Table<double, Service, Sex, CareAge, Area>;

/// A lever on services in which draws differ.
struct RandomServiceLever {
  bool on_coverage = false;  ///< else on volume
  std::set<Service> services{};
  GradualFactor factor;
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
  /// Of each interval what levers make of `use` at its end and of `per_user` in it; empty where
  /// there are no such levers.
  std::vector<ServiceFactors> coverage{};
  std::vector<ServiceFactors> volume{};
  /// Those of the levers that draws make something else of than is expected.
  std::vector<RandomServiceLever> random_levers{};
  Age first_age{};  ///< of the people looked at
};

/// Users are never more than people: throws `Error` (Fault::scenario) where `use` times the factor
/// of a year's levers is above 1.
void require_shares(const ServiceRates& rates, const Frame& frame);

}  // namespace kohort::care
