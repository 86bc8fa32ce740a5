#include "models/care/calibrate/transitions.hpp"

#include <Eigen/Cholesky>
#include <algorithm>
#include <cmath>
#include <stdexcept>
#include <string>
#include <utility>

#include <fmt/format.h>

#include "engine/base/error.hpp"

namespace kohort::care {
namespace {

constexpr int first_sweeps = 3;
constexpr int most_sweeps = 200;
constexpr double wanted_scaling_error = 1e-13;
constexpr double allowed_error = 1e-10;

/// Sums that differ in their last digits could not be met by one table.
StateVector summing_to_one(const StateVector& shares) {
  const double sum = shares.sum();
  if (!(shares.array() >= 0.0).all() || !(std::abs(sum - 1.0) <= 1e-9)) {
    throw std::invalid_argument("shares of states are not negative and sum to 1");
  }
  return shares / sum;
}

StateMatrix normalised(const StateMatrix& prior) {
  StateMatrix result = prior;
  for (Eigen::Index row = 0; row < prior.rows(); ++row) {
    const double sum = prior.row(row).sum();
    if (!(prior.row(row).array() >= 0.0).all() || !(sum > 0.0) || !std::isfinite(sum)) {
      throw std::invalid_argument("each row of a prior has numbers of 0 or more, one above 0");
    }
    result.row(row) /= sum;
  }
  return result;
}

[[noreturn]] void refuse_prior(std::string what) {
  throw Error(Fault::input,
              Mistake{{},
                      std::move(what),
                      "give the prior some chance where it has 0, or smooth the shares by age"});
}

[[noreturn]] void refuse_target(Eigen::Index state, double wanted, double found) {
  refuse_prior(
      fmt::format("no transitions that the prior allows lead to the share {} of survivors in "
                  "care state {} (counted from 0, no care); the nearest found lead to {}",
                  wanted, state, found));
}

/// The table rows_i prior_ij columns_j that iterative proportional fitting converges to, kept as
/// the factors of the columns and the transitions that they make, off the heap: it is found a
/// million times in a run.
class Scaling {
 public:
  Scaling(const StateVector& from, const StateVector& to, const StateMatrix& prior)
      : from_(from), to_(to), prior_(prior), columns_(StateVector::Ones(to.size())), moved_(prior) {
    fit_rows();
  }

  /// How far the shares reached are from those wanted: the differences' sum, which is not a number
  /// once the factors are beyond all bounds.
  double error() const { return excess().cwiseAbs().sum(); }

  /// A sweep of proportional fitting: far from the solution it is sure to help.
  void sweep() {
    for (Eigen::Index column = 0; column < columns_.size(); ++column) {
      if (to_[column] == 0.0) {
        columns_[column] = 0.0;
      } else if (reached_[column] == 0.0) {
        refuse_target(column, to_[column], 0.0);
      } else {
        columns_[column] *= to_[column] / reached_[column];
      }
    }
    fit_rows();
  }

  /// A Newton step for the logarithms of the factors, halved until it helps: near the solution it
  /// needs a few steps where sweeps would need thousands, as they do where hardly anybody may
  /// change state. False, and nothing has changed, where no part of it helps.
  bool newton() {
    const StateVector direction = newton_direction();
    const StateVector before = columns_;
    const double norm = excess().squaredNorm();
    double length = std::min(1.0, longest_step / direction.cwiseAbs().maxCoeff());
    for (int halving = 0; halving < 20; ++halving, length /= 2.0) {
      columns_ = before.array() * (length * direction.array()).exp();
      fit_rows();
      if (excess().squaredNorm() < norm) return true;
    }
    columns_ = before;
    fit_rows();
    return false;
  }

  const StateMatrix& transitions() const { return moved_; }

  [[noreturn]] void refuse_worst() const {
    const StateVector found = excess() + to_;
    Eigen::Index worst = 0;
    for (Eigen::Index state = 0; state < to_.size(); ++state) {
      if (std::abs(excess()[state]) > std::abs(excess()[worst])) worst = state;
    }
    refuse_target(worst, to_[worst], found[worst]);
  }

 private:
  static constexpr double longest_step = 5.0;  ///< by e^5, which no exponential overflows at

  void fit_rows() {
    row_sums_.noalias() = prior_ * columns_;
    reached_ = StateVector::Zero(to_.size());
    for (Eigen::Index row = 0; row < from_.size(); ++row) {
      if (from_[row] == 0.0) continue;
      if (row_sums_[row] == 0.0) {
        refuse_prior(
            fmt::format("the prior leads from care state {} (counted from 0, no care) to none "
                        "of the states in which somebody is to be",
                        row));
      }
      moved_.row(row) = prior_.row(row).cwiseProduct(columns_.transpose()) / row_sums_[row];
      reached_ += from_[row] * moved_.row(row).transpose();
    }
  }

  StateVector excess() const { return reached_ - to_; }

  /// The derivatives of the shares reached by the logarithms of the factors are diag(reached) - sum
  /// of from_i p_i p_i', with p_i the transitions from i: symmetric, not negative definite. One
  /// factor is free, that of the largest share; a state nobody is to be in keeps its factor of 0.
  StateVector newton_direction() const {
    StateMatrix slopes = reached_.asDiagonal();
    for (Eigen::Index row = 0; row < from_.size(); ++row) {
      if (from_[row] == 0.0) continue;
      const StateVector moved = moved_.row(row).transpose();
      slopes.noalias() -= from_[row] * moved * moved.transpose();
    }
    StateVector wanted = -excess();
    Eigen::Index largest = 0;
    to_.maxCoeff(&largest);
    for (Eigen::Index state = 0; state < to_.size(); ++state) {
      slopes(state, state) += 1e-16;  // states that are not connected have a free factor each
      if (state != largest && to_[state] > 0.0) continue;
      slopes.row(state).setZero();
      slopes.col(state).setZero();
      slopes(state, state) = 1.0;
      wanted[state] = 0.0;
    }
    return slopes.ldlt().solve(wanted);
  }

  const StateVector& from_;
  const StateVector& to_;
  const StateMatrix& prior_;
  StateVector columns_;
  StateMatrix moved_;  ///< by the factors of now; from where nobody comes, as the prior has it
  StateVector row_sums_;
  StateVector reached_;
};

}  // namespace

StateMatrix nearest_transitions(const StateVector& from, const StateVector& to,
                                const StateMatrix& prior) {
  if (from.size() == 0 || from.size() != to.size() || prior.rows() != from.size() ||
      prior.cols() != from.size()) {
    throw std::invalid_argument("transitions need as many shares as the prior has rows, columns");
  }
  const StateVector rows = summing_to_one(from);
  const StateVector columns = summing_to_one(to);
  const StateMatrix kernel = normalised(prior);
  Scaling scaling(rows, columns, kernel);
  for (int step = 0; step < most_sweeps && scaling.error() > wanted_scaling_error; ++step) {
    if (step < first_sweeps || !scaling.newton()) scaling.sweep();
  }
  if (!(scaling.error() <= allowed_error)) scaling.refuse_worst();
  return scaling.transitions();
}

StateMatrix next_prevalence_transitions(const PrevalenceChange& change, const StateMatrix& prior) {
  if (change.dying.size() != change.from.size() ||
      !(change.dying.array() >= 0.0 && change.dying.array() <= 1.0).all()) {
    throw std::invalid_argument("each state needs a probability of dying in [0, 1]");
  }
  const StateVector survivors =
      change.from.cwiseProduct(StateVector::Ones(change.dying.size()) - change.dying);
  const double surviving = survivors.sum();
  if (surviving == 0.0) return normalised(prior);
  return nearest_transitions(survivors / surviving, change.to, prior);
}

}  // namespace kohort::care
