#include "models/care/calibrate/multinomial_fit.hpp"

#include <Eigen/LU>
#include <algorithm>
#include <cmath>
#include <utility>

namespace kohort::care {
namespace {

constexpr double wanted_error = 1e-12;
constexpr int most_steps = 100;
constexpr int most_halvings = 40;

/// Weighted means over cells, and their derivatives by the parameters; row 0 is none.
struct Means {
  Eigen::VectorXd shares;
  Eigen::MatrixXd slopes;
};

Means means(const MeanShares& target, const Eigen::VectorXd& parameters) {
  const std::size_t categories = target.shares.size();
  const auto rows = static_cast<Eigen::Index>(categories) + 1;
  Means result{Eigen::VectorXd::Zero(rows), Eigen::MatrixXd::Zero(rows, parameters.size())};
  std::vector<double> eta(categories);
  Eigen::VectorXd shares(rows);
  double weights = 0.0;
  for (const DesignCell& cell : target.cells) {
    for (std::size_t c = 0; c < categories; ++c) {
      eta[c] = cell.base[c];
      for (const DesignTerm& term : cell.terms) {
        eta[c] +=
            term.covariate * parameters[static_cast<Eigen::Index>(term.block * categories + c)];
      }
    }
    shares[0] = multinomial_shares(eta, {shares.data() + 1, categories});
    result.shares += cell.weight * shares;
    weights += cell.weight;
    for (std::size_t by = 0; by < categories; ++by) {
      // d share_c / d eta_by = share_c (1{c = by} - share_by)
      const auto at = static_cast<Eigen::Index>(by) + 1;
      Eigen::VectorXd slope = -shares[at] * shares;
      slope[at] += shares[at];
      for (const DesignTerm& term : cell.terms) {
        const auto parameter = static_cast<Eigen::Index>(term.block * categories + by);
        result.slopes.col(parameter) += cell.weight * term.covariate * slope;
      }
    }
  }
  result.shares /= weights;
  result.slopes /= weights;
  return result;
}

double log_odds_of_target(const MeanShares& target, std::size_t category) {
  double none = 1.0;
  for (const double share : target.shares) none -= share;
  return std::log(target.shares[category] / none);
}

bool is_finite(const Linearisation& at) {
  return at.residuals.allFinite() && at.jacobian.allFinite();
}

}  // namespace

double multinomial_shares(std::span<const double> eta, std::span<double> shares) {
  double largest = 0.0;  // that of none
  for (const double value : eta) largest = std::max(largest, value);
  double sum = std::exp(-largest);
  for (std::size_t c = 0; c < eta.size(); ++c) {
    shares[c] = std::exp(eta[c] - largest);
    sum += shares[c];
  }
  for (double& share : shares) share /= sum;
  return std::exp(-largest) / sum;
}

Linearisation linearise(std::span<const MeanShares> targets, const Eigen::VectorXd& parameters) {
  std::size_t equations = 0;
  for (const MeanShares& target : targets) equations += target.shares.size();
  const auto rows = static_cast<Eigen::Index>(equations);
  Linearisation result{Eigen::VectorXd(rows), Eigen::MatrixXd(rows, parameters.size())};
  Eigen::Index row = 0;
  for (const MeanShares& target : targets) {
    const Means mean = means(target, parameters);
    for (std::size_t c = 0; c < target.shares.size(); ++c, ++row) {
      const auto at = static_cast<Eigen::Index>(c) + 1;
      result.residuals[row] =
          std::log(mean.shares[at] / mean.shares[0]) - log_odds_of_target(target, c);
      result.jacobian.row(row) =
          mean.slopes.row(at) / mean.shares[at] - mean.slopes.row(0) / mean.shares[0];
    }
  }
  return result;
}

std::optional<Eigen::VectorXd> fit_multinomial(std::span<const MeanShares> targets,
                                               Eigen::VectorXd start) {
  Eigen::VectorXd parameters = std::move(start);
  Linearisation here = linearise(targets, parameters);
  for (int step = 0; step < most_steps && is_finite(here); ++step) {
    if (here.residuals.cwiseAbs().maxCoeff() <= wanted_error) return parameters;
    const Eigen::VectorXd newton = here.jacobian.partialPivLu().solve(-here.residuals);
    double length = 1.0;
    for (int halving = 0;; ++halving, length /= 2.0) {
      if (halving == most_halvings) return std::nullopt;
      const Eigen::VectorXd next = parameters + length * newton;
      Linearisation there = linearise(targets, next);
      if (!is_finite(there)) continue;
      if (there.residuals.squaredNorm() >= here.residuals.squaredNorm()) continue;
      parameters = next;
      here = std::move(there);
      break;
    }
  }
  return std::nullopt;
}

}  // namespace kohort::care
