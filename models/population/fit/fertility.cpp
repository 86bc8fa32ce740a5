#include "models/population/fit/fertility.hpp"

#include <algorithm>

#include "engine/table/tabulate.hpp"
#include "models/population/fit/parameters.hpp"

namespace kohort::population::fit {

namespace p = parameters;

namespace {

Sex women_of(const Frame& frame) {
  const auto female = std::find(frame.sexes.begin(), frame.sexes.end(), "female");
  return Sex(static_cast<std::size_t>(female - frame.sexes.begin()));
}

}  // namespace

std::vector<double> national_fertility(const Frame& frame, const History& history, Years years) {
  const Sex women_sex = women_of(frame);
  const VitalHistory& nation = history.nation;
  std::vector<double> rates(nation.births.extent<Age>());
  for (const Age age : positions<Age>(rates.size())) {
    double births = 0.0;
    double women = 0.0;
    for (const Year year : years) {
      births += nation.births(nation.at(year), age);
      women += nation.exposure(year, women_sex, age);
    }
    rates[age.position()] = births > 0.0 ? births / women : 0.0;
  }
  return rates;
}

double regional_fertility_level(const Source& source, const History& history, Region region) {
  const Years years = window(source, p::fertility_years);
  const Sex women = women_of(source.frame);
  const std::vector<double> rates = national_fertility(source.frame, history, years);
  const VitalHistory& local = history.regions[region.position()];
  double observed = 0.0;
  double expected = 0.0;
  for (const Year year : years) {
    for (const Age age : positions<Age>(rates.size())) {
      observed += local.births(local.at(year), age);
      expected += rates[age.position()] * local.exposure(year, women, age);
    }
  }
  return observed / expected;
}

FertilityTable project_fertility(const Source& source, const History& history,
                                 const std::vector<double>& natural_change_factor) {
  const Frame& frame = source.frame;
  const std::vector<double> rates =
      national_fertility(frame, history, window(source, p::fertility_years));
  std::vector<double> levels;
  for (const Region region : positions<Region>(history.regions.size())) {
    levels.push_back(regional_fertility_level(source, history, region));
  }
  return tabulate<FertilityTable>({frame.ages(), 1, frame.areas.size()},
                                  [&](Age age, Group /*group*/, Area area) {
                                    const Region region = history.region_of_area[area.position()];
                                    return rates[age.position()] * levels[region.position()] *
                                           natural_change_factor[area.position()];
                                  });
}

}  // namespace kohort::population::fit
