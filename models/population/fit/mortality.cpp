#include "models/population/fit/mortality.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "engine/demography/rates.hpp"
#include "engine/table/tabulate.hpp"
#include "models/population/fit/parameters.hpp"
#include "models/population/rates/mortality.hpp"

namespace kohort::population::fit {

namespace p = parameters;

namespace {

/// First ages of the bands in which the trend is measured: wide where deaths are few.
constexpr std::array<std::size_t, 12> trend_bands = {0, 1, 15, 30, 40, 50, 60, 65, 70, 75, 80, 90};
/// First ages of the bands in which regions are compared with the nation.
constexpr std::array<std::size_t, 3> level_bands = {0, 65, 80};

template <std::size_t N>
std::size_t end_of_band(const std::array<std::size_t, N>& bands, std::size_t band,
                        std::size_t ages) {
  return band + 1 < N ? std::min(bands[band + 1], ages) : ages;
}

struct Sums {
  double deaths = 0.0;
  double exposure = 0.0;
};

Sums sum_of(const VitalHistory& history, Sex sex, std::size_t from, std::size_t to, Years years) {
  Sums sums;
  for (const Year year : years) {
    for (std::size_t age = from; age < to; ++age) {
      sums.deaths += history.deaths(history.at(year), sex, Age(age));
      sums.exposure += history.exposure(year, sex, Age(age));
    }
  }
  return sums;
}

/// Minus the slope of the logarithm of a band's death rate on the year, by least squares. Half a
/// death is added to each year's, so that a year without any has a logarithm.
double improvement_of(const VitalHistory& history, Sex sex, std::size_t from, std::size_t to,
                      Years years) {
  double covariance = 0.0;
  double variance = 0.0;
  for (const Year year : years) {
    const Sums sums = sum_of(history, sex, from, to, {year, year});
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

}  // namespace

NationalMortality fit_national_mortality(const Source& source, const History& history) {
  const std::size_t ages = source.frame.ages();
  const Years level = window(source, p::mortality_level_years);
  const Years trend = window(source, p::mortality_trend_years);
  NationalMortality fit;
  fit.level_year = level.middle();
  fit.level = tabulate<Table<double, Sex, Age>>({2, ages}, [&](Sex sex, Age age) {
    const Sums sums = sum_of(history.nation, sex, age.position(), age.position() + 1, level);
    return sums.deaths / sums.exposure;
  });
  fit.improvement = Table<double, Sex, Age>({2, ages});
  for (const Sex sex : positions<Sex>(2)) {
    std::vector<double> middles;
    std::vector<double> slopes;
    for (std::size_t band = 0; band < trend_bands.size(); ++band) {
      const std::size_t to = end_of_band(trend_bands, band, ages);
      middles.push_back(static_cast<double>(trend_bands[band] + to - 1) / 2.0);
      slopes.push_back(improvement_of(history.nation, sex, trend_bands[band], to, trend));
    }
    for (const Age age : positions<Age>(ages)) {
      fit.improvement(sex, age) = interpolate(middles, slopes, static_cast<double>(age.position()));
    }
  }
  return fit;
}

Table<double, Region, Sex, Age> regional_mortality(const Source& source, const History& history) {
  const std::size_t ages = source.frame.ages();
  const Years years = window(source, p::local_level_years);
  const double k = source.settings[p::shrinkage];
  Table<double, Region, Sex, Age> levels({history.regions.size(), 2, ages});
  for (const Region region : positions<Region>(history.regions.size())) {
    const VitalHistory& local = history.regions[region.position()];
    for (const Sex sex : positions<Sex>(2)) {
      for (std::size_t band = 0; band < level_bands.size(); ++band) {
        const std::size_t to = end_of_band(level_bands, band, ages);
        double observed = 0.0;
        double expected = 0.0;
        for (std::size_t age = level_bands[band]; age < to; ++age) {
          for (const Year year : years) {
            const Sums nation = sum_of(history.nation, sex, age, age + 1, {year, year});
            observed += local.deaths(local.at(year), sex, Age(age));
            expected += local.exposure(year, sex, Age(age)) * nation.deaths / nation.exposure;
          }
        }
        for (std::size_t age = level_bands[band]; age < to; ++age) {
          levels(region, sex, Age(age)) = (observed + k) / (expected + k);
        }
      }
    }
  }
  return levels;
}

Series<CellTable> project_mortality(const Source& source, const History& history,
                                    const NationalMortality& national,
                                    const std::vector<double>& natural_change_factor) {
  const Frame& frame = source.frame;
  const double speed = source.settings[p::mortality_improvement];
  const auto levels = regional_mortality(source, history);
  return series_of(frame.intervals, [&](Interval interval) {
    const double years = frame.end_of(interval).value() - national.level_year;
    auto dying = tabulate<CellTable>(
        cell_extents(frame), [&](Sex sex, CohortRow row, Group /*group*/, Area area) {
          const Age age = frame.age_of(row);
          const Region region = history.region_of_area[area.position()];
          const CentralRate rate = CentralRate::per_person_year(
              national.level(sex, age) * std::exp(-speed * national.improvement(sex, age) * years) *
              levels(region, sex, age) / natural_change_factor[area.position()]);
          const Duration year = Duration::years(1.0);
          return (row == CohortRow(0) ? newborn_probability(rate, year)
                                      : cohort_probability(rate, year))
              .share();
        });
    close_open_age(dying, OpenAge::pooled);
    return dying;
  });
}

}  // namespace kohort::population::fit
