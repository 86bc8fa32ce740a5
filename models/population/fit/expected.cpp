#include "models/population/fit/expected.hpp"

namespace kohort::population::fit {

ExpectedVitals::ExpectedVitals(const Source& source, const History& history,
                               const MunicipalHistory& municipal)
    : history_(history),
      municipal_(municipal),
      levels_(regional_mortality(source, history)),
      women_(women_of(source.frame)) {}

VitalEvents ExpectedVitals::of(Area area, Year year) const {
  const VitalHistory& region = history_.region_of(area);
  const Region number = history_.region_of_area[area.position()];
  VitalEvents expected;
  for (const Sex sex : positions<Sex>(levels_.extent<Sex>())) {
    for (const Age age : positions<Age>(levels_.extent<Age>())) {
      const double exposure = municipal_.exposure(area, year, sex, age);
      expected.deaths +=
          exposure * history_.nation.death_rate(year, sex, age) * levels_(number, sex, age);
      if (sex != women_) continue;
      const double women = region.exposure(year, sex, age);
      if (women > 0.0) expected.births += exposure * region.births(year, age) / women;
    }
  }
  return expected;
}

}  // namespace kohort::population::fit
