#include "models/population/fit/deviations.hpp"

#include <algorithm>
#include <cmath>

#include "engine/estimate/time_series.hpp"

namespace kohort::population::fit {

namespace {

constexpr double largest_area_phi = 0.95;
constexpr std::size_t fewest_years = 4;

}  // namespace

OwnDeviations own_deviations(const Eigen::MatrixXd& deviations, const Eigen::MatrixXd& counting) {
  const Eigen::Index areas = deviations.rows();
  const Eigen::Index years = deviations.cols();
  OwnDeviations own{0.0, std::vector<double>(static_cast<std::size_t>(areas), 0.0)};
  if (years < 3) return own;
  const auto steps = static_cast<double>(years - 1);
  Eigen::VectorXd variances(areas);
  double covariance = 0.0;
  for (Eigen::Index area = 0; area < areas; ++area) {
    const Eigen::RowVectorXd row = deviations.row(area).array() - deviations.row(area).mean();
    variances[area] = std::max(0.0, row.squaredNorm() / steps - counting.row(area).mean());
    covariance += row.head(years - 1).dot(row.tail(years - 1)) / steps;
  }
  const double all = variances.sum();
  if (all > 0.0) own.phi = std::clamp(covariance / all, 0.0, largest_area_phi);
  for (Eigen::Index area = 0; area < areas; ++area) {
    own.sd[static_cast<std::size_t>(area)] = std::sqrt(variances[area] * (1.0 - own.phi * own.phi));
  }
  return own;
}

DeviationProcess autoregressive(std::span<const double> logarithms) {
  DeviationProcess process;
  if (logarithms.size() < fewest_years) return process;
  const Autoregression fit = fit_autoregression(logarithms, SeriesMean::estimated);
  process.kind = DeviationKind::ar1;
  process.phi = fit.coefficient;
  process.national_sd = std::sqrt(fit.variance);
  return process;
}

}  // namespace kohort::population::fit
