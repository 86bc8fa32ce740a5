#include "models/population/fit/deviations.hpp"

#include <algorithm>
#include <cmath>
#include <optional>
#include <vector>

#include "engine/estimate/shrinkage.hpp"
#include "engine/estimate/time_series.hpp"

namespace kohort::population::fit {

namespace {

constexpr double largest_area_phi = 0.95;
constexpr std::size_t fewest_years = 4;

/// What years of an AR(1) around their own mean are expected to show, in units of its variance.
struct Shown {
  double squares = 0.0;   ///< summed over the years
  double products = 0.0;  ///< of neighbouring years, likewise
};

bool are_neighbours(Year one, Year next) { return next - one == 1; }

Shown shown_by(double phi, std::span<const Year> years) {
  const auto count = static_cast<double>(years.size());
  std::vector<double> with_mean(years.size());  // covariance of each year with the mean
  double mean = 0.0;
  for (std::size_t at = 0; at < years.size(); ++at) {
    for (const Year other : years) {
      with_mean[at] += std::pow(phi, std::abs(years[at] - other)) / count;
    }
    mean += with_mean[at] / count;
  }
  Shown shown{count * (1.0 - mean), 0.0};
  for (std::size_t at = 1; at < years.size(); ++at) {
    if (!are_neighbours(years[at - 1], years[at])) continue;
    shown.products += phi - with_mean[at] - with_mean[at - 1] + mean;
  }
  return shown;
}

/// The coefficient with which products and squares are expected in this ratio, which grows with it.
double coefficient_showing(double ratio, std::span<const Year> years) {
  constexpr int halvings = 50;
  double low = 0.0;
  double high = largest_area_phi;
  for (int halving = 0; halving < halvings; ++halving) {
    const double middle = (low + high) / 2.0;
    const Shown shown = shown_by(middle, years);
    (shown.products < ratio * shown.squares ? low : high) = middle;
  }
  return low;
}

/// The sum of the products of neighbouring years.
double products_of(const Eigen::RowVectorXd& row, std::span<const Year> years) {
  double sum = 0.0;
  for (std::size_t at = 1; at < years.size(); ++at) {
    if (!are_neighbours(years[at - 1], years[at])) continue;
    const auto column = static_cast<Eigen::Index>(at);
    sum += row[column - 1] * row[column];
  }
  return sum;
}

std::vector<Year> consecutive_years(Eigen::Index count) {
  std::vector<Year> years;
  for (Eigen::Index at = 0; at < count; ++at) years.emplace_back(static_cast<int>(at));
  return years;
}

bool any_neighbours(std::span<const Year> years) {
  return std::adjacent_find(years.begin(), years.end(), are_neighbours) != years.end();
}

/// What areas have in common.
struct CommonVariance {
  double variance = 0.0;  ///< of a year
  double phi = 0.0;
  double part = 0.0;  ///< of the variance that the years show
};

/// What the years of each area show, of those areas that there are.
struct ShownByAreas {
  std::vector<std::size_t> areas;  ///< their positions
  std::vector<double> variances;
  std::vector<double> products;  ///< of neighbouring years, beside the variances
  std::vector<double> counting;
  double steps = 0.0;

  ShownByAreas(const Eigen::MatrixXd& deviations, const Eigen::MatrixXd& chance,
               std::span<const Year> years)
      : steps(static_cast<double>(years.size() - 1)) {
    for (Eigen::Index area = 0; area < deviations.rows(); ++area) {
      if (!(chance.row(area).mean() > 0.0)) continue;
      const Eigen::RowVectorXd row = deviations.row(area).array() - deviations.row(area).mean();
      areas.push_back(static_cast<std::size_t>(area));
      variances.push_back(row.squaredNorm() / steps);
      products.push_back(products_of(row, years) / steps);
      counting.push_back(chance.row(area).mean());
    }
  }

  double beyond_counting(std::size_t at) const { return variances[at] - counting[at]; }

  /// The sampling variances of what each area tells of its variance, as of normal and independent
  /// years.
  std::vector<double> errors_at(const CommonVariance& common) const {
    std::vector<double> errors;
    for (const double chance : counting) {
      const double expected = common.variance + chance / common.part;
      errors.push_back(2.0 * expected * expected / steps);
    }
    return errors;
  }
};

/// One step of the solution: the mean of all areas, weighted by the precision that they have by
/// the step before.
std::optional<CommonVariance> next_common_variance(const ShownByAreas& shown,
                                                   std::span<const Year> years,
                                                   const CommonVariance& before) {
  const std::vector<double> errors = shown.errors_at(before);
  double weights = 0.0;
  double variance = 0.0;
  double products = 0.0;
  for (std::size_t at = 0; at < errors.size(); ++at) {
    weights += 1.0 / errors[at];
    variance += shown.beyond_counting(at) / errors[at];
    products += shown.products[at] / errors[at];
  }
  if (!(variance > 0.0)) return std::nullopt;
  CommonVariance next;
  next.phi = coefficient_showing(products / variance, years);
  next.part = shown_by(next.phi, years).squares / shown.steps;
  next.variance = variance / weights / next.part;
  return next;
}

/// None where counting explains all.
std::optional<CommonVariance> common_variance(const ShownByAreas& shown,
                                              std::span<const Year> years) {
  constexpr int most_steps = 200;
  constexpr double close_enough = 1e-12;
  std::optional<CommonVariance> common = next_common_variance(shown, years, {0.0, 0.0, 1.0});
  for (int step = 0; common && step < most_steps; ++step) {
    const double before = common->variance;
    common = next_common_variance(shown, years, *common);
    if (common && std::abs(common->variance - before) <= close_enough * before) break;
  }
  return common;
}

}  // namespace

double variance_of_mean(double phi, std::span<const double> weights) {
  double variance = 0.0;
  double power = 1.0;
  for (std::size_t lag = 0; lag < weights.size(); ++lag) {
    double products = 0.0;
    for (std::size_t year = lag; year < weights.size(); ++year) {
      products += weights[year] * weights[year - lag];
    }
    variance += (lag == 0 ? 1.0 : 2.0) * power * products;
    power *= phi;
  }
  return variance;
}

LaunchOffset offset_from_mean(double phi, std::span<const double> weights) {
  double covariance = 0.0;
  double power = 1.0;
  for (std::size_t back = 1; back <= weights.size(); ++back) {
    covariance += weights[weights.size() - back] * power;
    power *= phi;
  }
  LaunchOffset offset;
  offset.level = std::sqrt(variance_of_mean(phi, weights));
  offset.carried = -covariance / offset.level;
  offset.own = std::sqrt(std::max(0.0, 1.0 - offset.carried * offset.carried));
  return offset;
}

OwnDeviations own_deviations(const Eigen::MatrixXd& deviations, const Eigen::MatrixXd& counting,
                             std::span<const Year> years) {
  const Eigen::Index areas = deviations.rows();
  OwnDeviations own{0.0, std::vector<double>(static_cast<std::size_t>(areas), 0.0)};
  if (years.size() < 3 || !any_neighbours(years)) return own;
  const auto steps = static_cast<double>(years.size() - 1);
  Eigen::VectorXd variances(areas);
  double covariance = 0.0;
  for (Eigen::Index area = 0; area < areas; ++area) {
    const Eigen::RowVectorXd row = deviations.row(area).array() - deviations.row(area).mean();
    variances[area] = std::max(0.0, row.squaredNorm() / steps - counting.row(area).mean());
    covariance += products_of(row, years) / steps;
  }
  const double all = variances.sum();
  if (!(all > 0.0)) return own;
  own.phi = coefficient_showing(covariance / all, years);
  const double shown = shown_by(own.phi, years).squares / steps;
  for (Eigen::Index area = 0; area < areas; ++area) {
    own.sd[static_cast<std::size_t>(area)] =
        std::sqrt(variances[area] / shown * (1.0 - own.phi * own.phi));
  }
  return own;
}

OwnDeviations own_deviations(const Eigen::MatrixXd& deviations, const Eigen::MatrixXd& counting) {
  return own_deviations(deviations, counting, consecutive_years(deviations.cols()));
}

OwnDeviations pooled_deviations(const Eigen::MatrixXd& deviations,
                                const Eigen::MatrixXd& counting) {
  OwnDeviations own{0.0, std::vector<double>(static_cast<std::size_t>(deviations.rows()), 0.0)};
  if (deviations.cols() < 3) return own;
  const std::vector<Year> years = consecutive_years(deviations.cols());
  const ShownByAreas shown(deviations, counting, years);
  const auto common = common_variance(shown, years);
  if (!common) return own;
  own.phi = common->phi;
  std::vector<double> effects;
  for (std::size_t at = 0; at < shown.areas.size(); ++at) {
    effects.push_back(shown.beyond_counting(at) / common->part);
  }
  const Shrunk shrunk = shrink(effects, shown.errors_at(*common));
  for (std::size_t at = 0; at < shown.areas.size(); ++at) {
    const double variance = std::max(0.0, shrunk.effects[at]);
    own.sd[shown.areas[at]] = std::sqrt(variance * (1.0 - own.phi * own.phi));
  }
  return own;
}

void set_out_from_mean(DeviationProcess& process, std::span<const double> weights) {
  if (process.kind == DeviationKind::none) return;
  if (process.kind == DeviationKind::ar1) {
    process.national_offset = offset_from_mean(process.phi, weights);
  }
  process.area_offset = offset_from_mean(process.area_phi, weights);
}

DeviationProcess autoregressive(std::span<const double> series) {
  DeviationProcess process;
  if (series.size() < fewest_years) return process;
  const Autoregression fit = fit_autoregression(series, SeriesMean::estimated);
  process.kind = DeviationKind::ar1;
  const double correction = (1.0 + 3.0 * fit.coefficient) / static_cast<double>(series.size());
  process.phi = std::clamp(fit.coefficient + correction, -largest_coefficient, largest_coefficient);
  process.national_sd = std::sqrt(fit.variance);
  return process;
}

}  // namespace kohort::population::fit
