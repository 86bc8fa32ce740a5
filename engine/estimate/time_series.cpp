#include "engine/estimate/time_series.hpp"

#include <Eigen/Core>
#include <algorithm>
#include <cmath>
#include <stdexcept>

namespace kohort {
namespace {

void check(std::span<const double> series, std::size_t fewest, const char* message) {
  const auto finite = [](double value) { return std::isfinite(value); };
  if (series.size() < fewest || !std::all_of(series.begin(), series.end(), finite)) {
    throw std::invalid_argument(message);
  }
}

void check_horizon(int horizon) {
  if (horizon < 0) throw std::invalid_argument("a horizon is 0 years or more");
}

Eigen::Map<const Eigen::ArrayXd> as_array(std::span<const double> values) {
  return {values.data(), static_cast<Eigen::Index>(values.size())};
}

}  // namespace

Outlook RandomWalk::ahead(int horizon) const {
  check_horizon(horizon);
  const double h = horizon;
  return {last + h * drift, h * variance + h * h * drift_variance};
}

RandomWalk fit_random_walk(std::span<const double> series) {
  check(series, 3, "a random walk with drift needs three finite years or more");
  const double steps = static_cast<double>(series.size()) - 1.0;
  RandomWalk walk;
  walk.last = series.back();
  walk.drift = (series.back() - series.front()) / steps;
  double squares = 0.0;
  for (std::size_t year = 1; year < series.size(); ++year) {
    const double off = series[year] - series[year - 1] - walk.drift;
    squares += off * off;
  }
  walk.variance = squares / (steps - 1.0);
  walk.drift_variance = walk.variance / steps;
  return walk;
}

Outlook Autoregression::ahead(int horizon) const {
  check_horizon(horizon);
  double power = 1.0;
  for (int year = 0; year < horizon; ++year) power *= coefficient;
  return {mean + power * (last - mean), stationary_variance() * (1.0 - power * power)};
}

Autoregression fit_autoregression(std::span<const double> series, SeriesMean mean) {
  check(series, 4, "an autoregression needs four finite years or more");
  const auto before = as_array(series.first(series.size() - 1));
  const auto after = as_array(series.subspan(1));
  const bool centre = mean == SeriesMean::estimated;
  const double mean_before = centre ? before.mean() : 0.0;
  const double mean_after = centre ? after.mean() : 0.0;
  const Eigen::ArrayXd x = before - mean_before;
  const Eigen::ArrayXd y = after - mean_after;
  Autoregression result;
  result.last = series.back();
  const double moved = x.square().sum();
  // Below this only the rounding of the mean has moved.
  const bool still = moved <= 1e-24 * before.square().sum();
  const double free = still ? 0.0 : (x * y).sum() / moved;
  result.coefficient = std::clamp(free, -largest_coefficient, largest_coefficient);
  result.bounded = result.coefficient != free;
  result.mean = (mean_after - result.coefficient * mean_before) / (1.0 - result.coefficient);
  const double freedom = static_cast<double>(x.size()) - (centre ? 2.0 : 1.0);
  result.variance = (y - result.coefficient * x).square().sum() / freedom;
  return result;
}

}  // namespace kohort
