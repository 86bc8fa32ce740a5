// The figures of services, as the tables have them.
#pragma once

#include <optional>
#include <vector>

#include "engine/model/source.hpp"
#include "models/care/levers.hpp"
#include "models/care/service_rates.hpp"

namespace kohort::care {

/// What was counted of a service by area; not a number where nothing was.
struct ServiceCounts {
  std::vector<double> users{};     ///< persons
  std::vector<double> share{};     ///< of the people of all ages that are looked at
  std::vector<double> waiting{};   ///< persons, who are not among the users then
  std::vector<double> per_user{};  ///< units per user and year
};

/// Services as read, before they are calibrated.
struct ServiceInputs {
  ServiceRates rates{};                 ///< before they meet what was counted
  std::vector<ServiceCounts> counts{};  ///< by service
  std::vector<double> occupancy{};      ///< by service
};

/// Reads them; without services where the scenario names none. Throws `Error` where the scenario or
/// a table is wrong, and where a lever is about a service that there is not.
ServiceInputs read_service_inputs(const Source& source, const CareFrame& care,
                                  const std::vector<Lever>& levers);

}  // namespace kohort::care
