#include "models/population/base_parameters.hpp"

namespace kohort::population {

namespace p = parameters;

void declare_base(Catalogue& catalogue) {
  catalogue.add(p::base_form);
  catalogue.add(p::base);
}

void declare_margins(Catalogue& catalogue) {
  catalogue.add_section(
      "population.margins",
      "What the stock of the base year is estimated from where base_form = \"margins\".");
  catalogue.add(p::margin_county);
  catalogue.add(p::margin_totals);
  catalogue.add(p::margin_broad_ages);
  catalogue.add(p::margin_age_groups);
  catalogue.add(p::margin_seed);
  catalogue.add(p::margin_whole);
  catalogue.add(p::margin_check);
  catalogue.add(p::margin_check_groups);
}

}  // namespace kohort::population
