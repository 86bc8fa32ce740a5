// How short series of many areas move: what is common, what is each area's own.
#pragma once

#include <Eigen/Core>
#include <span>
#include <vector>

#include "models/population/rates/uncertainty.hpp"

namespace kohort::population::fit {

/// Movements of areas that are no chance of counting: AR(1) of one coefficient.
struct OwnDeviations {
  double phi = 0.0;
  std::vector<double> sd;  ///< of the yearly steps, by area
};

/// From deviations of each area from the nation [area x year], in logarithms, and the variances
/// that counting alone gives them. Each row is centred. An area's variance is that of its row less
/// the mean of its counting variances, at least 0; the coefficient is the ratio of the covariances
/// of neighbouring years to these variances, over all areas together, within 0 and 0.95. Fewer than
/// three years tell nothing: all is 0. Method of moments.
OwnDeviations own_deviations(const Eigen::MatrixXd& deviations, const Eigen::MatrixXd& counting);

/// The national part of an AR(1) process from the nation's series of logarithms; the kind is none
/// where fewer than four years are known.
DeviationProcess autoregressive(std::span<const double> logarithms);

}  // namespace kohort::population::fit
