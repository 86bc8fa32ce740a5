// Brings estimated flows to totals that are known, changing them as little as possible.
#pragma once

#include <Eigen/SparseCore>
#include <cstddef>

#include "engine/base/error.hpp"

namespace kohort {

/// What counts as little change from x to x'.
enum class Change {
  /// The Kullback-Leibler distance sum x' ln(x'/x) - x' + x: every flow is multiplied by one factor
  /// per total to which it belongs, so none becomes negative. With one total, or totals that share
  /// no flow, plain proportional scaling; with row and column sums, proportional fitting.
  /// Source: Deville & Särndal (1992), Journal of the American Statistical Association 87(418),
  /// the multiplicative method (generalised raking).
  proportion,
  /// The squares sum (x' - x)^2 / x, with no flow below 0: large flows take more of the change.
  /// Source: Stone, Champernowne & Meade (1942), Review of Economic Studies 9(2), with variances
  /// proportional to the flows.
  squares,
};

/// Adjusted flows.
struct Reconciled {
  Eigen::VectorXd flows;
  Eigen::VectorXd factors;     ///< adjusted / given; 1 where a flow is 0, which stays 0
  double largest_error = 0.0;  ///< of a total, relative to it where it is above 1: at most 1e-9
  int steps = 0;               ///< of Newton's method
};

/// Which flows count in which totals: one row per total, one column per flow. Few flows count in
/// many totals, so that it is sparse, and so is the linear system of each step: totals that share
/// no flow cost no more than their number.
using Membership = Eigen::SparseMatrix<double>;

/// Totals that no flows of this kind can meet; of them the one that is missed most.
class TotalsUnmet : public Error {
 public:
  TotalsUnmet(std::size_t total, double wanted, double found);
  std::size_t total() const { return total_; }
  /// By how much the flows found exceed it.
  double excess() const { return excess_; }

 private:
  std::size_t total_;
  double excess_;
};

/// The flows nearest to `flows` with `membership` * flows = `totals`. Membership is 1 where the
/// flow counts in the total, 0 where not; other weights, such as -1 for what leaves where a net
/// total is given, are allowed. Totals may overlap and may follow from each other. Throws
/// `std::invalid_argument` on lengths that do not fit, and `Error` (Fault::input) on flows that are
/// negative or not finite and `TotalsUnmet`.
Reconciled reconcile(const Eigen::VectorXd& flows, const Membership& membership,
                     const Eigen::VectorXd& totals, Change change);

}  // namespace kohort
