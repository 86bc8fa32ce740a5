#include "models/population/fit/local_level.hpp"

#include <algorithm>
#include <cmath>

#include "engine/base/error.hpp"
#include "engine/estimate/plus_minus.hpp"
#include "engine/estimate/shrinkage.hpp"
#include "models/population/fit/mortality.hpp"
#include "models/population/fit/parameters.hpp"

namespace kohort::population::fit {

namespace p = parameters;

namespace {

/// Births and deaths that the rates of its region give an area in a year.
struct Expected {
  double births = 0.0;
  double deaths = 0.0;
};

class Expectation {
 public:
  Expectation(const Source& source, const History& history, const MunicipalHistory& municipal)
      : frame_(source.frame),
        history_(history),
        municipal_(municipal),
        levels_(regional_mortality(source, history)) {}

  Expected of(Area area, Year year) const {
    const VitalHistory& region = history_.region_of(area);
    Expected expected;
    for (const Sex sex : positions<Sex>(2)) {
      const bool women = frame_.sexes[sex.position()] == "female";
      for (const Age age : positions<Age>(frame_.ages())) {
        const double exposure =
            (municipal_.at_risk(area, year, sex, age) + municipal_.stock(area, year, sex, age)) /
            2.0;
        expected.deaths += exposure * national_rate(year, sex, age) *
                           levels_(history_.region_of_area[area.position()], sex, age);
        const double births = region.births(region.at(year), age);
        if (women && births > 0.0) {
          expected.births += exposure * births / region.exposure(year, sex, age);
        }
      }
    }
    return expected;
  }

 private:
  double national_rate(Year year, Sex sex, Age age) const {
    const VitalHistory& nation = history_.nation;
    return nation.deaths(nation.at(year), sex, age) / nation.exposure(year, sex, age);
  }

  const Frame& frame_;
  const History& history_;
  const MunicipalHistory& municipal_;
  Table<double, Region, Sex, Age> levels_;
};

}  // namespace

std::vector<double> natural_change_factors(const Source& source, const History& history,
                                           const MunicipalHistory& municipal) {
  const Frame& frame = source.frame;
  std::vector<double> factors(frame.areas.size(), 1.0);
  if (!source.settings.given(p::natural_change)) return factors;
  const Years years = window(source, p::local_level_years);
  const auto observed = source.tables.read<PastYear, Area>(
      p::natural_change, *require_quantity(source, p::natural_change).table(),
      {wanted_years(years), frame.own_area_axis()});

  const Expectation expectation(source, history, municipal);
  std::vector<double> effects;
  std::vector<double> variances;
  for (const Area area : positions<Area>(frame.own_areas())) {
    double natural_change = 0.0;
    Expected expected;
    for (const Year year : years) {
      natural_change += observed(PastYear(static_cast<std::size_t>(year - years.first())), area);
      const Expected of_year = expectation.of(area, year);
      expected.births += of_year.births;
      expected.deaths += of_year.deaths;
    }
    effects.push_back(
        std::log(plus_minus_factor(expected.births, expected.deaths, natural_change)));
    variances.push_back(1.0 / (expected.births + expected.deaths));
  }
  const Shrunk shrunk = shrink(effects, variances);
  std::transform(shrunk.effects.begin(), shrunk.effects.end(), factors.begin(),
                 [](double effect) { return std::exp(effect); });
  return factors;
}

}  // namespace kohort::population::fit
