#include "models/population/fit/fertility.hpp"

#include <cmath>
#include <numeric>

#include <fmt/format.h>

#include "engine/base/error.hpp"
#include "engine/table/tabulate.hpp"
#include "models/population/fit/national_forecast.hpp"
#include "models/population/fit/parameters.hpp"
#include "models/population/fit/returning_levels.hpp"
#include "models/population/fit/tables.hpp"

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
  const double k = source.settings[p::shrinkage] / window.effective_years();
  std::vector<double> levels;
  for (const VitalHistory& region : history.regions) {
    double observed = k;
    double expected = k;
    for (const Age age : positions<Age>(national.size())) {
      observed += window.mean([&](Year year) { return region.births(year, age); });
      expected += national[age.position()] *
                  window.mean([&](Year year) { return region.exposure(year, women, age); });
    }
    levels.push_back(expected > 0.0 ? observed / expected : 1.0);
  }
  return levels;
}

namespace {

/// Of the nation, in each of these years.
std::vector<double> total_fertility(const Source& source, const History& history, Years years) {
  std::vector<double> totals;
  for (const Year year : years) {
    totals.push_back(sum_of(national_fertility(source, history, Window{{year, year}, {1.0}})));
  }
  return totals;
}

/// The nation's total rate of each interval by an AR(1) of its logarithm.
std::vector<double> returning_path(const Source& source, const History& history) {
  const Years years = last_years(source, p::fertility_path_years);
  std::vector<double> logarithms;
  for (const double total : total_fertility(source, history, years)) {
    if (!(total > 0.0)) {
      throw Error(Fault::input, source.settings.mistake(p::history_births, "a year without births",
                                                        "choose fertility_path = \"constant\""));
    }
    logarithms.push_back(std::log(total));
  }
  return returning_levels(source.frame, logarithms, years.last());
}

/// Total rates by interval and area.
using TotalTable = BroadcastTable<Interval, Area>;

TotalTable given_totals(const Source& source) {
  const Quantity quantity = require_quantity(source, p::total_fertility);
  if (const double* number = quantity.number()) {
    source.tables.note(Basis::assumed);
    return TotalTable(*number);
  }
  return source.tables.read<Interval, Area>(p::total_fertility, *quantity.table(),
                                            {source.frame.flow_years(), source.frame.area_axis()});
}

/// Rates of an interval: the schedule, which sums to 1, times each area's total.
FertilityTable spread(const Frame& frame, const std::vector<double>& national,
                      const std::vector<double>& totals) {
  const double sum = sum_of(national);
  return tabulate<FertilityTable>(
      {frame.ages(), 1, frame.areas.size()}, [&](Age age, Group /*group*/, Area area) {
        return sum > 0.0 ? national[age.position()] / sum * totals[area.position()] : 0.0;
      });
}

/// The nation's rates of each interval by a table, times each area's level.
void follow_forecast(const Source& source, FertilityFit& fit) {
  if (source.settings.given(p::total_fertility)) {
    throw Error(Fault::scenario,
                source.settings.mistake(p::fertility_forecast,
                                        "population.fertility.total is given as well",
                                        "give one of them: rates by age, or totals"));
  }
  const Frame& frame = source.frame;
  const NationalForecast forecast(source, p::fertility_forecast,
                                  NationalForecast::Detail::required);
  fit.ages = forecast.ages();
  fit.rates = series_of(forecast.length(), [&](Interval interval) {
    return tabulate<FertilityTable>(
        {frame.ages(), 1, frame.areas.size()}, [&](Age age, Group /*group*/, Area area) {
          return forecast(interval, Sex(0), age) * fit.levels[area.position()];
        });
  });
}

/// The schedule of the window times each area's total.
void follow_totals(const Source& source, const History& history, FertilityFit& fit) {
  const Frame& frame = source.frame;
  const Path path = source.settings[p::fertility_path];
  const TotalTable given = path == Path::given ? given_totals(source) : TotalTable();
  std::vector<double> national_path(path == Path::constant ? 1 : frame.intervals,
                                    sum_of(fit.national));
  if (path == Path::ar1) national_path = returning_path(source, history);
  fit.rates = series_of(national_path.size(), [&](Interval interval) {
    double national = national_path[interval.position()];
    if (path == Path::given) national = given(interval, Area(frame.areas.size() - 1));
    std::vector<double> totals;
    for (const Area area : positions<Area>(frame.areas.size())) {
      const bool own = given.varies_along<Area>();
      totals.push_back(own ? given(interval, area) : national * fit.levels[area.position()]);
    }
    return spread(frame, fit.national, totals);
  });
}

}  // namespace

FertilityFit fit_fertility(const Source& source, const History& history,
                           const std::vector<double>& local_levels) {
  const Window years = window(source, p::fertility_window);
  FertilityFit fit;
  fit.national = national_fertility(source, history, years);
  const std::vector<double> regions = regional_fertility(source, history, fit.national, years);
  for (const Area area : positions<Area>(source.frame.areas.size())) {
    fit.levels.push_back(regions[history.region_of_area[area.position()].position()] *
                         local_levels[area.position()]);
  }
  const bool given = source.settings[p::fertility_path] == Path::given;
  if (given && source.settings.given(p::fertility_forecast)) {
    follow_forecast(source, fit);
  } else {
    follow_totals(source, history, fit);
  }
  return fit;
}

}  // namespace kohort::population::fit
