#include "models/population/fit/expected.hpp"

namespace kohort::population::fit {

ExpectedVitals::ExpectedVitals(const Source& source, const History& history,
                               const MunicipalHistory& municipal)
    : history_(history),
      municipal_(municipal),
      levels_(regional_mortality(source, history)),
      women_(women_of(source.frame)) {}

double ExpectedVitals::deaths(Area area, Year year, Sex sex, Age age) const {
  return municipal_.exposure(area, year, sex, age) * history_.nation.death_rate(year, sex, age) *
         levels_(history_.region_of_area[area.position()], sex, age);
}

VitalEvents ExpectedVitals::of(Area area, Year year) const {
  const VitalHistory& region = history_.region_of(area);
  VitalEvents expected;
  for (const Sex sex : positions<Sex>(levels_.extent<Sex>())) {
    for (const Age age : positions<Age>(levels_.extent<Age>())) {
      expected.deaths += deaths(area, year, sex, age);
      if (sex != women_) continue;
      const double exposure = municipal_.exposure(area, year, sex, age);
      const double women = region.exposure(year, sex, age);
      if (women > 0.0) expected.births += exposure * region.births(year, age) / women;
    }
  }
  return expected;
}

}  // namespace kohort::population::fit
