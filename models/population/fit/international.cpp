#include "models/population/fit/international.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "engine/base/error.hpp"
#include "engine/table/tabulate.hpp"
#include "models/population/fit/gross_flows.hpp"
#include "models/population/fit/parameters.hpp"
#include "models/population/fit/schedules.hpp"
#include "models/population/fit/tables.hpp"

namespace kohort::population::fit {

namespace p = parameters;

namespace {

/// The nation, by age in the mean of the window and by year.
struct NationalFlows {
  SexAge rates;  ///< of emigration
  SexAge immigrants;
  SexAge emigrants;
  double moved = 0.0;
  Yearly<> yearly_immigrants;
  std::vector<double> emigration_levels;
};

/// What each year has of its own.
void add_years(const VitalHistory& nation, const Yearly<>& published, Years path,
               NationalFlows& flows) {
  flows.yearly_immigrants = Yearly<>(together(path, published.years()), {});
  for (const Year year : flows.yearly_immigrants.years()) {
    double net = 0.0;
    double usual = 0.0;
    for (const Sex sex : positions<Sex>(2)) {
      for (const Age age : positions<Age>(flows.rates.extent<Age>())) {
        net += nation.net_migration(year, sex, age);
        usual += nation.at_risk(year, sex, age) * flows.rates(sex, age);
      }
    }
    const bool known = year >= published.years().first();
    flows.yearly_immigrants(year) = net + (known ? published(year) : usual);
    if (known && published(year) > 0.0 && usual > 0.0) {
      flows.emigration_levels.push_back(std::log(published(year) / usual));
    }
  }
}

NationalFlows national_flows(const Source& source, const VitalHistory& nation,
                             const Window& window) {
  const SexAge::Extents extents{2, source.frame.ages()};
  const auto mean = [&](auto figure) {
    return tabulate<SexAge>(extents, [&](Sex sex, Age age) {
      return window.mean([&](Year year) { return figure(year, sex, age); });
    });
  };
  const SexAge at_risk = mean([&](Year y, Sex s, Age a) { return nation.at_risk(y, s, a); });
  const SexAge net = mean([&](Year y, Sex s, Age a) { return nation.net_migration(y, s, a); });
  SexAge pattern = read_schedule(source, "emigration");
  std::transform(pattern.values().begin(), pattern.values().end(), at_risk.values().begin(),
                 pattern.values().begin(), std::multiplies<>());
  const auto published = read_yearly<>(source, p::national_emigrants, window.years, {});
  const double total = window.mean([&](Year year) { return published(year); });
  const auto gross = gross_flows(net.values(), pattern.values(), total);
  if (!gross) {
    throw Error(Fault::input,
                source.settings.mistake(
                    p::national_emigrants,
                    fmt::format("{:.6g} emigrants a year are fewer than the nation's account loses "
                                "to migration at the ages at which it loses people",
                                total),
                    "the table and the stocks, births and deaths must be of the same population"));
  }
  NationalFlows flows{SexAge(extents), SexAge(extents), SexAge(extents), gross->moved, {}, {}};
  std::copy(gross->in.begin(), gross->in.end(), flows.immigrants.values().begin());
  std::copy(gross->out.begin(), gross->out.end(), flows.emigrants.values().begin());
  fill(flows.rates, [&](Sex sex, Age age) {
    return at_risk(sex, age) > 0.0 ? flows.emigrants(sex, age) / at_risk(sex, age) : 0.0;
  });
  add_years(nation, published, last_years(source, p::international_path_years), flows);
  return flows;
}

/// Flows of all ages together, by area.
struct AreaFlows {
  std::vector<double> immigrants;
  std::vector<double> emigrants;
  std::vector<double> at_national_rates;  ///< emigrants, were the area's rates the nation's
};

AreaFlows own_flows(const Source& source, const AreaMigration& migration, const SexAge& rates,
                    const Window& window) {
  AreaFlows flows;
  for (const Area area : positions<Area>(source.frame.own_areas())) {
    const double net = window.mean([&](Year year) { return migration.net(area, year); });
    const double usual =
        window.mean([&](Year year) { return migration.emigrants(area, year, rates); });
    const double emigrants = std::max(usual, -net);
    if (emigrants > 0.0 && !(usual > 0.0)) {
      throw Error(Fault::input,
                  source.settings.mistake(
                      p::history_net_migration,
                      fmt::format("area {} loses {:.6g} persons a year abroad, but nobody lives "
                                  "there",
                                  source.frame.areas[area.position()].code, -net),
                      "check the area's totals and moves"));
    }
    flows.immigrants.push_back(std::max(0.0, net + emigrants));
    flows.emigrants.push_back(emigrants);
    flows.at_national_rates.push_back(usual);
  }
  return flows;
}

/// What the nation has beyond the other areas.
double rest_of(const Source& source, double national, const std::vector<double>& areas,
               const char* what) {
  const double own = sum_of(areas);
  if (own <= national) return national - own;
  throw Error(Fault::input,
              source.settings.mistake(
                  p::national_emigrants,
                  fmt::format("the areas have {:.6g} {} a year and the nation {:.6g}, so that the "
                              "rest of the country would have fewer than none",
                              own, what, national),
                  "check the areas' net migration, or choose other years in "
                  "history.international_years"));
}

/// Multiplies the flows so that they sum to the nation's.
void scale_to(const Source& source, double total, std::vector<double>& flows) {
  const double sum = sum_of(flows);
  if (!(sum > 0.0) && total > 0.0) {
    throw Error(
        Fault::input,
        source.settings.mistake(p::national_emigrants,
                                "the nation has migrants, but the areas that make it up have none",
                                "check the areas' totals"));
  }
  for (double& flow : flows) flow *= sum > 0.0 ? total / sum : 0.0;
}

void close_with_rest(const Source& source, const NationalFlows& nation, AreaFlows& flows) {
  const double immigrants = sum_of(nation.immigrants.values());
  const double emigrants = sum_of(nation.emigrants.values());
  if (source.frame.closed_by_rest()) {
    flows.immigrants.push_back(rest_of(source, immigrants, flows.immigrants, "immigrants"));
    flows.at_national_rates.push_back(
        rest_of(source, emigrants, flows.at_national_rates, "emigrants at national rates"));
    flows.emigrants.push_back(rest_of(source, emigrants, flows.emigrants, "emigrants"));
  } else {
    scale_to(source, immigrants, flows.immigrants);
    scale_to(source, emigrants, flows.emigrants);
  }
}

/// Net plus emigrants at the nation's rates in each year; below 0 where more leave than these. The
/// rest has what the nation has beyond the others.
Yearly<Area> yearly_immigrants(const Frame& frame, const AreaMigration& migration,
                               const NationalFlows& nation, Years years) {
  Yearly<Area> immigrants(years, {frame.areas.size()});
  for (const Year year : years) {
    double left = nation.yearly_immigrants(year);
    for (const Area area : positions<Area>(frame.own_areas())) {
      left -= immigrants(year, area) =
          migration.net(area, year) + migration.emigrants(area, year, nation.rates);
    }
    if (frame.closed_by_rest()) immigrants(year, Area(frame.own_areas())) = left;
  }
  return immigrants;
}

/// The variance that chance gives the estimates above: of emigrants, and of births and deaths that
/// nobody counted. That of the rest is the sum, since it is what the others leave.
Yearly<Area> yearly_chance(const Frame& frame, const AreaMigration& migration, const SexAge& rates,
                           Years years) {
  Yearly<Area> chance(years, {frame.areas.size()});
  for (const Year year : years) {
    double all = 0.0;
    for (const Area area : positions<Area>(frame.own_areas())) {
      chance(year, area) = migration.emigrants(area, year, rates) + migration.chance(area, year);
      all += chance(year, area);
    }
    if (frame.closed_by_rest()) chance(year, Area(frame.own_areas())) = all;
  }
  return chance;
}

}  // namespace

InternationalFit fit_international(const Source& source, const AreaHistory& areas) {
  const Frame& frame = source.frame;
  const Window years = window(source, p::international_window);
  const NationalFlows nation = national_flows(source, areas.history.nation, years);
  const AreaMigration migration(source, areas, years.years);
  AreaFlows flows = own_flows(source, migration, nation.rates, years);
  close_with_rest(source, nation, flows);

  InternationalFit fit;
  fit.emigration_rates = nation.rates;
  fit.immigrants = nation.immigrants;
  fit.area_immigrants = flows.immigrants;
  fit.national_emigrants = nation.emigrants;
  fit.moved = nation.moved;
  fit.national_immigrants = nation.yearly_immigrants;
  fit.emigration_levels = nation.emigration_levels;
  fit.yearly_immigrants = yearly_immigrants(frame, migration, nation, years.years);
  fit.yearly_chance = yearly_chance(frame, migration, nation.rates, years.years);
  for (std::size_t area = 0; area < frame.areas.size(); ++area) {
    const double usual = flows.at_national_rates[area];
    fit.emigration_factor.push_back(usual > 0.0 ? flows.emigrants[area] / usual : 1.0);
  }
  return fit;
}

}  // namespace kohort::population::fit
