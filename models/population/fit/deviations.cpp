#include "models/population/fit/deviations.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

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

bool any_neighbours(std::span<const Year> years) {
  return std::adjacent_find(years.begin(), years.end(), are_neighbours) != years.end();
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
  std::vector<Year> years;
  for (Eigen::Index at = 0; at < deviations.cols(); ++at) {
    years.emplace_back(static_cast<int>(at));
  }
  return own_deviations(deviations, counting, years);
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
