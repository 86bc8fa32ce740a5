#include "models/population/fit/mortality.hpp"

#include "engine/demography/rates.hpp"
#include "engine/table/tabulate.hpp"
#include "models/population/fit/bands.hpp"
#include "models/population/fit/parameters.hpp"
#include "models/population/fit/window.hpp"
#include "models/population/rates/mortality.hpp"

namespace kohort::population::fit {

namespace p = parameters;

Table<double, Region, Sex, Age> regional_mortality(const Source& source, const History& history) {
  const Window years = window(source, p::local_level_window);
  const double k = source.settings[p::shrinkage] / years.effective_years();
  Table<double, Region, Sex, Age> levels({history.regions.size(), 2, source.frame.ages()}, 1.0);
  for (const Region region : positions<Region>(history.regions.size())) {
    const VitalHistory& local = history.regions[region.position()];
    for (const Sex sex : positions<Sex>(2)) {
      for (const Band band : bands_of(level_bands, source.frame.ages())) {
        double observed = k;
        double expected = k;
        for (std::size_t age = band.first; age < band.end; ++age) {
          observed += years.mean([&](Year year) { return local.deaths(year, sex, Age(age)); });
          expected += years.mean([&](Year year) {
            return local.exposure(year, sex, Age(age)) *
                   history.nation.death_rate(year, sex, Age(age));
          });
        }
        if (!(expected > 0.0)) continue;  // nobody was there to die
        for (std::size_t age = band.first; age < band.end; ++age) {
          levels(region, sex, Age(age)) = observed / expected;
        }
      }
    }
  }
  return levels;
}

Series<CellTable> project_mortality(const Frame& frame, const History& history,
                                    const NationalMortality& national,
                                    const RegionalMortality& regional,
                                    const Table<double, Area, Sex, Age>& local_levels) {
  return series_of(frame.intervals, [&](Interval interval) {
    const Year year = frame.end_of(interval);
    auto dying = tabulate<CellTable>(
        cell_extents(frame), [&](Sex sex, CohortRow row, Group /*group*/, Area area) {
          const Age age = frame.age_of(row);
          const Region region = history.region_of_area[area.position()];
          const CentralRate rate = CentralRate::per_person_year(
              national.rate(sex, age, year) * regional.ratio(region, sex, age, year) *
              local_levels(area, sex, age));
          const Duration interval_length = Duration::years(1.0);
          return (row == CohortRow(0) ? newborn_probability(rate, interval_length)
                                      : cohort_probability(rate, interval_length))
              .share();
        });
    close_open_age(dying, OpenAge::pooled);
    return dying;
  });
}

}  // namespace kohort::population::fit
