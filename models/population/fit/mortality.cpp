#include "models/population/fit/mortality.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <span>

#include <fmt/format.h>

#include "engine/base/error.hpp"
#include "engine/demography/rates.hpp"
#include "engine/table/tabulate.hpp"
#include "models/population/fit/parameters.hpp"
#include "models/population/fit/window.hpp"
#include "models/population/rates/mortality.hpp"

namespace kohort::population::fit {

namespace p = parameters;

namespace {

/// First ages of the bands in which the trend is measured: wide where deaths are few.
constexpr std::array<std::size_t, 12> trend_bands = {0, 1, 15, 30, 40, 50, 60, 65, 70, 75, 80, 90};
/// First ages of the bands in which regions are compared with the nation.
constexpr std::array<std::size_t, 3> level_bands = {0, 65, 80};

/// The ages from `first` up to, but without, `end`.
struct Band {
  std::size_t first;
  std::size_t end;
};

/// The bands as far as the ages reach; the last ends with the open age group.
std::vector<Band> bands_of(std::span<const std::size_t> first_ages, std::size_t ages) {
  std::vector<Band> bands;
  for (const std::size_t first : first_ages) {
    if (first >= ages) break;
    if (!bands.empty()) bands.back().end = first;
    bands.push_back({first, ages});
  }
  return bands;
}

struct Sums {
  double deaths = 0.0;
  double exposure = 0.0;
};

/// Over the ages of a band, in a year.
Sums sum_of(const VitalHistory& history, Sex sex, Band band, Year year) {
  Sums sums;
  for (std::size_t age = band.first; age < band.end; ++age) {
    sums.deaths += history.deaths(year, sex, Age(age));
    sums.exposure += history.exposure(year, sex, Age(age));
  }
  return sums;
}

void require_exposure(const Source& source, double exposure, Sex sex, std::size_t age,
                      Years years) {
  if (exposure > 0.0) return;
  throw Error(Fault::input,
              source.settings.mistake(
                  p::history_population,
                  fmt::format("nobody {} lived at age {} in {}-{}, so there is no death rate",
                              source.frame.sexes[sex.position()], age, years.first().value(),
                              years.last().value()),
                  "choose a lower projection.open_age or more years of history"));
}

/// Minus the slope of the logarithm of a band's death rate on the year, by least squares. Half a
/// death is added to each year's, so that a year without any has a logarithm.
double improvement_of(const Source& source, const VitalHistory& history, Sex sex, Band band,
                      Years years) {
  double covariance = 0.0;
  double variance = 0.0;
  for (const Year year : years) {
    const Sums sums = sum_of(history, sex, band, year);
    require_exposure(source, sums.exposure, sex, band.first, {year, year});
    const double offset = year.value() - years.middle();
    covariance += offset * std::log((sums.deaths + 0.5) / sums.exposure);
    variance += offset * offset;
  }
  return -covariance / variance;
}

/// Straight lines between the middles of the bands, level outside them.
double interpolate(std::span<const double> middles, std::span<const double> values, double age) {
  if (age <= middles.front()) return values.front();
  if (age >= middles.back()) return values.back();
  const auto above = std::upper_bound(middles.begin(), middles.end(), age);
  const auto at = static_cast<std::size_t>(above - middles.begin());
  const double share = (age - middles[at - 1]) / (middles[at] - middles[at - 1]);
  return values[at - 1] + share * (values[at] - values[at - 1]);
}

/// The fall of the rates by band, interpolated between their middles.
SexAge fit_improvement(const Source& source, const VitalHistory& nation, Years years) {
  const std::vector<Band> bands = bands_of(trend_bands, source.frame.ages());
  SexAge improvement({2, source.frame.ages()});
  for (const Sex sex : positions<Sex>(2)) {
    std::vector<double> middles;
    std::vector<double> slopes;
    for (const Band band : bands) {
      middles.push_back(static_cast<double>(band.first + band.end - 1) / 2.0);
      slopes.push_back(improvement_of(source, nation, sex, band, years));
    }
    for (const Age age : positions<Age>(source.frame.ages())) {
      improvement(sex, age) = interpolate(middles, slopes, static_cast<double>(age.position()));
    }
  }
  return improvement;
}

SexAge fit_level(const Source& source, const VitalHistory& nation, const Window& window) {
  return tabulate<SexAge>({2, source.frame.ages()}, [&](Sex sex, Age age) {
    const double exposure = window.mean([&](Year year) { return nation.exposure(year, sex, age); });
    require_exposure(source, exposure, sex, age.position(), window.years);
    return window.mean([&](Year year) { return nation.deaths(year, sex, age); }) / exposure;
  });
}

}  // namespace

double NationalMortality::rate(Sex sex, Age age, Year year) const {
  return level(sex, age) * std::exp(-improvement(sex, age) * (year.value() - level_year));
}

NationalMortality fit_national_mortality(const Source& source, const History& history) {
  const Window level = window(source, p::mortality_window);
  NationalMortality fit;
  fit.level_year = level.middle();
  fit.level = fit_level(source, history.nation, level);
  fit.improvement =
      fit_improvement(source, history.nation, last_years(source, p::mortality_trend_years));
  const double speed = source.settings[p::mortality_improvement];
  for (double& improvement : fit.improvement.values()) improvement *= speed;
  return fit;
}

Table<double, Region, Sex, Age> regional_mortality(const Source& source, const History& history) {
  const Years years = last_years(source, p::local_level_years);
  const double k = source.settings[p::shrinkage];
  Table<double, Region, Sex, Age> levels({history.regions.size(), 2, source.frame.ages()}, 1.0);
  for (const Region region : positions<Region>(history.regions.size())) {
    const VitalHistory& local = history.regions[region.position()];
    for (const Sex sex : positions<Sex>(2)) {
      for (const Band band : bands_of(level_bands, source.frame.ages())) {
        double observed = k;
        double expected = k;
        for (std::size_t age = band.first; age < band.end; ++age) {
          for (const Year year : years) {
            observed += local.deaths(year, sex, Age(age));
            expected += local.exposure(year, sex, Age(age)) *
                        history.nation.death_rate(year, sex, Age(age));
          }
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
                                    const Table<double, Region, Sex, Age>& levels,
                                    const std::vector<double>& natural_change_factor) {
  return series_of(frame.intervals, [&](Interval interval) {
    const Year year = frame.end_of(interval);
    auto dying = tabulate<CellTable>(cell_extents(frame), [&](Sex sex, CohortRow row,
                                                              Group /*group*/, Area area) {
      const Age age = frame.age_of(row);
      const Region region = history.region_of_area[area.position()];
      const CentralRate rate =
          CentralRate::per_person_year(national.rate(sex, age, year) * levels(region, sex, age) /
                                       natural_change_factor[area.position()]);
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
