#include "models/population/fit/local_level.hpp"

#include <algorithm>
#include <cmath>

#include "engine/estimate/plus_minus.hpp"
#include "engine/estimate/shrinkage.hpp"
#include "models/population/fit/parameters.hpp"
#include "models/population/fit/window.hpp"

namespace kohort::population::fit {

namespace p = parameters;

std::vector<double> natural_change_factors(const Source& source, const ExpectedVitals& expected) {
  const Frame& frame = source.frame;
  const Years years = last_years(source, p::local_level_years);
  const auto observed =
      read_yearly<Area>(source, p::natural_change, years, {frame.own_area_axis()});
  std::vector<Area> known;
  std::vector<double> effects;
  std::vector<double> variances;
  for (const Area area : positions<Area>(frame.own_areas())) {
    double natural_change = 0.0;
    VitalEvents events;
    for (const Year year : years) {
      natural_change += observed(year, area);
      const VitalEvents of_year = expected.of(area, year);
      events.births += of_year.births;
      events.deaths += of_year.deaths;
    }
    if (!(events.births > 0.0) || !(events.deaths > 0.0)) continue;
    known.push_back(area);
    effects.push_back(std::log(plus_minus_factor(events.births, events.deaths, natural_change)));
    variances.push_back(1.0 / (events.births + events.deaths));
  }
  const Shrunk shrunk = shrink(effects, variances);
  std::vector<double> factors(frame.areas.size(), 1.0);
  std::fill_n(factors.begin(), frame.own_areas(), std::exp(shrunk.mean));
  for (std::size_t at = 0; at < known.size(); ++at) {
    factors[known[at].position()] = std::exp(shrunk.effects[at]);
  }
  return factors;
}

}  // namespace kohort::population::fit
