#include "models/population/adjust/demand.hpp"

#include "models/population/adjust/drivers.hpp"
#include "models/population/adjust/totals.hpp"

namespace kohort::population {

namespace p = parameters;

void declare_adjustment_parameters(Catalogue& catalogue) {
  catalogue.add(p::totals);
  catalogue.add(p::frozen_factors);
  catalogue.add_section("population.in_migrants", "How many move in, where that is stated.");
  catalogue.add(p::in_migrants);
  catalogue.add(p::in_migrants_flow);
  catalogue.add_section(
      "population.housing",
      "What is built, and who moves in: (dwellings x delivery - usual) x persons x from_elsewhere "
      "more in-migrants than the rates bring.");
  catalogue.add(p::dwellings);
  catalogue.add(p::delivery);
  catalogue.add(p::persons_per_dwelling);
  catalogue.add(p::from_elsewhere);
  catalogue.add(p::usual_dwellings);
  catalogue.add(p::housing_flow);
  catalogue.add_section("population.target", "A population to be reached.");
  catalogue.add(p::target);
  catalogue.add(p::target_flow);
}

std::vector<Demand> read_demands(const Source& source) {
  std::vector<Demand> demands;
  add_totals(source, demands);
  add_drivers(source, demands);
  return demands;
}

}  // namespace kohort::population
