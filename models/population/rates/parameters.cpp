#include "models/population/rates/parameters.hpp"

namespace kohort::population {

namespace p = parameters;

void declare_rate_parameters(Catalogue& catalogue) {
  catalogue.add(p::open_age_survivors);

  catalogue.add_section("population.mortality", "Who dies.");
  catalogue.add(p::mortality_source);
  catalogue.add(p::mortality_measure);
  catalogue.add(p::mortality_rates);
  catalogue.add(p::abridged);
  catalogue.add(p::infant_years_formula);

  catalogue.add_section("population.fertility", "Who is born.");
  catalogue.add(p::fertility_source);
  catalogue.add(p::fertility_form);
  catalogue.add(p::fertility_rates);
  catalogue.add(p::total_fertility);
  catalogue.add(p::fertility_schedule);
  catalogue.add(p::sex_ratio_at_birth);
  catalogue.add(p::fertility_exposure);
  catalogue.add(p::newborn_groups);

  catalogue.add_section("population.domestic", "Who moves between the areas.");
  catalogue.add(p::domestic_source);
  catalogue.add(p::domestic_form);
  catalogue.add(p::domestic_leaving);
  catalogue.add(p::destination_form);
  catalogue.add(p::destination_shares);
  catalogue.add(p::in_shares);
  catalogue.add(p::national_population);
  catalogue.add(p::domestic_rates);
  catalogue.add(p::transition_form);

  catalogue.add_section("population.transfers", "Who changes group.");
  catalogue.add(p::transfer_rates);

  catalogue.add_section("population.emigration", "Who leaves for elsewhere.");
  catalogue.add(p::emigration_source);
  catalogue.add(p::emigration_rates);

  catalogue.add_section("population.immigration", "Who comes from elsewhere.");
  catalogue.add(p::immigration_source);
  catalogue.add(p::immigration_counts);
  catalogue.add(p::immigrant_mortality);

  catalogue.add_section("population.net_migration", "Net figures, where gross flows are unknown.");
  catalogue.add(p::net_migration_form);
  catalogue.add(p::net_migration);
  catalogue.add(p::net_migration_target);

  catalogue.add_section("population.migration", "Conventions common to all migration.");
  catalogue.add(p::migration_timing);
  catalogue.add(p::newborn_exposure);
  catalogue.add(p::leaving_rates);

  catalogue.add_section("uncertainty",
                        "What differs between the draws of an ensemble; without either, the "
                        "projection is that of the expected numbers.");
  catalogue.add(p::chance_paths);
  catalogue.add(p::chance_events);
  catalogue.add(p::chance_apart);
}

}  // namespace kohort::population
