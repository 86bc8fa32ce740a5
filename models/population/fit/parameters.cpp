#include "models/population/fit/parameters.hpp"

namespace kohort::population::fit {

namespace p = parameters;

void declare_parameters(Catalogue& catalogue) {
  catalogue.add_section(
      "history",
      "What rates are fitted from, for the parts of the population whose source is "
      "\"history\". Counties are those of areas.table.");
  catalogue.add(p::last_year);
  catalogue.add(p::mortality_level_years);
  catalogue.add(p::mortality_trend_years);
  catalogue.add(p::mortality_improvement);
  catalogue.add(p::local_level_years);
  catalogue.add(p::fertility_years);
  catalogue.add(p::domestic_years);
  catalogue.add(p::international_years);
  catalogue.add(p::shrinkage);
  catalogue.add(p::history_population);
  catalogue.add(p::history_deaths);
  catalogue.add(p::history_births);
  catalogue.add(p::history_totals);
  catalogue.add(p::history_structure);
  catalogue.add(p::natural_change);
  catalogue.add(p::history_net_migration);
  catalogue.add(p::moves);
  catalogue.add(p::suppressed_moves);
  catalogue.add(p::national_emigrants);
  catalogue.add(p::schedules);
  catalogue.add(p::city_index);
}

}  // namespace kohort::population::fit
