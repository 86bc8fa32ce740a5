#include "engine/batch/parameters.hpp"

namespace kohort {

Catalogue plan_catalogue() {
  namespace p = parameters;
  Catalogue catalogue;
  catalogue.add_section("", "The plan as a whole, and its lists of scenarios.");
  for (const Parameter* parameter : std::initializer_list<const Parameter*>{
           &p::plan_format, &p::plan_kind, &p::plan_title, &p::plan_description, &p::plan_base,
           &p::plan_draws, &p::plan_seed, &p::plan_end_year, &p::plan_set, &p::plan_differences_of,
           &p::plan_scenarios, &p::plan_grids, &p::plan_samples}) {
    catalogue.add(*parameter);
  }
  return catalogue;
}

}  // namespace kohort
