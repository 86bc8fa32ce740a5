#include "models/population/fit/parameters.hpp"

namespace kohort::population::fit {

namespace p = parameters;

namespace {

void add_window(Catalogue& catalogue, const p::WindowParameters& component) {
  catalogue.add(component.years);
  catalogue.add(component.weights);
  catalogue.add(component.alpha);
}

}  // namespace

void declare_parameters(Catalogue& catalogue) {
  catalogue.add_section(
      "history",
      "What rates are fitted from, for the parts of the population whose source is "
      "\"history\". Counties are those of areas.table.");
  catalogue.add(p::frozen);
  catalogue.add(p::last_year);
  add_window(catalogue, p::mortality_window);
  catalogue.add(p::mortality_method);
  catalogue.add(p::mortality_coherent);
  catalogue.add(p::mortality_forecast);
  catalogue.add(p::mortality_second_stage);
  catalogue.add(p::old_ages);
  catalogue.add(p::mortality_trend_years);
  catalogue.add(p::mortality_trend_weights);
  catalogue.add(p::mortality_trend_alpha);
  catalogue.add(p::mortality_improvement);
  add_window(catalogue, p::local_level_window);
  add_window(catalogue, p::fertility_window);
  catalogue.add(p::fertility_path);
  catalogue.add(p::fertility_path_years);
  catalogue.add(p::fertility_forecast);
  add_window(catalogue, p::domestic_window);
  add_window(catalogue, p::international_window);
  catalogue.add(p::international_path_years);
  catalogue.add(p::immigration_path);
  catalogue.add(p::immigration_forecast);
  catalogue.add(p::emigration_path);
  catalogue.add(p::emigration_forecast);
  catalogue.add(p::emigrants_forecast);
  add_window(catalogue, p::net_migration_window);
  catalogue.add(p::net_migration_without);
  catalogue.add(p::net_migration_path_years);
  catalogue.add(p::shrinkage);
  catalogue.add(p::history_population);
  catalogue.add(p::history_deaths);
  catalogue.add(p::history_births);
  catalogue.add(p::history_totals);
  catalogue.add(p::history_structure);
  catalogue.add(p::natural_change);
  catalogue.add(p::area_births);
  catalogue.add(p::area_deaths);
  catalogue.add(p::history_net_migration);
  catalogue.add(p::moves);
  catalogue.add(p::suppressed_moves);
  catalogue.add(p::suppressed_out_moves);
  catalogue.add(p::suppressed_out_from);
  catalogue.add(p::national_emigrants);
  catalogue.add(p::schedules);
  catalogue.add(p::city_index);
}

}  // namespace kohort::population::fit
