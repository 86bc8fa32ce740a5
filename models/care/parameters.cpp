#include "models/care/parameters.hpp"

#include "models/care/levers.hpp"
#include "models/care/service_parameters.hpp"

namespace kohort::care {

namespace p = parameters;

void declare_parameters(Catalogue& catalogue) {
  catalogue.add_section("care", "Who needs elder care, and what it takes.");
  for (const Parameter* parameter :
       std::initializer_list<const Parameter*>{&p::method,
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
                                               &p::levers}) {
    catalogue.add(*parameter);
  }
}

}  // namespace kohort::care
