#include "engine/estimate/reconcile.hpp"

#include <Eigen/SparseCholesky>
#include <cmath>
#include <stdexcept>

#include <fmt/format.h>

#include "engine/base/error.hpp"

namespace kohort {
namespace {

constexpr double tolerance = 1e-9;
constexpr int most_last_steps = 3;
constexpr int most_steps = 200;

/// The problem in its dual form: one price per total. A flow follows from the sum of its prices,
/// and the prices minimise a convex function whose gradient is what the totals are exceeded by.
struct Dual {
  const Eigen::VectorXd& flows;
  const Membership& membership;
  const Eigen::VectorXd& totals;
  Change change;
  Membership by_flow;          ///< transposed
  Eigen::VectorXd at_start{};  ///< the diagonal of the curvature where nothing is changed

  Dual(const Eigen::VectorXd& x, const Membership& of, const Eigen::VectorXd& wanted, Change how)
      : flows(x),
        membership(of),
        totals(wanted),
        change(how),
        by_flow(of.transpose()),
        at_start(of.cwiseProduct(of) * x) {}

  /// Each flow's factor at these prices.
  Eigen::ArrayXd factors(const Eigen::VectorXd& prices) const {
    const Eigen::ArrayXd sums = (by_flow * prices).array();
    if (change == Change::proportion) return sums.exp();
    return (1.0 + sums).max(0.0);
  }
  /// How fast the factor grows with the sum of its prices.
  Eigen::ArrayXd slopes(const Eigen::ArrayXd& factors_now) const {
    if (change == Change::proportion) return factors_now;
    return (factors_now > 0.0).cast<double>();
  }
  double value(const Eigen::VectorXd& prices) const {
    const Eigen::ArrayXd f = factors(prices);
    const double integral = change == Change::proportion ? (flows.array() * f).sum()
                                                         : 0.5 * (flows.array() * f.square()).sum();
    return integral - totals.dot(prices);
  }
  Eigen::VectorXd excess(const Eigen::ArrayXd& factors_now) const {
    return membership * (flows.array() * factors_now).matrix() - totals;
  }
};

double largest_error(const Eigen::VectorXd& excess, const Eigen::VectorXd& totals,
                     Eigen::Index* where) {
  if (totals.size() == 0) return 0.0;
  return (excess.array().abs() / totals.array().abs().max(1.0)).maxCoeff(where);
}

Eigen::VectorXd newton_direction(const Dual& dual, const Eigen::ArrayXd& factors,
                                 const Eigen::VectorXd& excess) {
  const Eigen::ArrayXd weights = dual.flows.array() * dual.slopes(factors);
  const Membership weighted = dual.membership * weights.matrix().asDiagonal();
  Membership curvature = weighted * dual.by_flow;
  // Totals that follow from each other, or whose flows are all at 0 just now, leave it singular. A
  // little of the curvature at the start keeps the step finite and hardly bends it elsewhere.
  constexpr double little = 1e-10;
  // A total without any flow has none at all, and nothing meets it.
  const Eigen::VectorXd more =
      (dual.at_start.array() > 0.0).select(little * dual.at_start.array(), 1.0);
  curvature += Membership(more.asDiagonal());
  return -Eigen::SimplicialLDLT<Membership>(curvature).solve(excess);
}

/// Halves the step until the dual function falls; its length, or 0 where none helps.
double step_length(const Dual& dual, const Eigen::VectorXd& prices,
                   const Eigen::VectorXd& direction, double slope) {
  const double now = dual.value(prices);
  // The last digits of the value are noise: near the solution the whole step is right.
  const double noise =
      1e-14 * (dual.flows.sum() + dual.totals.cwiseAbs().dot(prices.cwiseAbs()) + std::abs(now));
  double length = 1.0;
  for (int halving = 0; halving < 40; ++halving, length /= 2.0) {
    const double then = dual.value(prices + length * direction);
    if (then <= now + 1e-4 * length * slope + noise) return length;
  }
  return 0.0;
}

void check(const Eigen::VectorXd& flows, const Membership& membership,
           const Eigen::VectorXd& totals) {
  if (membership.rows() != totals.size() || membership.cols() != flows.size() ||
      !std::isfinite(membership.sum()) || !totals.allFinite()) {
    throw std::invalid_argument("membership has one finite row per total, one column per flow");
  }
  for (Eigen::Index at = 0; at < flows.size(); ++at) {
    if (flows[at] >= 0.0 && std::isfinite(flows[at])) continue;
    throw Error(
        Fault::input,
        Mistake{{}, fmt::format("flow number {} is {}", at, flows[at]), "give flows of 0 or more"});
  }
}

}  // namespace

TotalsUnmet::TotalsUnmet(std::size_t total, double wanted, double found)
    : Error(Fault::input,
            Mistake{{},
                    fmt::format("total number {} is to be {:.6g} and cannot be met together with "
                                "the others: the flows give {:.6g}",
                                total, wanted, found),
                    "check that the totals agree and that the flows behind each are above 0"}),
      total_(total),
      excess_(found - wanted) {}

Reconciled reconcile(const Eigen::VectorXd& flows, const Membership& membership,
                     const Eigen::VectorXd& totals, Change change) {
  check(flows, membership, totals);
  const Dual dual(flows, membership, totals, change);
  Eigen::VectorXd prices = Eigen::VectorXd::Zero(totals.size());
  Eigen::ArrayXd factors = Eigen::ArrayXd::Ones(flows.size());
  Eigen::VectorXd excess = dual.excess(factors);
  Eigen::Index worst = 0;
  Reconciled result;
  while ((result.largest_error = largest_error(excess, totals, &worst)) > tolerance) {
    const Eigen::VectorXd direction = newton_direction(dual, factors, excess);
    const double length = step_length(dual, prices, direction, excess.dot(direction));
    if (length == 0.0 || ++result.steps > most_steps) {
      throw TotalsUnmet(static_cast<std::size_t>(worst), totals[worst],
                        totals[worst] + excess[worst]);
    }
    prices += length * direction;
    factors = dual.factors(prices);
    excess = dual.excess(factors);
  }
  // Close to the solution whole steps square the error: a few of them leave rounding alone.
  for (int step = 0; step < most_last_steps && result.largest_error > 0.0; ++step) {
    const Eigen::VectorXd nearer = prices + newton_direction(dual, factors, excess);
    const Eigen::ArrayXd factors_there = dual.factors(nearer);
    const Eigen::VectorXd excess_there = dual.excess(factors_there);
    const double error = largest_error(excess_there, totals, &worst);
    if (!(error < result.largest_error)) break;
    prices = nearer;
    factors = factors_there;
    excess = excess_there;
    result.largest_error = error;
    ++result.steps;
  }
  result.flows = flows.array() * factors;
  result.factors = (flows.array() > 0.0).select(factors, 1.0);
  return result;
}

}  // namespace kohort
