// Fits the parameters of a multinomial logit to mean shares over many cells.
#pragma once

#include <Eigen/Core>
#include <array>
#include <cstddef>
#include <optional>
#include <span>
#include <vector>

namespace kohort::care {

/// The shares of all categories but the first, "none": exp(eta_c) / (1 + sum exp(eta)). Returns the
/// share of none. eta may be minus infinity (a share of 0), not plus infinity. `shares` has the
/// length of `eta`, and may be the same numbers. Source: McCullagh & Nelder (1989), Generalized
/// Linear Models, ch. 5.
double multinomial_shares(std::span<const double> eta, std::span<double> shares);

/// A part of the predictor: covariate times the parameter of the category in a block of parameters.
/// Parameter c of block b is number b * categories + c.
struct DesignTerm {
  std::size_t block = 0;
  double covariate = 0.0;
};

/// People who are alike: eta_c = base_c + the sum of the terms.
struct DesignCell {
  double weight = 0.0;       ///< above 0
  std::vector<double> base;  ///< by category, finite
  std::array<DesignTerm, 2> terms;
};

/// What the weighted mean shares over some cells are to be.
struct MeanShares {
  std::vector<DesignCell> cells;  ///< at least one
  std::vector<double> shares;     ///< by category, above 0, with a sum below 1
};

/// How far parameters are from meeting the targets, and which way they must go.
struct Linearisation {
  /// Target by target, category by category: the logarithm of mean share over mean share of none,
  /// less that of the target.
  Eigen::VectorXd residuals;
  Eigen::MatrixXd jacobian;  ///< of the residuals, by parameter
};

/// The residuals and their slopes at these parameters.
Linearisation linearise(std::span<const MeanShares> targets, const Eigen::VectorXd& parameters);

/// The parameters that meet all targets, each odds within a part in 10^12; as many targets times
/// categories as parameters. Newton's method on the log odds, which are nearly linear in the
/// parameters, with steps halved until they help (Dennis & Schnabel (1983), Numerical Methods for
/// Unconstrained Optimization, ch. 6). With one constant per category (one target, covariate 1) the
/// Jacobian is never singular and every target is met. None where no such parameters are found.
std::optional<Eigen::VectorXd> fit_multinomial(std::span<const MeanShares> targets,
                                               Eigen::VectorXd start);

}  // namespace kohort::care
