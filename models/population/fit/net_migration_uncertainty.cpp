#include "models/population/fit/net_migration_uncertainty.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "engine/table/tabulate.hpp"
#include "models/population/fit/deviations.hpp"
#include "models/population/fit/parameters.hpp"

namespace kohort::population::fit {

namespace p = parameters;

namespace {

/// From this age on few move, and the slope is mostly noise.
constexpr std::size_t first_of_the_old = 75;

/// Calls `function(sex, age)` for every cell.
template <class Function>
void for_cells(const VitalHistory& history, Function&& function) {
  for (const Sex sex : positions<Sex>(2)) {
    for (const Age age : positions<Age>(history.stocks.extent<Age>())) function(sex, age);
  }
}

double at_risk(const VitalHistory& history, Year year) {
  double persons = 0.0;
  for_cells(history, [&](Sex sex, Age age) { persons += history.at_risk(year, sex, age); });
  return persons;
}

/// Those at risk in the year after the last.
double people_of_launch(const VitalHistory& history, Year last) {
  double persons = 0.0;
  for_cells(history, [&](Sex sex, Age age) { persons += next_at_risk(history, last, sex, age); });
  return persons;
}

/// Net migrants for each person at risk, all ages together.
double crude_rate(const VitalHistory& history, Year year) {
  double migrants = 0.0;
  for_cells(history, [&](Sex sex, Age age) { migrants += history.net_migration(year, sex, age); });
  const double persons = at_risk(history, year);
  return persons > 0.0 ? migrants / persons : 0.0;
}

std::vector<double> centred(std::vector<double> series) {
  const double mean =
      std::accumulate(series.begin(), series.end(), 0.0) / static_cast<double>(series.size());
  for (double& value : series) value -= mean;
  return series;
}

/// The past years and the crude rates of the nation and the regions in them. A border that moved
/// says nothing of the nation, which has all years.
class CrudeRates {
 public:
  CrudeRates(const Source& source, const History& history)
      : history_(history), all_(last_years(source, p::net_migration_path_years)) {
    const std::vector<std::string> without = source.settings[p::net_migration_without];
    for (const Year year : all_) {
      nation_.push_back(crude_rate(history.nation, year));
      const std::string name = std::to_string(year.value());
      if (std::find(without.begin(), without.end(), name) == without.end()) years_.push_back(year);
    }
  }

  /// Those of the regions.
  const std::vector<Year>& years() const { return years_; }
  const std::vector<double>& nation() const { return nation_; }

  std::vector<double> departures(const VitalHistory& region) const {
    std::vector<double> result;
    for (const Year year : years_) result.push_back(crude_rate(region, year) - nation_in(year));
    return result;
  }

  /// The slope of the rates of each age on the crude rate.
  SexAge national_response() const {
    const std::vector<double> moved = centred(nation_);
    SexAge products({2, ages()});
    double squares = 0.0;
    for (std::size_t at = 0; at < moved.size(); ++at) {
      const Year year = all_.first() + static_cast<int>(at);
      squares += moved[at] * moved[at];
      for_cells(history_.nation, [&](Sex sex, Age age) {
        products(sex, age) += moved[at] * net_migration_rate(history_.nation, year, sex, age);
      });
    }
    return divided(std::move(products), squares);
  }

  /// The same for departures from the nation, regions counting by their people.
  SexAge regional_response() const {
    SexAge products({2, ages()});
    double squares = 0.0;
    for (const VitalHistory& region : history_.regions) {
      const std::vector<double> moved = centred(departures(region));
      for (std::size_t at = 0; at < years_.size(); ++at) {
        const double weight = at_risk(region, years_.back()) * moved[at];
        squares += weight * moved[at];
        for_cells(region, [&](Sex sex, Age age) {
          products(sex, age) +=
              weight * (net_migration_rate(region, years_[at], sex, age) -
                        net_migration_rate(history_.nation, years_[at], sex, age));
        });
      }
    }
    return divided(std::move(products), squares);
  }

 private:
  double nation_in(Year year) const {
    return nation_[static_cast<std::size_t>(year - all_.first())];
  }
  std::size_t ages() const { return history_.nation.stocks.extent<Age>(); }

  /// Slopes; 1 everywhere where nothing has moved.
  static SexAge divided(SexAge products, double squares) {
    for (double& value : products.values()) value = squares > 0.0 ? value / squares : 1.0;
    return products;
  }

  const History& history_;
  Years all_;
  std::vector<Year> years_;
  std::vector<double> nation_;
};

/// Smooths slopes over ages, gives all of the old one figure, and scales them to a mean of 1 over
/// the nation's people.
SexAge response_from(SexAge slopes, const VitalHistory& nation, Year last) {
  const std::size_t ages = slopes.extent<Age>();
  std::vector<double> old;
  for (const Sex sex : positions<Sex>(2)) {
    const std::span<double> row = slopes.slab(sex);
    const auto smooth = smoothed_over_ages({row.begin(), row.end()});
    std::copy(smooth.begin(), smooth.end(), row.begin());
    for (std::size_t age = first_of_the_old; age < ages; ++age) old.push_back(row[age]);
  }
  const double of_the_old =
      old.empty() ? 0.0
                  : std::accumulate(old.begin(), old.end(), 0.0) / static_cast<double>(old.size());
  double persons = 0.0;
  double responding = 0.0;
  for_cells(nation, [&](Sex sex, Age age) {
    double& slope = slopes(sex, age);
    slope = std::max(0.0, age.position() < first_of_the_old ? slope : of_the_old);
    const double cell = next_at_risk(nation, last, sex, age);
    persons += cell;
    responding += cell * slope;
  });
  const double scale = responding > 0.0 ? persons / responding : 0.0;
  for (double& slope : slopes.values()) slope *= scale;
  return slopes;
}

/// The variance of a region's crude rate if as many as fitted move, each by himself.
double counting_variance(const VitalHistory& region, Region at, const NetMigrationFit& fit,
                         Year last) {
  double migrants = 0.0;
  for_cells(region, [&](Sex sex, Age age) {
    migrants += next_at_risk(region, last, sex, age) * std::abs(fit.rates(at, sex, age));
  });
  const double persons = people_of_launch(region, last);
  return persons > 0.0 ? migrants / (persons * persons) : 0.0;
}

/// The regions' own part of the process.
void add_regions(const History& history, const CrudeRates& rates, const NetMigrationFit& fit,
                 DeviationProcess& process) {
  const auto regions = static_cast<Eigen::Index>(history.regions.size());
  const auto years = static_cast<Eigen::Index>(rates.years().size());
  Eigen::MatrixXd departures(regions, years);
  Eigen::MatrixXd counting(regions, years);
  for (Eigen::Index at = 0; at < regions; ++at) {
    const VitalHistory& region = history.regions[static_cast<std::size_t>(at)];
    const std::vector<double> own = rates.departures(region);
    for (Eigen::Index year = 0; year < years; ++year) {
      departures(at, year) = own[static_cast<std::size_t>(year)];
    }
    counting.row(at).setConstant(
        counting_variance(region, Region(static_cast<std::size_t>(at)), fit, rates.years().back()));
  }
  const OwnDeviations own = own_deviations(departures, counting, rates.years());
  process.area_phi = own.phi;
  for (const Region region : history.region_of_area) {
    process.area_sd.push_back(own.sd[region.position()]);
  }
}

}  // namespace

void add_net_migration(const Source& source, const History& history, const NetMigrationFit& fit,
                       ParameterUncertainty& uncertainty) {
  const CrudeRates rates(source, history);
  DeviationProcess& process = uncertainty.net_migration;
  process = autoregressive(rates.nation());
  if (process.kind == DeviationKind::none) return;
  add_regions(history, rates, fit, process);
  process.national_offset =
      offset_from_mean(process.phi, window(source, p::international_window).weights);
  process.area_offset = offset_from_mean(process.area_phi, net_migration_years(source).weights);
  const Year last = last_year(source);
  uncertainty.net_migration_response =
      response_from(rates.national_response(), history.nation, last);
  uncertainty.area_net_migration_response =
      response_from(rates.regional_response(), history.nation, last);
  const double all = people_of_launch(history.nation, last);
  for (const Area area : positions<Area>(source.frame.areas.size())) {
    uncertainty.area_share.push_back(people_of_launch(history.region_of(area), last) / all);
  }
}

}  // namespace kohort::population::fit
