#include "models/workforce/demand_parameters.hpp"

#include <initializer_list>

namespace kohort::workforce {

namespace p = parameters;

void declare_demand_parameters(Catalogue& catalogue) {
  for (const Parameter* parameter : std::initializer_list<const Parameter*>{
           &p::tasks, &p::divisions, &p::weeks_per_year, &p::days_per_week, &p::public_holidays,
           &p::annual_leave, &p::sick_days, &p::other_absence, &p::training_days, &p::hours_per_day,
           &p::full_time, &p::part_time_extent, &p::commuting, &p::calibrate_demand, &p::vacancy,
           &p::feedback}) {
    catalogue.add(*parameter);
  }
}

}  // namespace kohort::workforce
