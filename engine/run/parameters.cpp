#include "engine/run/parameters.hpp"

#include <algorithm>
#include <functional>

#include <fmt/format.h>

#include "engine/base/error.hpp"
#include "engine/model/frame.hpp"
#include "engine/model/intervention.hpp"
#include "engine/run/goals.hpp"
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
  catalogue.add(parameters::external);
  catalogue.add(parameters::seed);
  catalogue.add(parameters::draws);
  catalogue.add(parameters::first_draw);
  catalogue.add(parameters::goals);
  catalogue.add(parameters::interventions);
  declare_frame(catalogue);
  declare_models(catalogue);
  catalogue.add_section("output", "What the result holds.");
  catalogue.add(parameters::life_tables);
  catalogue.add(parameters::cells_of);
  catalogue.add(parameters::quantiles);
  catalogue.add(parameters::quantiles_of);
  catalogue.add(parameters::keep_draws);
  catalogue.add(population::parameters::working_ages);
  catalogue.add(parameters::thresholds);
  return catalogue;
}

std::vector<double> read_quantiles(const Settings& settings) {
  std::vector<double> quantiles = settings[parameters::quantiles];
  const auto disorder =
      std::adjacent_find(quantiles.begin(), quantiles.end(), std::greater_equal<>());
  if (disorder == quantiles.end()) return quantiles;
  throw Error(Fault::scenario,
              settings.mistake(parameters::quantiles,
                               fmt::format("{} stands after {}", disorder[1], disorder[0]),
                               "write each once, from the least to the greatest"));
}

}  // namespace kohort
