// Services at a year's end and in a year, of a block of draws.
#pragma once

#include <array>
#include <set>
#include <vector>

#include "engine/model/drawn_factor.hpp"
#include "models/care/service_rates.hpp"

namespace kohort::care {

using UserTable = Table<double, Service, Sex, CareAge, Area, Draw>;
/// Of one service [area][draw].
using ServiceAmounts = Table<double, Service, Area, Draw>;

/// Units per year that those need who need a service at a date.
struct ServiceLoad {
  ServiceAmounts served{};
  ServiceAmounts unmet{};
};

/// What the draws of a block make of a lever.
struct DrawnServiceLever {
  bool on_coverage = false;
  std::set<Service> services{};
  DrawnFactor factor;
};

/// Empty where there are no services.
struct ServiceStock {
  UserTable users{};       ///< those who have the service
  ServiceAmounts queue{};  ///< those who need it and do not have it
  ServiceLoad opening{};   ///< as the year that begins has it
  std::vector<DrawnServiceLever> levers{};
};

struct ServiceLedger {
  ServiceAmounts volume{};
  ServiceAmounts unmet{};
  ServiceAmounts cost{};          ///< in fixed prices
  ServiceAmounts cost_current{};  ///< in those of the year
  Table<double, Payer, Area, Draw> paid{};

  /// Room to work in.
  struct Workspace {
    ServiceAmounts need{};  ///< persons
    ServiceLoad closing{};  ///< as the year that ends has it
    ServiceLoad opening{};  ///< as the next has it
    /// Of one cell, by area; where levers are drawn [area][draw].
    std::vector<double> use{};
    std::vector<double> closing_units{};
    std::vector<double> opening_units{};
    std::vector<double> unserved{};  ///< share of those in need, [area][draw]
  } workspace{};
};

}  // namespace kohort::care
