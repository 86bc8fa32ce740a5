#include "engine/demography/lexis.hpp"

namespace kohort {

std::vector<double> by_age_at_year_end(std::span<const double> by_age_at_event,
                                       double lower_share_at_0) {
  std::vector<double> result(by_age_at_event.size());
  const std::size_t open = by_age_at_event.size() - 1;
  for (std::size_t age = 0; age < open; ++age) {
    const double lower = age == 0 ? lower_share_at_0 : 0.5;
    result[age] += lower * by_age_at_event[age];
    result[age + 1] += (1.0 - lower) * by_age_at_event[age];
  }
  result[open] += by_age_at_event[open];  // both triangles lie in the open age group
  return result;
}

}  // namespace kohort
