#include "models/population/fit/net_migration.hpp"

#include <algorithm>
#include <cmath>
#include <map>

#include <fmt/format.h>

#include "engine/base/error.hpp"
#include "engine/estimate/shrinkage.hpp"
#include "engine/table/tabulate.hpp"
#include "models/population/fit/parameters.hpp"

namespace kohort::population::fit {

namespace p = parameters;

namespace {

/// No area plausibly loses more of an age group in a year.
constexpr double greatest_loss = 0.5;

/// A year that counts, and how much.
struct WeightedYear {
  Year year;
  double weight = 0.0;
};

/// Refuses to leave out what is no year of the window.
void require_within(const Source& source, Years years, const std::vector<std::string>& without) {
  std::vector<std::string> names;
  for (const Year year : years) names.push_back(std::to_string(year.value()));
  for (const std::string& name : without) {
    if (std::find(names.begin(), names.end(), name) != names.end()) continue;
    throw Error(Fault::scenario,
                source.settings.mistake(
                    p::net_migration_without,
                    fmt::format("found '{}', which is no year of the window", name),
                    fmt::format("name years from {} to {}, or none", names.front(), names.back())));
  }
}

/// The years that count.
std::vector<WeightedYear> kept_years(const Source& source) {
  const Window all = net_migration_years(source);
  std::vector<WeightedYear> kept;
  std::size_t at = 0;
  for (const Year year : all.years) {
    const double weight = all.weights[at++];
    if (weight > 0.0) kept.push_back({year, weight});
  }
  return kept;
}

/// An area's departures from the nation in the window, by age.
struct Departures {
  std::vector<double> mean;
  std::vector<double> variance;  ///< of the mean, as the years about it tell
};

/// The persons whom a region's rates are taken over, weighted as its years are.
double persons_at_risk(const VitalHistory& history, const std::vector<WeightedYear>& years, Sex sex,
                       Age age) {
  double persons = 0.0;
  for (const auto& [year, weight] : years) persons += weight * history.at_risk(year, sex, age);
  return persons;
}

/// The mean of the window, years with more people at risk counting more.
double mean_rate(const VitalHistory& history, const std::vector<WeightedYear>& years, Sex sex,
                 Age age) {
  double migrants = 0.0;
  for (const auto& [year, weight] : years) {
    migrants += weight * history.net_migration(year, sex, age);
  }
  const double persons = persons_at_risk(history, years, sex, age);
  return persons > 0.0 ? migrants / persons : 0.0;
}

/// `figure(age)` of all ages, smoothed.
template <class Function>
std::vector<double> smoothed_by_age(std::size_t ages, Function&& figure) {
  std::vector<double> values;
  for (const Age age : positions<Age>(ages)) values.push_back(figure(age));
  return smoothed_over_ages(values);
}

/// The variance of a weighted mean of independent years [year][age], as their spread tells.
double variance_of_mean(const std::vector<std::vector<double>>& yearly,
                        const std::vector<WeightedYear>& years, std::size_t age) {
  double mean = 0.0;
  double square_weights = 0.0;
  for (std::size_t at = 0; at < years.size(); ++at) {
    mean += years[at].weight * yearly[at][age];
    square_weights += years[at].weight * years[at].weight;
  }
  double spread = 0.0;
  for (std::size_t at = 0; at < years.size(); ++at) {
    const double distance = yearly[at][age] - mean;
    spread += years[at].weight * distance * distance;
  }
  return spread * square_weights / (1.0 - square_weights);
}

Departures departures_of(const VitalHistory& local, const VitalHistory& nation,
                         const std::vector<WeightedYear>& years, Sex sex) {
  const std::size_t ages = nation.stocks.extent<Age>();
  Departures result;
  result.mean = smoothed_by_age(ages, [&](Age age) {
    return mean_rate(local, years, sex, age) - mean_rate(nation, years, sex, age);
  });
  std::vector<std::vector<double>> yearly;
  for (const WeightedYear& one : years) {
    yearly.push_back(smoothed_by_age(ages, [&](Age age) {
      return net_migration_rate(local, one.year, sex, age) -
             net_migration_rate(nation, one.year, sex, age);
    }));
  }
  for (std::size_t age = 0; age < ages; ++age) {
    // A mean is known to a person at best, however even its years were.
    const double persons = persons_at_risk(local, years, sex, Age(age));
    const double one_person = 1.0 / std::max(1.0, persons);
    result.variance.push_back(variance_of_mean(yearly, years, age) + one_person * one_person);
  }
  return result;
}

/// Refuses areas that are parts of counties, or not the whole nation.
void require_counties(const Source& source) {
  const Frame& frame = source.frame;
  std::map<std::string, int> areas_of_county;
  for (const auto* areas : {&frame.areas, &frame.other_areas}) {
    for (const AreaDescription& area : *areas) ++areas_of_county[area.rest ? "" : area.county];
  }
  const bool whole = frame.other_areas.empty() || areas_of_county.count("") == 1;
  const bool counties = std::all_of(
      frame.areas.begin(), frame.areas.end(),
      [&](const AreaDescription& area) { return area.rest || areas_of_county[area.county] == 1; });
  if (whole && counties) return;
  throw Error(Fault::scenario,
              source.settings.mistake(
                  p::net_migration_form,
                  "net migration is fitted to the accounts of whole counties, which sum to the "
                  "nation",
                  "project counties, all of areas.table or with areas.rest; or fit the flows of "
                  "population.domestic, emigration and immigration"));
}

SexAge national_net_migration(const Source& source, const History& history) {
  const Window years = window(source, p::international_window);
  return tabulate<SexAge>({2, source.frame.ages()}, [&](Sex sex, Age age) {
    return years.mean([&](Year year) { return history.nation.net_migration(year, sex, age); });
  });
}

/// Shifts the departures at each sex and age so that the regions together gain what the nation
/// does.
Table<double, Region, Sex, Age> made_to_sum(const History& history, Year last,
                                            const SexAge& national,
                                            Table<double, Region, Sex, Age> departures) {
  const auto regions = positions<Region>(history.regions.size());
  for (const Sex sex : positions<Sex>(2)) {
    for (const Age age : positions<Age>(national.extent<Age>())) {
      double persons = 0.0;
      double migrants = 0.0;
      for (const Region region : regions) {
        const double local = next_at_risk(history.regions[region.position()], last, sex, age);
        persons += local;
        migrants += local * departures(region, sex, age);
      }
      const double shift = persons > 0.0 ? (national(sex, age) - migrants) / persons : 0.0;
      for (const Region region : regions) departures(region, sex, age) += shift;
    }
  }
  return departures;
}

void require_plausible(const Source& source, Area area, Sex sex, Age age, double rate) {
  if (rate >= -greatest_loss) return;
  const Frame& frame = source.frame;
  throw Error(Fault::input,
              source.settings.mistake(
                  p::net_migration_form,
                  fmt::format("area {}, {} aged {}: {:.0f} % a year would leave",
                              frame.areas[area.position()].code, frame.sexes[sex.position()],
                              frame.first_age(age), -100.0 * rate),
                  "let more years count in history.net_migration_years, or leave out a year in "
                  "which a border moved by history.net_migration_without"));
}

}  // namespace

Window net_migration_years(const Source& source) {
  Window kept = window(source, p::net_migration_window);
  const std::vector<std::string> without = source.settings[p::net_migration_without];
  require_within(source, kept.years, without);
  double sum = 0.0;
  std::size_t count = 0;
  std::size_t at = 0;
  for (const Year year : kept.years) {
    double& weight = kept.weights[at++];
    if (std::find(without.begin(), without.end(), std::to_string(year.value())) != without.end()) {
      weight = 0.0;
    }
    sum += weight;
    count += weight > 0.0 ? 1 : 0;
  }
  if (count < 2) {
    throw Error(Fault::scenario,
                source.settings.mistake(p::net_migration_window.years,
                                        "one year does not tell how much net migration varies",
                                        "let at least two years count"));
  }
  for (double& weight : kept.weights) weight /= sum;
  return kept;
}

double net_migration_rate(const VitalHistory& history, Year year, Sex sex, Age age) {
  const double persons = history.at_risk(year, sex, age);
  return persons > 0.0 ? history.net_migration(year, sex, age) / persons : 0.0;
}

std::vector<double> smoothed_over_ages(const std::vector<double>& by_age) {
  std::vector<double> result = by_age;
  for (std::size_t age = 1; age < by_age.size(); ++age) {
    double sum = 2.0 * by_age[age];
    double weights = 2.0;
    for (const std::size_t neighbour : {age - 1, age + 1}) {
      if (neighbour == 0 || neighbour == by_age.size()) continue;
      sum += by_age[neighbour];
      weights += 1.0;
    }
    result[age] = sum / weights;
  }
  return result;
}

double next_at_risk(const VitalHistory& history, Year last, Sex sex, Age age) {
  return age == Age(0) ? history.newborn(last, sex) : history.at_risk(last + 1, sex, age);
}

Table<double, Region, Sex, Age> net_migration_departures(const Source& source,
                                                         const History& history) {
  const std::size_t ages = source.frame.ages();
  const std::size_t regions = history.regions.size();
  const std::vector<WeightedYear> years = kept_years(source);
  Table<double, Region, Sex, Age> departures({regions, 2, ages});
  for (const Sex sex : positions<Sex>(2)) {
    std::vector<Departures> raw;
    for (const VitalHistory& local : history.regions) {
      raw.push_back(departures_of(local, history.nation, years, sex));
    }
    for (std::size_t age = 0; age < ages; ++age) {
      std::vector<double> means;
      std::vector<double> variances;
      for (const Departures& one : raw) {
        means.push_back(one.mean[age]);
        variances.push_back(one.variance[age]);
      }
      const Shrunk shrunk = shrink(means, variances);
      for (const Region region : positions<Region>(regions)) {
        departures(region, sex, Age(age)) = shrunk.effects[region.position()];
      }
    }
  }
  return departures;
}

NetMigrationFit fit_net_migration(const Source& source, const History& history) {
  const Frame& frame = source.frame;
  require_counties(source);
  const Year last = last_year(source);
  NetMigrationFit fit;
  fit.national = national_net_migration(source, history);
  fit.rates = made_to_sum(history, last, fit.national, net_migration_departures(source, history));
  fit.gains =
      tabulate<AgeTable>(age_extents(frame), [&](Sex sex, Age age, Group /*group*/, Area area) {
        const double rate = fit.rates(history.region_of_area[area.position()], sex, age);
        require_plausible(source, area, sex, age, rate);
        return std::max(0.0, rate) * next_at_risk(history.region_of(area), last, sex, age);
      });
  fit.losses = tabulate<CellTable>(
      cell_extents(frame), [&](Sex sex, CohortRow row, Group /*group*/, Area area) {
        return std::min(0.0,
                        fit.rates(history.region_of_area[area.position()], sex, frame.age_of(row)));
      });
  return fit;
}

}  // namespace kohort::population::fit
