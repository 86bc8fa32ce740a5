#include "engine/run/parameters.hpp"

#include "engine/model/frame.hpp"
#include "engine/run/thresholds.hpp"
#include "models/linked/model.hpp"
#include "models/population/indicators.hpp"

namespace kohort {

Catalogue full_catalogue() {
  Catalogue catalogue;
  catalogue.add_section("",
                        "The scenario as a whole. `extends = \"other.toml\"` takes over "
                        "everything from another scenario that is not set here.");
  catalogue.add(parameters::scenario_format);
  catalogue.add(parameters::title);
  catalogue.add(parameters::description);
  catalogue.add(parameters::seed);
  catalogue.add(parameters::draws);
  catalogue.add(parameters::first_draw);
  declare_frame(catalogue);
  declare_models(catalogue);
  catalogue.add_section("output", "What the result holds.");
  catalogue.add(parameters::life_tables);
  catalogue.add(parameters::quantiles);
  catalogue.add(parameters::quantiles_of);
  catalogue.add(parameters::keep_draws);
  catalogue.add(population::parameters::working_ages);
  catalogue.add(parameters::thresholds);
  return catalogue;
}

}  // namespace kohort
