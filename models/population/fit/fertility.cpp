#include "models/population/fit/fertility.hpp"

#include <fmt/format.h>

#include "engine/base/error.hpp"
#include "models/population/fit/parameters.hpp"

namespace kohort::population::fit {

namespace p = parameters;

std::vector<double> national_fertility(const Source& source, const History& history,
                                       const Window& window) {
  const Sex women = women_of(source.frame);
  const VitalHistory& nation = history.nation;
  std::vector<double> rates(source.frame.ages());
  for (const Age age : positions<Age>(rates.size())) {
    const double births = window.mean([&](Year year) { return nation.births(year, age); });
    if (!(births > 0.0)) continue;
    const double exposure =
        window.mean([&](Year year) { return nation.exposure(year, women, age); });
    if (!(exposure > 0.0)) {
      throw Error(Fault::input,
                  source.settings.mistake(
                      p::history_births,
                      fmt::format("births at age {}, where there are no women", age.position()),
                      "check the ages of the table"));
    }
    rates[age.position()] = births / exposure;
  }
  return rates;
}

std::vector<double> regional_fertility(const Source& source, const History& history,
                                       const std::vector<double>& national, const Window& window) {
  const Sex women = women_of(source.frame);
  std::vector<double> levels;
  for (const VitalHistory& region : history.regions) {
    double observed = 0.0;
    double expected = 0.0;
    for (const Age age : positions<Age>(national.size())) {
      observed += window.mean([&](Year year) { return region.births(year, age); });
      expected += national[age.position()] *
                  window.mean([&](Year year) { return region.exposure(year, women, age); });
    }
    levels.push_back(expected > 0.0 ? observed / expected : 1.0);
  }
  return levels;
}

FertilityTable project_fertility(const Source& source, const History& history,
                                 const std::vector<double>& natural_change_factor) {
  const Frame& frame = source.frame;
  const Window years = window(source, p::fertility_window);
  const std::vector<double> rates = national_fertility(source, history, years);
  const std::vector<double> levels = regional_fertility(source, history, rates, years);
  return tabulate<FertilityTable>({frame.ages(), 1, frame.areas.size()},
                                  [&](Age age, Group /*group*/, Area area) {
                                    const Region region = history.region_of_area[area.position()];
                                    return rates[age.position()] * levels[region.position()] *
                                           natural_change_factor[area.position()];
                                  });
}

}  // namespace kohort::population::fit
