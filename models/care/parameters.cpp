#include "models/care/parameters.hpp"

#include <vector>

#include "models/care/levers.hpp"
#include "models/care/service_parameters.hpp"

namespace kohort::care {

namespace p = parameters;

namespace {

std::vector<const Parameter*> all() {
  return {&p::method,
          &p::first_age,
          &p::states,
          &p::profile,
          &p::profile_ages,
          &p::national_shares,
          &p::national_definitions,
          &p::national_population,
          &p::area_shares,
          &p::area_definitions,
          &p::area_first_year,
          &p::area_last_year,
          &p::area_form,
          &p::shrink_levels,
          &p::own_users,
          &p::own_ages,
          &p::planning_areas,
          &p::trend,
          &p::trend_first_year,
          &p::trend_damping,
          &p::trend_factor,
          &p::trend_sd,
          &p::healthy_ageing,
          &p::survival,
          &p::survival_months,
          &p::survival_age,
          &p::prior,
          &p::services,
          &p::service_ages,
          &p::price_year,
          &p::inflation,
          &p::levers};
}

}  // namespace

void declare_parameters(Catalogue& catalogue) {
  catalogue.add_section("care", "Who needs elder care, and what it takes.");
  for (const Parameter* parameter : all()) catalogue.add(*parameter);
}

bool is_wanted(const Settings& settings) {
  if (settings[p::method] != Method::none) return true;
  if (settings.setting(p::method).origin != Origin::fallback) {
    for (const Parameter* parameter : all()) settings.mark(*parameter);
  }
  return false;
}

}  // namespace kohort::care
