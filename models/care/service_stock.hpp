// Services at a year's end and in a year, of a block of draws.
#pragma once

#include <array>
#include <span>
#include <vector>

#include "engine/model/drawn_levers.hpp"
#include "models/care/service_rates.hpp"
#include "models/partition/part_stock.hpp"

namespace kohort::care {

/// Those who have a service; the services are its parts.
using UserTable = partition::PartStock;
inline Part part_of(Service service) { return Part(service.position()); }
/// Of one service [area][draw].
using ServiceAmounts = Table<double, Service, Area, Draw>;

/// Units per year that those need who need a service at a date.
struct ServiceLoad {
  ServiceAmounts served{};
  ServiceAmounts unmet{};
};

/// What the draws of a block make of the levers on a service. Those on volume are at work twice, as
/// of the year that ends and of the next.
struct DrawnServiceLevers {
  DrawnLevers coverage{};
  DrawnLevers closing_volume{};
  DrawnLevers opening_volume{};
  DrawnLevers price{};

  /// Whether draws differ in what users need.
  bool any() const { return coverage.any() || closing_volume.any() || opening_volume.any(); }
};

/// Empty where there are no services.
struct ServiceStock {
  ServiceAmounts queue{};  ///< those who need it and do not have it
  ServiceLoad opening{};   ///< as the year that begins has it
  /// Of those served, how many have places of other areas; less than 0: how many of other areas
  /// have places here. Sums to 0.
  ServiceAmounts borrowed{};
  /// Units per year that those served take, as the year that ends has it, and where they are
  /// given: in the area whose places they have.
  ServiceAmounts provided{};
  std::vector<DrawnServiceLevers> levers{};  ///< by service; empty where draws do not differ
};

/// What services come to in a year, of one block of draws, each by service, area and draw.
struct ServiceLedger {
  /// Who has them at its end, which follows from the people and need not be carried to the next.
  UserTable users{};
  ServiceAmounts volume{};
  ServiceAmounts unmet{};
  ServiceAmounts cost{};                            ///< in fixed prices
  ServiceAmounts cost_current{};                    ///< in those of the year
  Table<double, Payer, Area, Draw> paid{};          ///< in fixed prices
  Table<double, Payer, Area, Draw> paid_current{};  ///< in those of the year

  /// Room to work in.
  struct Workspace {
    ServiceAmounts need{};  ///< persons
    ServiceLoad closing{};  ///< as the year that ends has it
    ServiceLoad opening{};  ///< as the next has it
    /// Of one cell, by area; where draws differ in the service [area][draw].
    std::vector<double> use{};
    std::vector<double> closing_units{};
    std::vector<double> opening_units{};
    std::vector<double> unserved{};      ///< share of those in need, [area][draw]
    std::vector<double> people{};        ///< of the cell, where they lie in single precision
    std::vector<double> users{};         ///< of one cell [area][draw]
    std::vector<double> closing_sums{};  ///< units that they take
    std::vector<double> opening_sums{};
    std::vector<double> others{};   ///< the same of another service
    std::vector<double> lacking{};  ///< room for users; less than 0: to spare; [area][draw]
    ServiceAmounts prices{};        ///< SEK per unit in the year; empty where draws do not differ
    std::size_t weighed = 0;        ///< how many figures `use` and the units have for the cell

    std::span<double> weights(std::vector<double>& figures) const {
      return std::span(figures).first(weighed);
    }
  } workspace{};
};

}  // namespace kohort::care
