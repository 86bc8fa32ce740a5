#include "engine/estimate/time_series.hpp"

#include <algorithm>
#include <cmath>
#include <stdexcept>
#include <vector>

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

/// County means by year, and how many areas each county has.
struct Counties {
  Eigen::MatrixXd means;  ///< county x year
  Eigen::VectorXd areas;  ///< by county
};

Counties county_means(const Eigen::MatrixXd& centred, std::span<const std::size_t> county) {
  const auto count = static_cast<Eigen::Index>(*std::max_element(county.begin(), county.end()) + 1);
  if (count > centred.rows()) {
    throw std::invalid_argument("counties are numbered from 0 without gaps");
  }
  Counties result{Eigen::MatrixXd::Zero(count, centred.cols()), Eigen::VectorXd::Zero(count)};
  for (std::size_t area = 0; area < county.size(); ++area) {
    const auto at = static_cast<Eigen::Index>(county[area]);
    result.means.row(at) += centred.row(static_cast<Eigen::Index>(area));
    result.areas[at] += 1.0;
  }
  if (result.areas.minCoeff() < 1.0) {
    throw std::invalid_argument("counties are numbered from 0 without gaps");
  }
  result.means.array().colwise() /= result.areas.array();
  return result;
}

double squares_within(const Eigen::MatrixXd& centred, const Counties& counties,
                      std::span<const std::size_t> county) {
  double sum = 0.0;
  for (std::size_t area = 0; area < county.size(); ++area) {
    sum += (centred.row(static_cast<Eigen::Index>(area)) -
            counties.means.row(static_cast<Eigen::Index>(county[area])))
               .squaredNorm();
  }
  return sum;
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

VarianceParts divide_variance(const Eigen::MatrixXd& series, std::span<const std::size_t> county) {
  if (series.cols() < 2 || series.rows() == 0 ||
      static_cast<std::size_t>(series.rows()) != county.size() || !series.allFinite()) {
    throw std::invalid_argument(
        "variance parts need finite series of two years or more, and the county of each");
  }
  const Eigen::MatrixXd centred = series.colwise() - series.rowwise().mean();
  const Counties counties = county_means(centred, county);
  const double number = static_cast<double>(counties.areas.size());
  const double within = static_cast<double>(series.rows()) - number;
  if (within < 1.0) throw std::invalid_argument("some county needs two areas or more");
  const double years = static_cast<double>(series.cols()) - 1.0;  // one went to the means

  VarianceParts parts;
  parts.own = squares_within(centred, counties, county) / (within * years);
  const double own_in_mean = parts.own * counties.areas.cwiseInverse().mean();
  const Eigen::RowVectorXd nation = counties.means.colwise().mean();
  double county_in_mean = own_in_mean;  // variance of a county mean beyond the nation's
  if (number > 1.0) {
    county_in_mean = (counties.means.rowwise() - nation).squaredNorm() / ((number - 1.0) * years);
    parts.county = std::max(0.0, county_in_mean - own_in_mean);
  }
  parts.national = std::max(0.0, nation.squaredNorm() / years - county_in_mean / number);
  return parts;
}

}  // namespace kohort
